import { existsSync, mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildWhenStale, fuzzbox, targetPath, type Ended } from './command.ts'

beforeAll(buildWhenStale, 120_000)

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'fuzzbox-run-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

const run = (...words: string[]): Promise<Ended> => fuzzbox(words, { cwd })
const EXITS = targetPath('hostile/exits.wat')

function eventsOf({ stdout }: Ended): Record<string, unknown>[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

describe('fuzzbox run', () => {
  test('finds a bug, files it, tells how to repeat it, and the replay does', async () => {
    const ended = await run('run', EXITS, '--runs', '20000', '--seed', '1', '--stop-on-finding')
    expect(ended).toMatchObject({ code: 77, stderr: '' })
    expect(ended.stdout).toMatch(/^#\d+\tINITED cov: /m)
    expect(ended.stdout).toContain('proc_exit(3)')
    const folder = join(cwd, 'fuzz/findings/exits')
    expect(readdirSync(folder).sort()).toEqual([
      'crash-e0184adedf913b076626646d3f52c3b49c39ad6d',
      'crash-e0184adedf913b076626646d3f52c3b49c39ad6d.json',
    ])
    const [, target, input] = /npx fuzzbox replay (\S+) (\S+)/.exec(ended.stdout)!
    const replayed = await run('replay', target!, input!)
    expect(replayed).toMatchObject({ code: 77, stderr: '' })
    expect(replayed.stdout).toMatch(/proc_exit\(3\)[^]*Code around the trap:[^]*→ +call 0/)
  })

  test('prints events and nothing else with --json, and keeps the corpus', async () => {
    const ended = await run('run', EXITS, 'my/corpus', '--runs', '5000', '--seed', '1', '--json')
    const events = eventsOf(ended)
    expect(events.every((event) => event['version'] === 1 && typeof event['type'] === 'string')).toBe(true)
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'runs', executions: 5_000, seed: 1 })
    const finding = events.find((event) => event['type'] === 'finding')
    expect(finding).toMatchObject({ kind: 'exit', path: expect.stringContaining('crash-'), replay: expect.any(String) })
    expect(readdirSync(cwd).sort()).toEqual(['fuzz', 'my'])
    expect(readdirSync(join(cwd, 'my/corpus'))).toEqual(
      events.flatMap((event) => (event['type'] === 'input' ? [event['id']] : [])).sort(),
    )
  })

  test('keeps to the contract of events, field by field', async () => {
    mkdirSync(join(cwd, 'seeds'))
    writeFileSync(join(cwd, 'seeds/long'), 'x'.repeat(20))
    const ended = await run('run', EXITS, 'seeds', '--runs', '5000', '--seed', '1', '--max-len', '8', '--json')
    const events = eventsOf(ended)
    const fields: Readonly<Record<string, string>> = {
      status:
        'elapsedMs executions executionsPerSecond edges edgesTotal corpus findings features corpusBytes lengthLimit ' +
        'phase warmup workers restarts inputsNew lastNewMs unstableEdges seedsFailed',
      input: 'id sizeBytes newEdges worker',
      finding: 'kind key path sizeBytes executions elapsedMs replay',
      warning: 'code message',
      end:
        'reason executions elapsedMs cpuMs edges edgesTotal corpus findings inputsNew workers restarts unstableEdges ' +
        'seedsFailed residualRisk',
    }
    expect([...new Set(events.map((event) => event['type']))].sort()).toEqual(Object.keys(fields).sort())
    for (const event of events) {
      const wanted = ['type', 'version', ...fields[event['type'] as string]!.split(' ')]
      expect(Object.keys(event)).toEqual(expect.arrayContaining(wanted))
    }
  })

  test("writes AFL's statistics beside its findings, or where it is told to, or not at all", async () => {
    await run('run', EXITS, '--runs', '5000', '--seed', '1', '--quiet')
    const folder = join(cwd, 'fuzz/stats/exits')
    expect(readFileSync(join(folder, 'fuzzer_stats'), 'utf8')).toMatch(
      /^execs_done {8}: 5000\n[^]*^saved_crashes {5}: 1\n[^]*^command_line {6}: fuzzbox run .*exits\.wat/m,
    )
    expect(readFileSync(join(folder, 'plot_data'), 'utf8')).toMatch(
      /^# relative_time,.*\n(\d+, .*\n)*\d+, .*, 5000, \d+\n$/,
    )
    rmSync(join(cwd, 'fuzz'), { recursive: true })
    await run('run', EXITS, '--runs', '100', '--quiet', '--stats', 'here')
    expect(readdirSync(join(cwd, 'here')).sort()).toEqual(['fuzzer_stats', 'plot_data'])
    await run('run', EXITS, '--runs', '100', '--quiet', '--no-stats')
    expect(existsSync(join(cwd, 'fuzz/stats'))).toBe(false)
  })

  test('goes on when the statistics cannot be written, and says so once', async () => {
    writeFileSync(join(cwd, 'file'), '')
    const ended = await run('run', EXITS, '--runs', '5000', '--seed', '1', '--json', '--stats', 'file/below')
    const events = eventsOf(ended)
    expect(events.filter((event) => event['type'] === 'warning')).toMatchObject([{ code: 'W_STATS_WRITE', version: 1 }])
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'runs', executions: 5_000 })
  })

  test('ends by itself when nothing new is found any more', async () => {
    const flat = join(cwd, 'flat.wat')
    const entry = '(func (export "LLVMFuzzerTestOneInput") (param i32 i32) (result i32) (i32.const 0))'
    writeFileSync(flat, `(module (memory (export "memory") 1) ${entry})`)
    const ended = await run('run', flat, '--until-stable', '50ms', '--json')
    expect(ended.code).toBe(0)
    expect(eventsOf(ended).at(-1)).toMatchObject({ type: 'end', reason: 'stable' })
  })

  test('ends cleanly at the first Ctrl-C, with a summary and the code of what was found', async () => {
    let interrupted = false
    const onOutput = (stdout: string, interrupt: () => void): void => {
      if (!interrupted && stdout.includes('"type":"status"')) interrupt()
      interrupted ||= stdout.includes('"type":"status"')
    }
    const quiet = join(cwd, 'quiet.wat')
    const entry = '(func (export "LLVMFuzzerTestOneInput") (param i32 i32) (result i32) (i32.const 0))'
    writeFileSync(quiet, `(module (memory (export "memory") 1) ${entry})`)
    const ended = await fuzzbox(['run', quiet, '--json'], { cwd, onOutput })
    expect(ended.code).toBe(0)
    expect(eventsOf(ended).at(-1)).toMatchObject({ type: 'end', reason: 'stopped' })
  })

  test('with files in place of directories runs just these, once', async () => {
    writeFileSync(join(cwd, 'fine'), 'x')
    writeFileSync(join(cwd, 'bad'), 'E')
    const fine = await run('run', EXITS, 'fine')
    expect(fine).toMatchObject({ code: 0, stdout: expect.stringContaining('fine: ok') })
    const both = await run('run', EXITS, 'fine', 'bad')
    expect(both).toMatchObject({ code: 77, stdout: expect.stringContaining('2 inputs, 1 of them fail') })
    expect(readdirSync(cwd).sort()).toEqual(['bad', 'fine'])
    mkdirSync(join(cwd, 'folder'))
    expect(await run('run', EXITS, 'fine', 'folder')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('E_CORPUS_MIXED'),
    })
  })

  test.each([
    [['run'], 'E_USAGE'],
    [['run', 'missing.wasm'], 'E_TARGET_MISSING'],
    [['run', '.'], 'E_TARGET_UNREADABLE'],
    [['run', 'text.txt'], 'E_TARGET_KIND'],
    [['run', '/dev/zero'], 'E_TARGET_UNREADABLE'],
    [['run', EXITS, '--dict', '/dev/zero'], 'E_DICTIONARY'],
    [['replay', EXITS, '/dev/zero'], 'E_INPUT_UNREADABLE'],
    [['run', 'cut.wasm'], 'E_INVALID_WASM'],
    [['run', EXITS, 'corpus', 'missing'], 'E_CORPUS_MISSING'],
    [['run', EXITS, '--dict', 'missing.dict'], 'E_DICTIONARY'],
    [['run', EXITS, '--dict', 'text.txt'], 'E_DICTIONARY'],
    [['run', EXITS, '--entry', 'LLVMFuzzerTestOneInptu'], 'E_ENTRY_MISSING'],
    [['replay', EXITS, 'missing'], 'E_INPUT_MISSING'],
    [['replay', EXITS], 'E_USAGE'],
    [['doctor', EXITS, 'text.txt'], 'E_USAGE'],
  ])('%j is refused in one sentence: %s', async (words, code) => {
    writeFileSync(join(cwd, 'text.txt'), 'hello\n')
    writeFileSync(join(cwd, 'cut.wasm'), new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 9]))
    const ended = await run(...words)
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(new RegExp(`^fuzzbox: [^\\n]+ \\[${code}\\]\\n$`))
    expect(readdirSync(join(cwd)).filter((name) => name === 'fuzz')).toEqual([])
  })
})

