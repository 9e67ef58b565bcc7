import { expect, test } from 'vitest'
import { SnapshotHandles } from '../../../src/core/explore/snapshot-handles.ts'
import type { Moment } from '../../../src/core/explore/timelines.ts'

const at = (draws: number, markCalls: number, seeds: readonly (readonly [number, bigint])[] = []): Moment => ({
  rootSeed: 1n,
  reseeds: seeds.map(([before, seed]) => ({ draws: before, seed })),
  draws,
  markCalls,
})

test('a moment is found by what leads to it, and by nothing less', () => {
  const handles = new SnapshotHandles()
  handles.add(at(5, 9, [[3, 7n]]), 40)
  expect(handles.find(at(5, 9, [[3, 7n]]))).toEqual({ id: 40, draws: 5, markCalls: 9 })
  for (const other of [at(5, 9), at(5, 9, [[3, 8n]]), at(5, 8, [[3, 7n]]), at(4, 9, [[3, 7n]])]) {
    expect(handles.find(other)).toBeNull()
  }
})

test('the way to a moment begins at the nearest reseed that has a snapshot', () => {
  const handles = new SnapshotHandles()
  handles.add(at(3, 4), 1)
  handles.add(at(6, 8, [[3, 7n]]), 2)
  const wanted = at(1, 12, [
    [3, 7n],
    [6, 9n],
  ])
  expect([...handles.anchors(wanted)].map(({ handle, done }) => [handle.id, done])).toEqual([
    [2, 1],
    [1, 0],
  ])
})

test('a snapshot of the same call, before its reseed, is no way to a moment: the call would not come again', () => {
  const handles = new SnapshotHandles()
  handles.add(at(3, 4), 1)
  // No draw lies between the two marks, so the second one follows the reseed at the first, too.
  handles.add(at(3, 5), 2)
  expect([...handles.anchors(at(0, 5, [[3, 7n]]))]).toEqual([])
  expect([...handles.anchors(at(0, 6, [[3, 7n]]))].map(({ handle }) => handle.id)).toEqual([2])
})
