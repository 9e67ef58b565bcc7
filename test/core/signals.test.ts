// What a target says of itself leads the search where its code says nothing: none of these programs has a branch that
// depends on how near the input is, so that without signals nothing is left but luck.
import { beforeAll, describe, expect, test } from 'vitest'
import { MemoryCorpus } from '../../src/core/campaign/corpus.ts'
import { withoutWord } from '../../src/core/mechanisms.ts'
import { prepareTarget } from '../../src/core/target/prepare.ts'
import { openPrepared, openTarget, wat } from '../support/targets.ts'
import { job, openSimulation, startOf } from './explore/runners.ts'
import { campaignHere, engineHere } from './here.ts'

beforeAll(engineHere)

const IMPORTS: Readonly<Record<string, string>> = {
  maximize: '(param i32 i64)',
  minimize: '(param i32 i64)',
  set: '(param i32 i64)',
  state: '(param i64)',
  distance: '(param i32 i64 i64)',
}

/** A program with one signal, imported or, for comparison, an empty function of its own. */
function program(signal: string, isTold: boolean, body: string): string {
  const kind = IMPORTS[signal]!
  const told = isTold ? `(import "fuzzbox" "${signal}" (func $tell ${kind}))` : ''
  return `(module ${told} (memory (export "memory") 1) ${isTold ? '' : `(func $tell ${kind})`}
    (func $bug unreachable)
    (func (export "fuzz") (param $p i32) (param $n i32) (result i32) (local $i i32) (local $s i32) (local $b i32)
      ${body} (i32.const 0)))`
}

/** For five bits of each of the first eight bytes, which are zeros where the input is shorter. */
const forEight = (step: string): string => `(loop $next
  (local.set $b (i32.and (i32.load8_u (i32.add (local.get $p) (local.get $i))) (i32.const 31)))
  ${step}
  (local.set $i (i32.add (local.get $i) (i32.const 1)))
  (br_if $next (i32.lt_u (local.get $i) (i32.const 8))))`
const key = (index: string): string =>
  `(i32.and (i32.add (i32.mul (local.get ${index}) (i32.const 37)) (i32.const 111)) (i32.const 31))`
const sum = '(i64.extend_i32_s (local.get $s))'
const bugAt = (value: number): string => `(if (i32.eq (local.get $s) (i32.const ${value})) (then (call $bug)))`

/** Bytes that are right, wherever they are. */
const right = forEight(`(local.set $s (i32.add (local.get $s) (i32.eq (local.get $b) ${key('$i')})))`)
/** How far all bytes together are from what they should be. */
const apart = forEight(`
  (local.set $b (i32.sub (local.get $b) ${key('$i')}))
  (local.set $s (i32.add (local.get $s) (select (local.get $b) (i32.sub (i32.const 0) (local.get $b))
    (i32.ge_s (local.get $b) (i32.const 0)))))`)
/** A lock: how many bytes are right in a row, one after the other. */
const lock = (each: string): string =>
  forEight(`(local.set $s (i32.add (local.get $s) (i32.eq (local.get $b) ${key('$s')}))) ${each}`)

const PROGRAMS: Readonly<Record<string, string>> = {
  maximize: `${right} (call $tell (i32.const 7) ${sum}) ${bugAt(8)}`,
  minimize: `${apart} (call $tell (i32.const 7) ${sum}) ${bugAt(0)}`,
  set: `${lock('')} (call $tell (i32.const 7) ${sum}) ${bugAt(8)}`,
  state: `${lock(`(call $tell ${sum})`)} ${bugAt(8)}`,
  distance: `(local.set $s (i32.sub (i32.load (local.get $p)) (i32.const 0x12345678)))
    (call $tell (i32.const 7) ${sum} (i64.const 0)) ${bugAt(0)}`,
}
/** One in which no improvement is a new level, because two of them are a power of two apart: only the best itself tells. */
const FINE = `${right} (call $tell (i32.const 7) (i64.add ${sum} (i64.const 70000))) ${bugAt(8)}`

/** Executions until the bug; null where `most` did not do. */
async function executionsToBug(text: string, most: number, measures = true): Promise<number | null> {
  const prepared = await prepareTarget(wat(text), { inputMax: 16 })
  const sandbox = await openPrepared(prepared, { without: withoutWord(measures ? [] : ['measures']) })
  sandbox.addInput(new Uint8Array(0))
  while (sandbox.executionsBegun() < most) {
    const result = sandbox.slice(most - sandbox.executionsBegun())
    sandbox.drainDiscoveries()
    if (result.ended === 'trap') return sandbox.executionsBegun()
  }
  return null
}

describe('a signal leads to a bug that nothing else leads to', () => {
  test.each(Object.entries(PROGRAMS))('%s', async (signal, body) => {
    expect(await executionsToBug(program(signal, true, body), 200_000)).not.toBeNull()
    expect(await executionsToBug(program(signal, false, body), 200_000)).toBeNull()
  })

  test('an extreme whose steps are too small to be seen from outside', async () => {
    expect(await executionsToBug(program('maximize', true, FINE), 200_000)).not.toBeNull()
  })
})

/** Tells the first four bytes as one number, which has no end of improvements. */
const number = (signal: string): string =>
  program(signal, true, '(call $tell (i32.const 7) (i64.extend_i32_u (i32.load (local.get $p))))')