describe('fuzzbox replay', () => {
  test('runs every input of a directory, and warns of a finding from another build', async () => {
    mkdirSync(join(cwd, 'inputs'))
    writeFileSync(join(cwd, 'inputs/a'), 'fine')
    writeFileSync(join(cwd, 'inputs/b'), 'E')
    writeFileSync(join(cwd, 'inputs/b.json'), JSON.stringify({ moduleHash: 'another' }))
    const ended = await run('replay', EXITS, 'inputs/a', 'inputs/b')
    expect(ended).toMatchObject({ code: 77, stderr: expect.stringContaining('W_OTHER_MODULE') })
  })

  test('says so when only the beginning of an input is run', async () => {
    writeFileSync(join(cwd, 'long'), 'x'.repeat(100))
    const ended = await run('replay', EXITS, 'long', '--max-len', '10')
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringMatching(/first 10 are run.* \[W_INPUT_CUT\]\n$/) })
  })

  test('answers a hang with 70 and a memory limit with 71', async () => {
    writeFileSync(join(cwd, 'L'), 'L')
    writeFileSync(join(cwd, 'M'), 'M')
    expect((await run('replay', targetPath('hostile/loops-for-ever.wat'), 'L', '--timeout', '10ms')).code).toBe(70)
    expect((await run('replay', targetPath('hostile/grows-memory.wat'), 'M', '--memory', '1MiB')).code).toBe(71)
  })
})

