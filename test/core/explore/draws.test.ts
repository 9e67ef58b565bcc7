// Draws come from the module's own functions where nothing stands against it: nobody may be able to tell.
import { expect, test } from 'vitest'
import { wat } from '../../support/targets.ts'
import { job, openSimulation, prepareSimulation, seedsOf, startOf } from './runners.ts'

/** Draws of all kinds, one after the other in memory, with a mark in between. */
const PROGRAM = wat(`(module
  (import "fuzzbox" "random" (func $random (result i32)))
  (import "fuzzbox" "random64" (func $random64 (result i64)))
  (import "fuzzbox" "below" (func $below (param i32) (result i32)))
  (import "fuzzbox" "chance" (func $chance (param f64) (result i32)))
  (import "fuzzbox" "f64" (func $f64 (result f64)))
  (import "fuzzbox" "reachable" (func $reachable (param i32 i32)))
  (memory (export "memory") 1) (data (i32.const 0) "half")
  (func $some (param $at i32)
    (i32.store (local.get $at) (call $random))
    (i64.store offset=8 (local.get $at) (call $random64))
    (i32.store offset=16 (local.get $at) (call $below (i32.const 1000)))
    (i32.store offset=20 (local.get $at) (call $below (i32.const 0)))
    (i32.store offset=24 (local.get $at) (call $chance (f64.const 0.5)))
    (f64.store offset=32 (local.get $at) (call $f64)))
  (func (export "simulate")
    (call $some (i32.const 256)) (call $some (i32.const 320))
    (call $reachable (i32.const 0) (i32.const 4))
    (call $some (i32.const 384)) (call $some (i32.const 448))))`)

test('draws the same numbers in functions of the module as by its imports', async () => {
  const prepared = [await prepareSimulation(PROGRAM), await prepareSimulation(PROGRAM, { without: ['imports'] })]
  const answers = await Promise.all(
    prepared.map(async (simulation) => {
      const box = await openSimulation(simulation)
      const root = box.run(job(startOf(5n), [null], { hashMemory: true })).timelines[0]!
      const { moment } = root.discoveries[0]!
      const children = box.run(job(moment, seedsOf(1, 4), { hashMemory: true })).timelines
      const ahead = [
        { draws: 3, seed: 7n },
        { draws: 4, seed: 8n },
      ] as const
      const replayed = box.run(job(startOf(5n), [null], { ahead, hashMemory: true })).timelines
      return [root, ...children, ...replayed].map(({ draws, fuel, end, memoryHash }) => ({
        draws,
        fuel,
        end,
        memoryHash,
      }))
    }),
  )
  expect(answers[0]).toEqual(answers[1])
  expect(new Set(answers[0]!.map(({ memoryHash }) => memoryHash)).size).toBe(6)
})
