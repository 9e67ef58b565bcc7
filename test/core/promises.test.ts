// What Go's fuzzer promises, and what it is known to get wrong, as promises of ours. Where a promise has its test:
//
//   exact limits, warm-up and shrinking included            repeat.test.ts, accounting.test.ts, many-workers.test.ts
//   shrinking to the known minimum, of the same failure     here
//   a failure met while an input is being shortened         ../engine/trim.test.ts
//   regressions by name; failing seeds before any mutant    many-workers.test.ts, here
//   the input of a worker that dies, exactly                ../node/recovery.test.ts
//   workers that babble, or die before they are ready       ../node/recovery.test.ts, coordinator.test.ts
//   typed arguments: triggers, the file format              typed-entry.test.ts, typed/, ../cli/typed.test.ts
//   files that are no inputs, malformed ones, nested folders ../node/directory-corpus.test.ts, typed/typed-corpus.test.ts
//   names that are nearly right, options that do not go     entry.test.ts, ../cli/options.test.ts
//   an interrupt, also in the middle of shrinking           ../cli/run.test.ts, many-workers.test.ts
//   duplicates: never kept twice, never a livelock          here, ../engine/unstable.test.ts, many-workers.test.ts
//   streams of random numbers that differ between workers   worker-seed.test.ts
//   files that are whole, a folder that is lost             ../cli/killed.test.ts, ../node/shared-corpus.test.ts
import { beforeAll, describe, expect, test } from 'vitest'
import { MemoryCorpus } from '../../src/core/campaign/corpus.ts'
import type { TargetSource } from '../../src/core/target/load.ts'
import { input, wat } from '../support/targets.ts'
import { campaignHere, engineHere } from './here.ts'
import { campaign, MINIMIZE, warnings } from './scripted-campaign.ts'
import { forever, Recorded, trapReport, type Script } from './scripted-worker.ts'

beforeAll(engineHere)

/** A target whose entry has this body: `$p` and `$n` are pointer and length, `$i` and `$k` are free. */
function target(body: string, functions = ''): TargetSource {
  return wat(
    `(module (memory (export "memory") 1) ${functions}
      (func (export "LLVMFuzzerTestOneInput") (param $p i32) (param $n i32) (result i32) (local $i i32) (local $k i32)
        ${body}
        (i32.const 0)))`,
    'promise.wat',
  )
}

const atLeast = (length: number, then: string): string =>
  `(if (i32.ge_u (local.get $n) (i32.const ${length})) (then ${then}))`

/** Counts the letters A of the input in `$k`. */
const COUNT_A = `(block $done (loop $next
  (br_if $done (i32.ge_u (local.get $i) (local.get $n)))
  (local.set $k (i32.add (local.get $k)
    (i32.eq (i32.load8_u (i32.add (local.get $p) (local.get $i))) (i32.const 65))))
  (local.set $i (i32.add (local.get $i) (i32.const 1))) (br $next)))`

describe('a target that does nothing', () => {
  test('has one input that reaches it, and none that is new: neither in the first run nor in the second', async () => {
    const corpus = new MemoryCorpus()
    const first = await campaignHere({ module: target(''), corpus, seed: 1, limits: { runs: 5_000 } })
    expect(first.end).toMatchObject({ corpus: 1, inputsNew: 0, edges: 1 })
    const again = new MemoryCorpus([...corpus.inputs.values()])
    const second = await campaignHere({ module: target(''), corpus: again, seed: 2, limits: { runs: 5_000 } })
    expect(second.end).toMatchObject({ corpus: 1, inputsNew: 0 })
  })
})

