// What a host that keeps to a number of executions relies on.
import { describe, expect, test } from 'vitest'
import type { Sandbox } from '../../src/core/sandbox.ts'
import { input, openTarget, targetFile, wat } from '../support/targets.ts'

/** A module whose entry is this body, over `$at` and `$length`. */
const entry = (body: string, parts = ''): ReturnType<typeof wat> =>
  wat(`(module ${parts} (memory (export "memory") 1)
    (func (export "LLVMFuzzerTestOneInput") (param $at i32) (param $length i32) (result i32)
      (if (i32.eqz (local.get $length)) (then (return (i32.const 0)))) ${body} (i32.const 0)))`)

const startsWithF = '(i32.eq (i32.load8_u (local.get $at)) (i32.const 0x46))'
const isLong = '(i32.gt_u (local.get $length) (i32.const 40))'
const BRANCHES = entry(`
  (if ${startsWithF} (then (i32.store8 (i32.const 9) (i32.const 1))))
  (if ${isLong} (then (i32.store8 (i32.const 8) (i32.const 1))))`)

/** Executions that `work` takes. */
function taken(sandbox: Sandbox, work: () => unknown): number {
  const before = sandbox.executionsBegun()
  work()
  return sandbox.executionsBegun() - before
}

describe('executions are counted', () => {
  test('by every call that runs the target, on the plain instance too', async () => {
    const sandbox = await openTarget(await targetFile('traps.wat'), { limits: { fuel: 100_000 } })
    expect(sandbox.executionsBegun()).toBe(0)
    expect(taken(sandbox, () => sandbox.runOnce(input('c')))).toBe(1)
    expect(taken(sandbox, () => sandbox.runOnce(input('u')))).toBe(1)
    expect(taken(sandbox, () => sandbox.addInput(input('c')))).toBe(2)
    expect(taken(sandbox, () => sandbox.addInput(input('c')))).toBe(1)
    expect(taken(sandbox, () => sandbox.addInput(input('u')))).toBe(1)
    expect(taken(sandbox, () => sandbox.confirm(input('u')))).toBe(2)
    expect(taken(sandbox, () => sandbox.confirm(input('c')))).toBe(2)
    // Its end is the sandbox's doing, so there is nothing to run a second time.
    expect(taken(sandbox, () => sandbox.confirm(input('l')))).toBe(1)
  })

  test('of a slice as exactly what it was given, with finds, second runs and shortening in it', async () => {
    const sandbox = await openTarget(BRANCHES)
    sandbox.addInput(new Uint8Array(64).fill(0x78))
    let finds = 0
    for (let slices = 0; slices < 20_000; slices++) {
      expect(taken(sandbox, () => expect(sandbox.slice(3)).toEqual({ ended: 'budget', executions: 3 }))).toBe(3)
      finds += sandbox.drainDiscoveries().length
    }
    expect(finds).toBeGreaterThan(1)
  })
})

describe('an input with one execution left', () => {
  test('stops after its first run, and is kept by the second, whenever that comes', async () => {
    const sandbox = await openTarget(BRANCHES)
    sandbox.addInput(input('x'))
    sandbox.drainDiscoveries()
    expect(taken(sandbox, () => sandbox.addInput(input('F'), 1))).toBe(1)
    expect(sandbox.isSuspended()).toBe(true)
    expect(sandbox.drainDiscoveries()).toEqual([])
    let added = sandbox.resume()
    expect(added).toMatchObject({ suspended: false, outcome: { kind: 'ok' } })
    expect(added.newFeatures).toBeGreaterThan(0)
    expect(sandbox.drainDiscoveries()).toMatchObject([{ input: input('F'), features: added.features }])
    // Nothing waits any more, so nothing is run.
    expect(taken(sandbox, () => (added = sandbox.resume()))).toBe(0)
    expect(added).toMatchObject({ newFeatures: 0, suspended: false })
    expect(taken(sandbox, () => sandbox.addInput(input('F'), 1))).toBe(1)
    expect(sandbox.isSuspended()).toBe(false)
  })

  test('is kept by the next slice where nobody resumes it', async () => {
    const sandbox = await openTarget(BRANCHES)
    expect(sandbox.addInput(input('F'), 1)).toMatchObject({ newFeatures: 0, suspended: true })
    expect(sandbox.slice(1)).toEqual({ ended: 'budget', executions: 1 })
    expect(sandbox.isSuspended()).toBe(false)
    expect(sandbox.drainDiscoveries()).toMatchObject([{ input: input('F'), replaces: null }])
  })

  test.each([
    [
      'leaves by exit(0)',
      '(call $exit (i32.const 0))',
      '(import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))',
    ],
    ['costs the instance', '(data.drop $bytes)', '(data $bytes "x")'],
  ])('may be one whose run %s', async (_, body, parts) => {
    const sandbox = await openTarget(entry(body, parts))
    expect(taken(sandbox, () => sandbox.addInput(input('x'), 1))).toBe(1)
    expect(sandbox.isSuspended()).toBe(true)
    let added
    expect(taken(sandbox, () => (added = sandbox.resume()))).toBe(1)
    expect(added).toMatchObject({ suspended: false, outcome: { kind: 'ok' } })
    expect(sandbox.statistics().corpus).toBe(1)
    expect(taken(sandbox, () => sandbox.addInput(input('x')))).toBe(1)
  })
})