describe('a corpus with signals', () => {
  test('holds one input for an extreme, however often it improves, and the best of them', async () => {
    const corpus = new MemoryCorpus()
    const { end } = await campaignHere({ module: wat(number('maximize')), corpus, seed: 1, limits: { runs: 50_000 } })
    const told = [...corpus.inputs.values()].map((bytes) =>
      new DataView(Uint8Array.of(...bytes, 0, 0, 0, 0).buffer).getUint32(0, true),
    )
    expect(corpus.inputs.size).toBe(2)
    expect(Math.max(...told)).toBeGreaterThan(0xffff_0000)
    expect(end.corpus).toBe(2)
  })

  test('holds no more inputs than there is room for values of sets', async () => {
    const sandbox = await openTarget(wat(number('set')), { inputMax: 8 })
    for (let turn = 0; turn < 4; turn++) {
      sandbox.slice(20_000)
      sandbox.drainDiscoveries()
    }
    const { corpus, features } = sandbox.statistics()
    expect(corpus).toBeGreaterThan(2_000)
    expect(features).toBeLessThanOrEqual(8192 + 2)
  })

  test('grows the same in every run of one seed', async () => {
    const found = async (): Promise<string[]> => {
      const corpus = new MemoryCorpus()
      await campaignHere({
        module: wat(program('minimize', true, PROGRAMS['minimize']!)),
        corpus,
        seed: 3,
        limits: { runs: 9_000 },
        deterministic: true,
      })
      return [...corpus.inputs.keys()]
    }
    expect(await found()).toEqual(await found())
  })

  test('counts signals as features, never as edges', async () => {
    const { end, events } = await campaignHere({ module: wat(number('set')), seed: 1, limits: { runs: 3_000 } })
    const { features } = events.findLast((event) => event.type === 'status')!
    expect(end).toMatchObject({ edges: 1, edgesTotal: 2 })
    expect(features).toBeGreaterThan(500)
    expect(end.residualRisk?.edgesReachable ?? 1).toBe(1)
  })

  test('begins each run anew: from the last state of one there is no step to the first of the next', async () => {
    const sandbox = await openTarget(wat(program('state', true, '(call $tell (i64.extend_i32_u (local.get $n)))')))
    const features = [4, 5, 4, 6].map((length) => sandbox.addInput(new Uint8Array(length)).newFeatures)
    expect(features).toEqual([2, 1, 0, 1])
  })
})

describe('a module that tells signals', () => {
  test('has its findings confirmed on the module as it came, and is none the wiser', async () => {
    const sandbox = await openTarget(
      wat(
        program(
          'maximize',
          true,
          `(call $tell (i32.const 7) (i64.extend_i32_u (local.get $n)))
      (if (i32.eq (local.get $n) (i32.const 3)) (then (call $bug)))`,
        ),
      ),
      { inputMax: 8 },
    )
    sandbox.addInput(new Uint8Array(1))
    expect(sandbox.confirm(new Uint8Array(3))).toMatchObject({ kind: 'trap', trap: 'unreachable' })
    sandbox.runOnce(new Uint8Array(0))
    expect([...sandbox.trace().edges.keys()].filter((edge) => edge > 8)).toEqual([])
  })

  test('is explored like any other', async () => {
    const text = `(module (import "fuzzbox" "maximize" (func $tell (param i32 i64))) (import "fuzzbox" "state" (func $state (param i64)))
      (import "fuzzbox" "below" (func $below (param i32) (result i32)))
      (func (export "simulate") (local $v i32)
        (local.set $v (call $below (i32.const 4)))
        (call $tell (i32.const 1) (i64.extend_i32_u (local.get $v)))
        (call $state (i64.extend_i32_u (local.get $v)))
        (if (i32.eq (local.get $v) (i32.const 3)) (then unreachable))))`
    const prepared = await prepareTarget(wat(text), { explore: true })
    const sandbox = await openSimulation(prepared)
    const seeds = Array.from({ length: 20 }, (_, seed) => BigInt(seed))
    const { timelines } = sandbox.run(job(startOf(1n), seeds))
    expect(new Set(timelines.map(({ outcome }) => outcome.kind))).toEqual(new Set(['ok', 'trap']))
    expect(timelines.flatMap(({ features }) => [...features]).filter((feature) => feature >>> 8 > 8)).toEqual([])
  })
})

/** Twice as deep, or as many pages, for each byte that is right; no branch asks for either. */
const doubled = '(i32.shr_u (i32.shl (i32.const 1) (local.get $s)) (i32.const 1))'
/** Counters have seen it all before the one call that goes deep. */
const NESTED = `${right} (local.set $i (i32.const 200))
  (loop $flat (call $down (i32.const 1)) (br_if $flat (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
  (call $down ${doubled}) ${bugAt(7)}`
const DOWN = `(func $down (param $left i32)
  (if (local.get $left) (then (call $down (i32.sub (local.get $left) (i32.const 1))))))`
const GROWN = `${right} (drop (memory.grow ${doubled})) ${bugAt(7)}`

describe('what a run takes is told without a word of the target', () => {
  test.each([
    ['memory that grows further', program('set', false, GROWN)],
    ['calls that nest deeper', program('set', false, NESTED).replace('(func $bug', `${DOWN} (func $bug`)],
  ])('%s', async (_, text) => {
    expect(await executionsToBug(text, 40_000)).not.toBeNull()
    expect(await executionsToBug(text, 40_000, false)).toBeNull()
  })
})
