import { describe, expect, test } from 'vitest'
import { STATUS_LINES_MAX } from '../../src/core/limits.ts'
import { findingText } from '../../src/report/finding-text.ts'
import { hexDump, quotedText } from '../../src/report/hex-dump.ts'
import { JsonReporter } from '../../src/report/json.ts'
import { LinesReporter } from '../../src/report/lines.ts'
import { QuietReporter } from '../../src/report/quiet.ts'
import { summaryText } from '../../src/report/summary.ts'
import { TerminalReporter } from '../../src/report/terminal.ts'
import { context, end, finding, inputEvent, Paper, risk, status } from './events.ts'

describe('lines without a terminal', () => {
  test("have libFuzzer's shape", async () => {
    const paper = new Paper()
    const reporter = new LinesReporter(paper, context)
    await reporter.event(status({ executions: 2 }))
    await reporter.event(inputEvent())
    await reporter.event(status({ executions: 300, corpusBytes: 5 }))
    await reporter.event(status({ executions: 400 }))
    await reporter.event(status({ executions: 600 }))
    expect(paper.text.split('\n')).toEqual([
      '#2\tINITED cov: 5 ft: 7 corp: 3/2Kb lim: 64 exec/s: 52000 rss: 81Mb time: 1s new: 2 workers: 2',
      '#200\tNEW    cov: 5 ft: 7 corp: 3/2Kb lim: 64 exec/s: 52000 rss: 81Mb L: 4/64',
      '#300\tpulse  cov: 5 ft: 7 corp: 3/5b lim: 64 exec/s: 52000 rss: 81Mb time: 1s new: 2 workers: 2',
      '#600\tpulse  cov: 5 ft: 7 corp: 3/2Kb lim: 64 exec/s: 52000 rss: 81Mb time: 1s new: 2 workers: 2',
      '',
    ])
  })

  test('pulse while seeds run, say INITED when they have, and name lost workers and findings', async () => {
    const paper = new Paper()
    const reporter = new LinesReporter(paper, context)
    const warmup = { phase: 'warmup', inputsNew: 0 } as const
    await reporter.event(status({ ...warmup, warmup: { done: 0, total: 9 }, executions: 0 }))
    await reporter.event(status({ ...warmup, warmup: { done: 5, total: 9 }, executions: 5 }))
    await reporter.event(status({ executions: 9 }))
    await reporter.event(status({ executions: 32, restarts: 1, findings: 3 }))
    const lines = paper.text.trimEnd().split('\n')
    expect(lines.map((line) => line.replace(/cov.*rss: 81Mb/, '…'))).toEqual([
      '#5\tpulse  … time: 1s new: 0 workers: 2 warmup: 5/9',
      '#9\tINITED … time: 1s new: 2 workers: 2',
      '#32\tpulse  … time: 1s new: 2 workers: 2 restarts: 1 findings: 3',
    ])
  })

  test('pulse once a minute, however few executions there were', async () => {
    const paper = new Paper()
    const reporter = new LinesReporter(paper, context)
    for (const elapsedMs of [1_000, 30_000, 60_500, 61_000, 90_000, 121_000]) {
      await reporter.event(status({ executions: 100, elapsedMs }))
    }
    expect([...paper.text.matchAll(/time: (\d+)s/g)].map((match) => match[1])).toEqual(['1', '61', '121'])
  })

  test('end with DONE and the summary', async () => {
    const paper = new Paper()
    const reporter = new LinesReporter(paper, context)
    await reporter.event(status())
    await reporter.event(end())
    expect(paper.text).toMatch(/^#3000000\tDONE {3}cov: 5 .*$/m)
    expect(paper.text).toContain('x.wasm: the time is up after 2.0 s')
  })
})

describe('the block on a terminal', () => {
  test('is redrawn in its place, and everything else scrolls above it', async () => {
    const paper = new Paper()
    const reporter = new TerminalReporter(paper, context)
    await reporter.event(status())
    const lines = paper.text.split('\n').length - 1
    expect(lines).toBeLessThanOrEqual(STATUS_LINES_MAX)
    paper.text = ''
    await reporter.event({ type: 'warning', version: 1, code: 'W_X', message: 'mind this' })
    expect(paper.text).toMatch(
      new RegExp(`^(\\x1b\\[1A\\x1b\\[2K){${lines}}warning: mind this \\[W_X\\]\\nfuzzbox x.wasm`),
    )
    paper.text = ''
    await reporter.event(end())
    expect(paper.text).toMatch(new RegExp(`^(\\x1b\\[1A\\x1b\\[2K){${lines}}\\nx.wasm: the time is up`))
  })
})

test('--json prints every event as it is, one a line', () => {
  const paper = new Paper()
  const reporter = new JsonReporter(paper)
  const events = [status(), inputEvent(), finding(), end()]
  for (const event of events) reporter.event(event)
  expect(
    paper.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual(events)
})

test('--quiet prints findings and warnings only', async () => {
  const paper = new Paper()
  const reporter = new QuietReporter(paper, context)
  for (const event of [status(), inputEvent(), end()]) await reporter.event(event)
  expect(paper.text).toBe('')
  await reporter.event(finding())
  expect(paper.text).toContain('memory access out of bounds')
})

test('what is only told does not look like trouble, and --quiet does not tell it', async () => {
  const told = { type: 'warning', version: 1, code: 'W_COMPANIONS', message: 'using x.dict' } as const
  for (const [Reporter, text] of [
    [LinesReporter, 'note: using x.dict [W_COMPANIONS]\n'],
    [TerminalReporter, 'note: using x.dict [W_COMPANIONS]\n'],
    [QuietReporter, ''],
  ] as const) {
    const paper = new Paper()
    await new Reporter(paper, context).event(told)
    expect(paper.text).toBe(text)
  }
})

describe('a finding in words', () => {
  test('says what, where, with which input, and how to repeat it', async () => {
    expect(await findingText(finding(), null)).toBe(`${'─'.repeat(72)}
FOUND  memory access out of bounds in parse
kind   out-of-bounds
seen   after 150 executions; reproduces 5 of 5 times, and on a fresh instance without instrumentation

    #0 parse  func[3] at 0x1a2
    #1 fuzz   func[9]

Input, 3 bytes:
    00000000  61 22 0a                                         |a".|
    "a\\"\\n"

Base64: YSIK

Written to
    fuzz/findings/x/crash-1

Repeat it with
    npx fuzzbox replay x.wasm fuzz/findings/x/crash-1

Keep it: copy it to fuzz/regressions/x/ and commit it, and \`fuzzbox replay\` without inputs runs it.
${'─'.repeat(72)}
`)
  })

  test('shows the arguments of a typed target as they stand in its file, in the place of the record', async () => {
    const texts = ['[]byte("GET")', "rune('Ϩ') // 1000", 'float64(-0)']
    const text = await findingText(finding({ arguments: texts }), null)
    expect(text).toContain(`Arguments:\n${texts.map((argument) => `    ${argument}\n`).join('')}`)
    expect(text).not.toMatch(/Input|Base64|00000000/)
  })

  test('says how to keep it wherever findings are, and says nothing of that in a replay', async () => {
    const kept = async (path: string): Promise<string> => await findingText(finding({ path }), null)
    expect(await kept('there/findings/x/crash-1')).toContain('copy it to there/regressions/x/ and')
    expect(await kept('c:\\fuzz\\findings\\x\\crash-1')).toContain('copy it to c:\\fuzz\\regressions\\x\\ and')
    expect(await kept('elsewhere/crash-1')).toContain('copy it to fuzz/regressions/<target>/ and')
    expect(await findingText(finding(), null, 'replay')).not.toContain('Keep it')
  })

  test('says when it is not sure', async () => {
    expect(await findingText(finding({ confirmed: false }), null)).toContain('NOT on a fresh instance')
    expect(await findingText(finding({ reproduceRuns: 0, frames: [] }), null)).toMatch(/not run again[^]*no call stack/)
    expect(await findingText(finding({ inputBase64: '' }), null)).toContain('Input: empty')
  })

  test('shows long inputs from their beginning', () => {
    expect(hexDump(new Uint8Array(300)).at(-1)).toBe('… 44 bytes more')
    expect(quotedText(Uint8Array.from([0x41, 0, 0xff, 0x5c]))).toBe('"A\\x00\\xff\\\\"')
  })
})

describe('the summary', () => {
  test('names every finding with its command, and what to do next', () => {
    const text = summaryText(end({ findings: [finding({ sizeBytes: 1 })] }), 'x.wasm')
    expect(text).toContain('executions  3,000,000 (1,500,000 a second)')
    expect(text).toContain('edges       5 of 20 (25 %)')
    expect(text).toContain('  1. memory access out of bounds in parse (1 byte)\n     npx fuzzbox replay x.wasm')
    expect(text).toMatch(/Next: repeat a finding/)
  })

  test('counts workers, edges that do not repeat and seeds that failed', () => {
    const text = summaryText(end({ restarts: 1, workers: 4, unstableEdges: 1, seedsFailed: 2, reason: 'stable' }), 'x')
    expect(text).toContain('x: nothing new was found any more after 2.0 s')
    expect(text).toContain('  workers     4, replaced once\n')
    expect(text).toContain('  unstable    1 edge, which no longer count')
    expect(text).toContain('2 of them new, 2 seeds ended in a trap\n')
    expect(summaryText(end(), 'x')).not.toMatch(/replaced|unstable|trap/)
  })

  test('breaks sentences and not commands where the terminal ends', () => {
    const text = summaryText(end({ findings: [finding()], residualRisk: risk() }), 'x', 30)
    expect(text).toContain('\nNext: repeat a finding with\n')
    expect(text).toContain('     npx fuzzbox replay x.wasm fuzz/findings/x/crash-1\n')
    expect(text).toContain('\nThe next new edge is expected\nafter about 3.1 million\nexecutions')
  })

  test.each([
    [{}, 'The next new edge is expected after about 3.1 million executions, 2.1 s at this speed (Good–Turing; a guess'],
    [{ executionsToNextEdge: 612 }, 'The next new edge is expected after about 610 executions (Good–Turing; a guess'],
    [{ doubt: 'none-rare', executionsToNextEdge: null }, 'No edge that was reached is rare'],
    [{ doubt: 'all-reached', executionsToNextEdge: null }, 'Every edge is reached'],
  ] as const)('says what the estimate with %j says', (changes, sentence) => {
    expect(summaryText(end({ residualRisk: risk(changes) }), 'x')).toContain(`\n${sentence}`)
  })

  test('says nothing of an estimate that means nothing', () => {
    const few = summaryText(end({ residualRisk: risk({ doubt: 'few-samples' }) }), 'x')
    expect(few).toBe(summaryText(end(), 'x'))
  })

  test.each([
    [{ edges: 1 }, /almost nothing was reached.*doctor/],
    [{ inputsNew: 0 }, /nothing new was found.*--dict/],
    [{}, /run longer/],
  ])('with %j gives advice', (changes, advice) => expect(summaryText(end(changes), 'x')).toMatch(advice))
})