describe('what is told of an input', () => {
  test('are its features, by edge and bucket, and its cost', async () => {
    const sandbox = await openTarget(BRANCHES)
    const first = sandbox.addInput(input('x'))
    const { edges } = sandbox.trace()
    // One run of each edge: bucket 1.
    expect([...first.features].toSorted((a, b) => a - b)).toEqual([...edges.keys()].map((edge) => (edge << 8) | 1))
    expect(first.newFeatures).toBe(edges.size)
    const second = sandbox.addInput(input('F'))
    expect(second.features.some((feature) => first.features.includes(feature))).toBe(false)
    const cost = [...sandbox.trace().edges.values()].reduce((sum, count) => sum + count, 0)
    const told = sandbox.drainDiscoveries()
    expect(told.map(({ features }) => features)).toEqual([first.features, second.features])
    expect(told[1]).toMatchObject({ cost, newEdges: second.features.length, replaces: null })
    expect(sandbox.addInput(input('F')).features).toEqual(new Uint32Array(0))
  })

  test('is, for a shorter form of it, the one that it replaces', async () => {
    const sandbox = await openTarget(BRANCHES)
    const seed = new Uint8Array(64).fill(0x78)
    sandbox.addInput(seed)
    sandbox.drainDiscoveries()
    const held = new Set([String(seed)])
    let replaced = 0
    for (let slices = 0; slices < 100; slices++) {
      sandbox.slice(100)
      for (const { input: found, replaces, features } of sandbox.drainDiscoveries()) {
        expect(features.length).toBeGreaterThan(0)
        if (replaces) {
          replaced++
          expect(found.length).toBeLessThan(replaces.length)
          expect(held.delete(String(replaces))).toBe(true)
        }
        held.add(String(found))
      }
    }
    expect(replaced).toBeGreaterThan(1)
    expect(held.size).toBe(sandbox.statistics().corpus)
  })
})

test('an edge that is to be ignored never makes an input new', async () => {
  const sandbox = await openTarget(BRANCHES)
  sandbox.addInput(input('x'))
  const known = sandbox.trace().edges
  sandbox.runOnce(input('F'))
  sandbox.ignore([...sandbox.trace().edges.keys()].filter((edge) => !known.has(edge)))
  expect(sandbox.addInput(input('F')).newFeatures).toBe(0)
  expect(sandbox.unstable()).toEqual([])
})

test('an input whose shortening is under way is told as it stands when no slice follows', async () => {
  const sandbox = await openTarget(BRANCHES)
  sandbox.addInput(new Uint8Array(64).fill(0x78))
  while (!sandbox.isTrimming()) sandbox.slice(1)
  // What was told until now is the input that was offered, and what was kept before this one.
  expect(sandbox.drainDiscoveries()[0]).toMatchObject({ newEdges: 2, replaces: null })
  expect(taken(sandbox, () => sandbox.endTrim())).toBe(0)
  expect(sandbox.isTrimming()).toBe(false)
  expect(sandbox.drainDiscoveries()).toHaveLength(1)
})