describe('a failing input is shrunk to the known minimum', () => {
  test.each([
    ['50 of 100 bytes, where the length is what fails', atLeast(50, 'unreachable'), 100, 50],
    ['1 byte, where anything fails', atLeast(1, 'unreachable'), 30, 1],
    [
      '10 of 20 bytes, where ten letters fail',
      `${COUNT_A} (if (i32.ge_u (local.get $k) (i32.const 10)) (then unreachable))`,
      20,
      10,
    ],
  ])('%s', async (_promise, body, before, after) => {
    const corpus = new MemoryCorpus([input('A'.repeat(before))])
    const { end } = await campaignHere({ module: target(body), corpus, seed: 1, limits: { runs: 30_000 } })
    expect(end.findings).toMatchObject([{ kind: 'unreachable', sizeBytes: after, reproduced: 3, reproduceRuns: 3 }])
  })

  test('of the same failure: a shallow bug on the way is another finding', async () => {
    const functions = '(func $deep unreachable) (func $shallow unreachable)'
    const body = `
      (if (i32.and (i32.ge_u (local.get $n) (i32.const 20)) (i32.eq (i32.load8_u (local.get $p)) (i32.const 68))) (then
        (call $deep)))
      (if (i32.and (i32.ge_u (local.get $n) (i32.const 3)) (i32.eq (i32.load8_u (local.get $p)) (i32.const 68))) (then
        (call $shallow)))`
    const corpus = new MemoryCorpus([input(`D${'x'.repeat(30)}`)])
    const { end } = await campaignHere({ module: target(body, functions), corpus, seed: 1, limits: { runs: 40_000 } })
    const sizes = Object.fromEntries(end.findings.map(({ key, sizeBytes }) => [/\|(\w+)/.exec(key)![1], sizeBytes]))
    expect(sizes).toEqual({ deep: 20, shallow: 3 })
  })

  test('within --minimize-time; what was reached by then is kept', async () => {
    const tried: number[] = []
    const script: Script = {
      slice: () => ({ traps: [trapReport('unreachable|a', 9, 8, 7, 6)] }),
      shrink: ({ msMax }) => {
        tried.push(msMax!)
        return { input: new Uint8Array(4 - tried.length), busyMs: 20, executions: 1, done: false }
      },
      examine: () => ({ key: 'unreachable|a', outcome: trapReport('unreachable|a').outcome }),
    }
    const limits = {
      timeMs: null,
      runs: 1_000,
      patienceMs: 10_000,
      openPatienceMs: 10_000,
      ...MINIMIZE,
      minimizeMs: 45,
    }
    const { findings } = await campaign([script], { limits })
    expect(tried).toEqual([30, 25, 5])
    expect(findings).toMatchObject([{ sizeBytes: 1, reproduced: 3 }])
  })
})

describe('an input of the corpus that fails', () => {
  test('is a finding before the first mutant runs', async () => {
    const corpus = new MemoryCorpus([input('fine'), input('Xfails')])
    const fails = target('(if (i32.eq (i32.load8_u (local.get $p)) (i32.const 88)) (then unreachable))')
    const { end } = await campaignHere({ module: fails, corpus, seed: 1, limits: { runs: 0 } })
    expect(end).toMatchObject({ reason: 'runs', findings: [{ kind: 'unreachable' }] })
    expect(end.findings[0]!.executions).toBeLessThanOrEqual(4)
  })

  test('is told as the target was given it, whatever the target does to its copy', async () => {
    const body = `(local.set $k (i32.load8_u (local.get $p))) (i32.store8 (local.get $p) (i32.const 0))
      (if (i32.eq (local.get $k) (i32.const 88)) (then unreachable))`
    const corpus = new MemoryCorpus([input('X')])
    const { end } = await campaignHere({ module: target(body), corpus, seed: 1, limits: { runs: 2_000 } })
    expect(end.findings).toMatchObject([{ inputBase64: btoa('X'), reproduced: 3 }])
  })
})

describe('duplicates', () => {
  test('of ten files, five of which say the same as another, make no more than five inputs', async () => {
    const seeds = [1, 2, 3, 4, 5].flatMap((length) => [new Uint8Array(length), new Uint8Array(length)])
    const lengths = [1, 2, 3, 4, 5].map((length) => atLeast(length, '(local.set $k (i32.const 1))')).join('\n')
    const corpus = new MemoryCorpus(seeds)
    const { end } = await campaignHere({ module: target(lengths), corpus, seed: 1, limits: { runs: 0 } })
    expect(end.corpus).toBe(5)
  })

  test('never keep a campaign with a limit from its end', async () => {
    const seeds = Array.from({ length: 40 }, () => input('same'))
    const { end } = await campaignHere({
      module: target(''),
      corpus: new MemoryCorpus(seeds),
      seed: 1,
      limits: { runs: 30 },
    })
    expect(end).toMatchObject({ reason: 'runs', executions: 30 })
  })
})

describe('a campaign', () => {
  test('of no time at all ends clean, however often', async () => {
    for (let run = 0; run < 10; run++) {
      const { end } = await campaignHere({ module: target(''), seed: run, workers: 2, limits: { time: 1 } })
      expect(end).toMatchObject({ reason: 'time', findings: [] })
    }
  })

  test('that loses workers while it shrinks a finding still tells it, and files what they were lost over', async () => {
    const script = (): Script => {
      const recorded = new Recorded(5)
      return {
        recorded,
        slice: () => ({ traps: [trapReport('unreachable|a', 1, 2, 3)] }),
        shrink: ((_request: unknown, die: (death: object) => void) => {
          die({ reason: 'exit', message: 'it exited with code 1' })
          return forever()
        }) as unknown as NonNullable<Script['shrink']>,
      }
    }
    const result = await campaign([script(), { slice: script().slice! }])
    expect(result.findings.map(({ kind }) => kind)).toContain('unreachable')
    expect(result.end).toMatchObject({ reason: 'runs', executions: 1_000 })
    expect(warnings(result).every((code) => code === 'W_WORKER_LOST')).toBe(true)
  })
})
