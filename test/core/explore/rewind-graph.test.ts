import { expect, test } from 'vitest'
import { parseRecipe } from '../../../src/core/explore/recipe.ts'
import { rewindRecipe } from '../../../src/core/explore/rewind-finding.ts'
import { rewindChart } from '../../../src/report/rewind-chart.ts'
import { rewindLines } from '../../../src/report/rewind-text.ts'
import { adaptive, explored } from './explored.ts'
import type { Program } from './simulation.ts'

/** One in eight comes to the first place, one in four of them to the second, and there a coin decides. */
const STEPS: Program = (simulation) => {
  simulation.reachable('begun')
  if (simulation.below(8) !== 0) return
  simulation.each('place', [1])
  if (simulation.below(4) !== 0) return
  simulation.each('place', [2])
  simulation.always(simulation.below(2) === 0, 'a coin <falls> on heads')
}

const SETTINGS = { globalEnergy: 400, adaptive: adaptive(10, 40, 100, 200), stopOnFinding: true, seed: 3n }

test('tells how likely a finding is from each moment on its way', async () => {
  const { end } = await explored(STEPS, SETTINGS, 1, { rewindGraph: true })
  const { points, message } = end.rewind!
  expect(message).toBe('a coin <falls> on heads')
  expect(points.every(({ futures }) => futures === 100)).toBe(true)
  const shares = points.map(({ failed }) => failed)
  expect(shares).toEqual([...shares].sort((a, b) => b - a))
  expect(points[0]).toMatchObject({ mark: 'place [2]', drawsBack: 1 })
  expect(shares[0]).toBeGreaterThan(35)
  expect(shares[0]).toBeLessThan(65)
  expect(points.at(-1)).toMatchObject({ mark: 'start', depth: 0 })
  expect(shares.at(-1)).toBeLessThan(15)
  const back = points.map(({ drawsBack }) => drawsBack)
  expect(back).toEqual([...back].sort((a, b) => a - b))
})

test('comes to the same by a recipe as by the moments of the tree', async () => {
  const { end, runners } = await explored(STEPS, SETTINGS, 1, { rewindGraph: true })
  const [found] = end.found
  const again = await rewindRecipe(runners, parseRecipe(found!.recipe), found!.key, null)
  const numbers = ({ mark: _, ...point }: { mark: string }): object => point
  expect(again!.points.map(numbers)).toEqual(end.rewind!.points.map(numbers))
})

test('looks between the last moment and the failure, nearer and nearer to it', async () => {
  const late: Program = (simulation) => {
    const first = simulation.below(20)
    for (let draw = 0; draw < 40; draw++) simulation.below(2)
    simulation.always(first !== 0 || simulation.below(2) === 0, 'the first draw decides')
  }
  const { end } = await explored(late, SETTINGS, 1, { rewindGraph: true })
  const { points } = end.rewind!
  expect(points.map(({ drawsBack }) => drawsBack)).toEqual([1, 2, 4, 8, 16, 32, 42])
  for (const { failed } of points.slice(0, -1)) expect(failed).toBeGreaterThan(35)
  expect(points.at(-1)!.failed).toBeLessThan(10)
})

test('runs no futures where nobody asked, and none where nothing was found', async () => {
  expect((await explored(STEPS, SETTINGS)).end.rewind).toBeNull()
  const { end } = await explored((simulation) => simulation.reachable('here'), SETTINGS, 1, { rewindGraph: true })
  expect(end.rewind).toBeNull()
})

test('draws the graph with the words of the program as text', async () => {
  const { end } = await explored(STEPS, SETTINGS, 1, { rewindGraph: true })
  const lines = rewindLines(end.rewind)
  expect(lines[0]).toContain('100 other futures')
  expect(lines).toHaveLength(end.rewind!.points.length + 3)
  const chart = rewindChart(end.rewind)
  expect(chart).toContain('&lt;falls>')
  expect(chart).not.toContain('<falls>')
  expect(chart.match(/<circle/g)).toHaveLength(end.rewind!.points.length)
})
