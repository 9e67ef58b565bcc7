import { describe, expect, test } from 'vitest'
import { REGION_CRASH_SEEN } from '../../assembly/abi.ts'
import { PHASE_CONFIRM, PHASE_MUTANT, PHASE_TRIM, rig, type Rig } from './rig.ts'
import { COUNT_PHASES, edge, enter, holds, target, THROW_DICE, thrown, when } from './targets.ts'

/** Edge 1 in one run of sixteen, edge 2 up to 255 times, neither by what the input says; "F" leads to edge 3. */
const body = (unsteady: string): string =>
  `${COUNT_PHASES} ${enter(0)} ${edge(0)} ${THROW_DICE} ${unsteady} ${when(holds(0, 'F'), 3)} (i32.const 0)`
const UNSTEADY = target(
  [0],
  4,
  body(`${when(`(i32.eqz ${thrown(4)})`, 1)} (local.set $i ${thrown(8)})
    (loop $again ${when('(local.get $i)', 2, '(local.set $i (i32.sub (local.get $i) (i32.const 1))) (br $again)')})`),
)
const STEADY = target([0], 4, body(''))

/** Executions that were not mutants: second runs, and forms of an input that was taken for new. */
const spentOnDuplicates = ({ runsIn }: Rig): number => runsIn(PHASE_CONFIRM) + runsIn(PHASE_TRIM)

function fuzz({ engine }: Rig, executions: number): void {
  for (const end = engine.executions() + executions; engine.executions() < end;) {
    engine.exports.slice(Math.min(1000, end - engine.executions()))
    engine.drainDiscoveries()
  }
}

describe('a counter that differs from run to run', () => {
  test('costs a few executions once, and none of the campaign that follows', async () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const made = await rig(UNSTEADY, { seed })
      made.offer('x')
      fuzz(made, 10_000)
      // At worst each of its eight buckets repeats once by chance, and is then a find like others: second run and trim.
      expect(spentOnDuplicates(made), `seed ${seed}`).toBeLessThan(200)
      expect(made.engine.exports.corpusLength()).toBeLessThan(12)
      expect(made.engine.exports.unstableEdges()).toBe(2)
      const [mutants, duplicates] = [made.runsIn(PHASE_MUTANT), spentOnDuplicates(made)]
      const corpus = made.engine.exports.corpusLength()
      fuzz(made, 50_000)
      // Nothing but mutants, as in a target without it, but for the real find and shorter forms of entries.
      expect(made.runsIn(PHASE_MUTANT) - mutants).toBeGreaterThan(49_900)
      expect(spentOnDuplicates(made) - duplicates).toBeLessThan(100)
      expect(made.engine.exports.corpusLength() - corpus).toBeLessThanOrEqual(1)
    }
  })

  test('leaves as many executions for mutants as there are without it', async () => {
    const [unsteady, steady] = [await rig(UNSTEADY), await rig(STEADY)]
    for (const made of [unsteady, steady]) {
      made.offer('x')
      fuzz(made, 100_000)
      expect(made.engine.seen()[3]).toBe(1)
    }
    expect(steady.runsIn(PHASE_MUTANT) - unsteady.runsIn(PHASE_MUTANT)).toBeLessThan(200)
  })
})

describe('the list of unstable edges', () => {
  test('tells each of them once', async () => {
    const made = await rig(UNSTEADY)
    expect(made.engine.drainUnstable()).toEqual([])
    made.offer('x')
    const told: number[] = []
    for (let slices = 0; slices < 200; slices++) {
      fuzz(made, 50)
      told.push(...made.engine.drainUnstable())
    }
    expect(told.toSorted()).toEqual([1, 2])
    expect(made.engine.drainUnstable()).toEqual([])
  })

  test('taken over by another engine spares it all of that', async () => {
    const made = await rig(UNSTEADY)
    made.engine.ignoreEdges([1, 2])
    made.offer('x')
    expect(made.runsIn(PHASE_CONFIRM)).toBe(1)
    expect(made.engine.drainDiscoveries()).toHaveLength(1)
    fuzz(made, 50_000)
    expect(made.engine.exports.unstableEdges()).toBe(0)
    expect(made.engine.drainUnstable()).toEqual([])
    expect(made.engine.exports.corpusLength()).toBe(2)
    expect(made.engine.seen()).toEqual(new Uint8Array([1, 0xff, 0xff, 1]))
  })

  test('may name edges that this target does not have', async () => {
    const { engine } = await rig(STEADY)
    engine.ignoreEdges([3, 4, 0xffff_ffff])
    engine.exports.ignoreEdges(2, 1000)
    expect(engine.seen()).toEqual(new Uint8Array([0, 0, 0xff, 0xff]))
    const crashSeen = engine.address(REGION_CRASH_SEEN)
    expect([...engine.bytes().subarray(crashSeen, crashSeen + 4)]).toEqual([0, 0, 0, 0])
  })
})
