import { describe, expect, test } from 'vitest'
import {
  CONTROL_DETAIL,
  CONTROL_REASON,
  CONTROL_STATE_LOST,
  REASON_EXIT,
  SLICE_STATE_LOST,
} from '../../assembly/abi.ts'
import type { EngineDiscovery } from '../../src/core/engine/discoveries.ts'
import { PHASE_TRIM, rig, type Rig, type RigOptions } from './rig.ts'
import { COUNT_PHASES, edge, enter, holds, shorter, target, when, type HandMadeTarget } from './targets.ts'

/**
 * "F" at the start leads to edge 1, and to `then`; no byte behind it matters. Edge 3 is reached by 40 bytes and more, so
 * that the first entry stays long and its mutants have something to leave out.
 */
const found = (then = '', after = '(i32.const 0)'): HandMadeTarget =>
  target(
    [0],
    4,
    `${COUNT_PHASES} ${enter(0)} ${edge(0)} ${when(`(i32.eqz ${shorter(40)})`, 3)} ${when(holds(0, 'F'), 1, then)}
     ${after}`,
  )

const setWord = (address: number, value: number): string =>
  `(i32.store $engine (i32.const ${address}) (i32.const ${value}))`

/** An engine with one entry of 60 bytes. */
async function trimRig(made: HandMadeTarget, options: RigOptions & { trimMax?: number } = {}): Promise<Rig> {
  const { engine, ...rest } = await rig(made, options)
  engine.exports.setTrim(options.trimMax ?? 256)
  engine.writeInput(new Uint8Array(60).fill(0xf8))
  // A target that leaves by exit(0) traps in both runs.
  const runs = [() => engine.exports.addInput(60, 1), () => engine.exports.resume()]
  for (const run of runs) {
    try {
      run()
    } catch {
      engine.exports.recover()
    }
  }
  expect(engine.exports.corpusLength()).toBe(1)
  engine.drainDiscoveries()
  return { engine, ...rest }
}

/** Slices of `executions` until edge 1 was found and told; traps are recovered from, lost instances replaced. */
async function findF(made: Rig, executions = 500): Promise<{ told: EngineDiscovery[]; trapped: Uint8Array[] }> {
  const told: EngineDiscovery[] = []
  const trapped: Uint8Array[] = []
  while (made.engine.executions() < 100_000 && !told.some(({ features }) => features.includes(EDGE_1))) {
    try {
      if (made.engine.exports.slice(executions) === SLICE_STATE_LOST) {
        await made.relink()
        made.engine.exports.recapture()
      }
    } catch {
      trapped.push(made.input())
      made.engine.exports.recover()
    }
    told.push(...made.engine.drainDiscoveries().filter(({ kind }) => kind === 'new'))
  }
  return { told, trapped }
}

const EDGE_1 = (1 << 8) | 1
const EDGE_2 = (2 << 8) | 1
const F = new TextEncoder().encode('F')

/** Slices of one execution until an input is being trimmed. */
function untilTrimming({ engine }: Rig): void {
  while (engine.executions() < 100_000 && !engine.exports.isTrimming()) engine.exports.slice(1)
  expect(engine.exports.isTrimming()).toBe(1)
  expect(engine.drainDiscoveries().filter(({ kind }) => kind === 'new')).toEqual([])
}

describe('an input that was found', () => {
  test('is told and kept without the bytes that its find does not need', async () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const made = await trimRig(found(), { seed })
      const { told } = await findF(made)
      expect(told, `seed ${seed}`).toHaveLength(1)
      expect(told[0]).toMatchObject({ entry: 1, parent: 0, newEdges: 1, cost: 2, input: F, replaces: null })
      expect(told[0]!.operators.length).toBeGreaterThan(0)
      expect(told[0]!.features).toEqual(new Uint32Array([EDGE_1]))
      expect(made.engine.exports.corpusLength()).toBe(2)
    }
  })

  test('is kept as it was found where no execution may be spent on it', async () => {
    const made = await trimRig(found(), { trimMax: 0 })
    const { told } = await findF(made)
    expect(told[0]!.input.length).toBeGreaterThanOrEqual(40)
    expect(made.runsIn(PHASE_TRIM)).toBe(0)
  })

  test('costs no more executions than one input may', async () => {
    const made = await trimRig(found(), { trimMax: 3 })
    const { told } = await findF(made)
    expect(made.runsIn(PHASE_TRIM)).toBe(3)
    expect(told[0]!.input.length).toBeLessThan(40)
    expect(told[0]!.input.length).toBeGreaterThan(1)
  })

  test('has only so many candidates that at most one execution in eight is a candidate', async () => {
    // Each length below 1,024 in one class of its own: the first executions find something all the time.
    const busy = target(
      [0],
      1,
      `${COUNT_PHASES} ${enter(0)} (local.set $i (i32.add (local.get $length) (i32.const 1)))
       (loop $again ${edge(0)} (local.set $i (i32.shr_u (local.get $i) (i32.const 1))) (br_if $again (local.get $i)))
       (i32.const 0)`,
    )
    const made = await rig(busy)
    made.engine.exports.setTrim(1000)
    for (let slices = 0; slices < 500; slices++) {
      made.engine.exports.slice(7)
      expect(8 * made.runsIn(PHASE_TRIM)).toBeLessThanOrEqual(made.engine.executions())
    }
    expect(made.runsIn(PHASE_TRIM)).toBeGreaterThan(0)
  })

  test('keeps what the target asks to reject short', async () => {
    const made = await trimRig(found(`(if ${shorter(10)} (then (return (i32.const -1))))`))
    const { told } = await findF(made)
    expect(told[0]!.input).toHaveLength(10)
    expect(made.engine.exports.corpusLength()).toBe(2)
  })
})

