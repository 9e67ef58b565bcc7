// The second signal of novelty: the code that a timeline reached.
import { expect, test } from 'vitest'
import { exploreSummary } from '../../../src/report/explore-text.ts'
import { wat } from '../../support/targets.ts'
import { explored } from './explored.ts'
import { job, openSimulation, prepareSimulation, seedsOf, startOf } from './runners.ts'

const simulation = (body: string): ReturnType<typeof wat> =>
  wat(`(module (import "fuzzbox" "below" (func $below (param i32) (result i32)))
    (import "fuzzbox" "reachable" (func $reachable (param i32 i32)))
    (memory (export "memory") 1) (data (i32.const 0) "aabbccdd")
    (func (export "simulate") (local $n i32) ${body}))`)

const mark = (n: number): string => `(call $reachable (i32.const ${2 * n}) (i32.const 2))`

test('what the root reaches is known to its children', async () => {
  const box = await openSimulation(await prepareSimulation(simulation(`${mark(0)} (drop (call $below (i32.const 9)))`)))
  const [root] = box.run(job(startOf(1n), [null])).timelines
  expect(root!.features.length).toBeGreaterThan(0)
  const { timelines } = box.run(job(root!.discoveries[0]!.moment, seedsOf(1, 5)))
  expect(timelines.map(({ features }) => features.length)).toEqual([0, 0, 0, 0, 0])
})

test('a count of 256 is no count of zero', async () => {
  const loop = `${mark(0)} (local.set $n (i32.const 256))
    (loop $again (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))`
  const box = await openSimulation(await prepareSimulation(simulation(loop)))
  const [root] = box.run(job(startOf(1n), [null])).timelines
  expect([...root!.features].map((feature) => feature & 0xff)).toContain(128)
})

test('a timeline that dies leaves nothing behind for the next one', async () => {
  const dies = `${mark(0)} (if (i32.eqz (call $below (i32.const 2))) (then (unreachable))) ${mark(1)}`
  const prepared = await prepareSimulation(simulation(dies))
  const [mixed, alone] = [await openSimulation(prepared), await openSimulation(prepared)]
  const seeds = seedsOf(1, 12)
  const together = mixed.run(job(startOf(1n), seeds, { hashMemory: false })).timelines
  const kinds = together.map(({ outcome }) => outcome.kind)
  expect(new Set(kinds).size).toBe(2)
  const one = seeds.flatMap((seed) => alone.run(job(startOf(1n), [seed], { hashMemory: false })).timelines)
  expect(together.map(({ fuel, features }) => [fuel, [...features]])).toEqual(
    one.map(({ fuel, features }) => [fuel, [...features]]),
  )
})

test('marks for which there was no room are told', async () => {
  const box = await openSimulation(await prepareSimulation(simulation([0, 1, 2, 3].map(mark).join(' '))), {
    marksMax: 2,
  })
  const { marks, marksLost } = box.run(job(startOf(1n), [null]))
  expect(marks).toHaveLength(2)
  expect(marksLost).toBe(2)
  const { end } = await explored((program) => void program.each('place', [program.below(50)]), {
    marksMax: 4,
    globalEnergy: 100,
  })
  expect(end.markTable).toHaveLength(4)
  const summary = exploreSummary('x', { ...end, marksUnresolved: 3 })
  expect(summary).toContain(`${end.marksDropped} calls of marks found no room`)
  expect(summary).toContain('3 calls of marks do not say their message')
  expect(end.marksDropped).toBeGreaterThan(0)
})
