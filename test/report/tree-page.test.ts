import { expect, test } from 'vitest'
import { treePage } from '../../src/report/tree-page.ts'
import { TREE_SCRIPT } from '../../src/report/tree-script.ts'
import { adaptive, explored } from '../core/explore/explored.ts'
import type { Program } from '../core/explore/simulation.ts'

/** Fails one time in two, from two moments. */
const OFTEN: Program = (simulation) => {
  simulation.sometimes(true, 'begun')
  if (simulation.below(2) === 0) simulation.each('place', [simulation.below(20)])
  simulation.always(simulation.below(2) === 0, 'a coin falls on heads')
}

test('draws one timeline for all that fail alike, the one that was reported', async () => {
  const { end, explorer } = await explored(OFTEN, { globalEnergy: 200, adaptive: adaptive(10, 10, 50, 50) })
  expect(end.failing).toBeGreaterThan(20)
  const page = treePage('often', explorer.exploration, end)
  const data = JSON.parse(/id="data">(.*)<\/script>/.exec(page)![1]!) as {
    rows: [parent: number, number: number, ...unknown[]][]
    found: { timelines: number }[]
  }
  const failing = data.rows.filter((row) => (row[5] as number[]).includes(0))
  expect(failing.map(([, number]) => number)).toContain(data.found[0]!.timelines)
  // Others are drawn only where something was found behind them.
  const parents = new Set(data.rows.map(([parent]) => parent))
  const leaves = failing.filter((row) => !parents.has(data.rows.indexOf(row)))
  expect(leaves.length).toBeLessThanOrEqual(1)
  expect(data.rows.every(([parent], at) => parent < at)).toBe(true)
})

test('says "finding" of one, and its script is a script', () => {
  expect(TREE_SCRIPT).toContain("data.findings === 1 ? 'finding' : 'findings'")
  expect(() => new Function(TREE_SCRIPT)).not.toThrow()
})