describe('a candidate', () => {
  test('that traps is told, refused, and followed by the next', async () => {
    const made = await trimRig(found(`(if ${shorter(20)} (then unreachable))`))
    const { told, trapped } = await findF(made)
    expect(told[0]!.input).toHaveLength(20)
    expect(told[0]!.cost).toBe(2)
    const candidates = trapped.filter((input) => input[0] === F[0])
    expect(candidates.length).toBeGreaterThan(1)
    expect(candidates.every((input) => input.length < 20)).toBe(true)
  })

  test('that ends by exit(0) counts as one that returned', async () => {
    const leave = `${setWord(CONTROL_REASON, REASON_EXIT)} ${setWord(CONTROL_DETAIL, 0)} unreachable`
    const made = await trimRig(found('', leave))
    const { told } = await findF(made)
    expect(told).toHaveLength(1)
    expect(told[0]).toMatchObject({ entry: 1, parent: 0, cost: 2, input: F })
  })

  test('that costs the instance is judged all the same, and the next one runs in a fresh instance', async () => {
    const made = await trimRig(found(setWord(CONTROL_STATE_LOST, 1)))
    const { told } = await findF(made)
    expect(told).toHaveLength(1)
    expect(told[0]!.input).toEqual(F)
  })

  test('that looks new itself becomes an entry of its own, and the input that led to it another', async () => {
    const made = await trimRig(found(when(shorter(33), 2)))
    const { told } = await findF(made)
    expect(told.map(({ features }) => [...features])).toEqual([[EDGE_2], [EDGE_1]])
    expect(told.map(({ parent }) => parent)).toEqual([0, 0])
    const [candidate, input] = told.map((discovery) => discovery.input)
    expect(candidate!.length).toBeGreaterThan(1)
    expect(candidate!.length).toBeLessThan(33)
    // The one that looked new was refused; shorter ones after it looked new no more.
    expect(input).toEqual(F)
    expect(candidate).not.toEqual(input)
  })
})

describe('the end of a slice in the middle', () => {
  test('changes nothing of what is found, and each slice runs what it was given', async () => {
    const ways: unknown[] = []
    for (const executions of [1, 7, 1000]) {
      const made = await trimRig(found(when(holds(1, 'U'), 2)), { seed: 8 })
      const told: EngineDiscovery[] = []
      while (made.engine.executions() < 20_000) {
        const before = made.engine.executions()
        const budget = Math.min(executions, 20_000 - before)
        made.engine.exports.slice(budget)
        expect(made.engine.executions()).toBe(before + budget)
        told.push(...made.engine.drainDiscoveries())
      }
      expect(made.runsIn(PHASE_TRIM)).toBeGreaterThan(3)
      ways.push([told, made.input()])
    }
    expect(ways[1]).toEqual(ways[0])
    expect(ways[2]).toEqual(ways[0])
  })

  test('leaves room for inputs of the host, and the trim goes on after them', async () => {
    const made = await trimRig(found(when(holds(1, 'U'), 2)))
    untilTrimming(made)
    expect(made.offer('FU')).toBe(1)
    expect(made.engine.exports.isTrimming()).toBe(1)
    expect(made.engine.drainDiscoveries()).toMatchObject([{ parent: null, entry: 1 }])
    const { told } = await findF(made)
    expect(told).toMatchObject([{ entry: 2, parent: 0, cost: 2, input: F }])
  })

  test('can be the last: the input is told as it stands, without a run', async () => {
    const made = await trimRig(found())
    untilTrimming(made)
    const executions = made.engine.executions()
    made.engine.exports.endTrim()
    expect(made.engine.executions()).toBe(executions)
    expect(made.engine.exports.isTrimming()).toBe(0)
    const [told, ...more] = made.engine.drainDiscoveries()
    expect(told).toMatchObject({ kind: 'new', entry: 1, parent: 0 })
    expect(told!.input[0]).toBe(F[0])
    expect(more).toEqual([])
    made.engine.exports.endTrim()
    expect(made.engine.drainDiscoveries()).toEqual([])
    expect(made.engine.exports.corpusLength()).toBe(2)
  })
})
