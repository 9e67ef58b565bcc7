import { expect, it } from 'vitest'
import { Energy } from '../../../src/core/explore/energy.ts'
import { explored } from './explored.ts'
import type { Program } from './simulation.ts'

it('gives a mark energy of its own once in a root seed, not for each of its splits', () => {
  const energy = new Energy(1_000, 10)
  expect(energy.take('gate', 8).children).toBe(8)
  expect(energy.take('gate', 8).children).toBe(2)
  expect(energy.take('gate', 8).children).toBe(0)
})

it('keeps the energy of marks apart, however many there are', () => {
  const energy = new Energy(100_000, 10)
  for (let mark = 0; mark < 1_000; mark++) expect(energy.take(`mark ${mark}`, 20).children).toBe(10)
  expect(energy.left).toBe(90_000)
})

it('goes to the pool where a mark was barren, and comes from there for others', () => {
  const energy = new Energy(100, 10)
  energy.take('barren', 4)
  energy.release('barren')
  expect(energy.pool).toBe(6)
  expect(energy.take('good', 20)).toMatchObject({ children: 16, fromMark: 10, fromPool: 6 })
})

it('is given back to where it came from when children were not run', () => {
  const energy = new Energy(100, 10)
  const grant = energy.take('gate', 10)
  energy.giveBack(grant, 4)
  expect(energy.left).toBe(94)
  expect(energy.take('gate', 10).children).toBe(4)
})

it('one bucket that many runners meet at the same time is one mark, discovered once', async () => {
  const crowd: Program = (simulation) => {
    simulation.sometimes(true, 'begun')
    simulation.each('place', [simulation.below(3)])
  }
  const { end, events } = await explored(crowd, { globalEnergy: 200 }, 8)
  const places = end.markTable.filter(({ kind }) => kind === 'each')
  expect(places.map(({ keys }) => keys)).toEqual([['0'], ['1'], ['2']])
  expect(events.filter((event) => event.type === 'mark' && event.kind === 'each')).toHaveLength(3)
})
