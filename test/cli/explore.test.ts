import { mkdtempSync, readFileSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { fuzzbox } from './command.ts'

const MAZE = fileURLToPath(new URL('../../examples/simulations/maze.ts', import.meta.url))

it('explores the maze, files a recipe, and repeats and shortens it', { timeout: 60_000 }, async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'fuzzbox-explore-'))
  const words = ['explore', MAZE, '--seed', '1', '--seeds', '1', '--stop-on-finding', '--deterministic', '--json']
  const explored = await fuzzbox([...words, '--tree', 'tree.html', '--junit', 'report.xml', '--rewind-graph'], { cwd })
  expect(explored.code).toBe(77)
  const end = JSON.parse(explored.stdout.trim().split('\n').at(-1)!) as {
    findings: number
    found: { recipe: string }[]
    rewind: { points: { failed: number; drawsBack: number }[] }
  }
  expect(end.findings).toBe(1)
  const folder = join(cwd, 'fuzz/findings/maze')
  const file = join(
    folder,
    readdirSync(folder).find((name) => /^crash-[0-9a-f]{40}$/.test(name))!,
  )
  expect(readFileSync(file, 'utf8').trim()).toBe(end.found[0]!.recipe)
  expect(readFileSync(join(cwd, 'report.xml'), 'utf8')).toContain('<failure')
  const page = readFileSync(join(cwd, 'tree.html'), 'utf8')
  expect(page).not.toMatch(/(src|href)=/)
  expect(page).toContain(end.found[0]!.recipe)
  expect(page.match(/<circle/g)).toHaveLength(end.rewind.points.length)

  const replayed = await fuzzbox(['replay', MAZE, '--recipe', file, '--rewind-graph'], { cwd })
  expect(replayed.stdout).toContain('Rewind: "the treasury stays shut" in 100 other futures')
  expect(replayed).toMatchObject({ code: 77, stdout: expect.stringContaining('the same failure') as string })
  const minimized = await fuzzbox(['minimize', MAZE, '--recipe', file, '--minimize-runs', '100'], { cwd })
  const again = await fuzzbox(['replay', MAZE, '--recipe', minimized.stdout.trim()], { cwd })
  expect(again.code).toBe(77)
  const other = await fuzzbox(['replay', MAZE, '--recipe', 'seed=1 module=00000000: 1@2'], { cwd })
  expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('E_RECIPE_MODULE') as string })
})