test.each(['run', 'doctor'])(
  '%s prints no control characters that a module or its file name brings along',
  async (verb) => {
    const wat = String.raw`(module (memory (export "memory\1b[2J") 1) (func (export "\1b]0;title\07parse\0d") (param i32)))`
    const name = 'bell\u0007.wat'
    writeFileSync(join(cwd, name), wat)
    const { code, stdout, stderr } = await run(verb, name)
    expect(code).toBe(2)
    expect(stdout + stderr).toContain(']0;title')
    // oxlint-disable-next-line no-control-regex
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/)
  },
)

describe('fuzzbox doctor', () => {
  test('says what it sees, whether the target comes back, and the limits', async () => {
    const ended = await run('doctor', EXITS)
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(ended.stdout).toMatch(/ok +entry +LLVMFuzzerTestOneInput\(pointer, length\)/)
    expect(ended.stdout).toMatch(/wasi_snapshot_preview1\.proc_exit: provided/)
    expect(ended.stdout).toMatch(/ok +restore .*5 of 5 times the same/)
    expect(ended.stdout).toMatch(/watchdog +5,000 ms/)
  })

  test('says what is wrong with a target, and exits with 2', async () => {
    const ended = await run('doctor', targetPath('hostile/traps-in-start.wat'))
    expect(ended).toMatchObject({ code: 2, stdout: expect.stringMatching(/FAIL +restore .*E_INIT_TRAP/) })
  })
})

test.skipIf(!existsSync('/dev/full'))('a full disk under standard output is one sentence: E_OUTPUT', async () => {
  for (const words of [['--help'], ['run', EXITS, '--runs', '100']]) {
    const { code, stderr } = await fuzzbox(words, { cwd, stdoutPath: '/dev/full' })
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /^fuzzbox: standard output cannot be written \(no space left on device\)[^\n]* \[E_OUTPUT\]\n$/,
    )
  }
})

test('help and version are printed on request', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  expect(await run('--version')).toMatchObject({ code: 0, stdout: `fuzzbox ${version}\n` })
  expect(await run('run', '--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('--stop-on-finding') })
})

test('an engine without vectors is told what is needed, in one line: E_NO_SIMD', async () => {
  const nodeOptions = ['--import', 'data:text/javascript,WebAssembly.validate = () => false']
  const ended = await fuzzbox(['run', EXITS], { cwd, nodeOptions })
  expect(ended).toMatchObject({ code: 2, stdout: '' })
  expect(ended.stderr).toMatch(/^fuzzbox: Node \S+ lacks [^\n]*SIMD[^\n]* \[E_NO_SIMD\]\n$/)
})
