// The worlds of examples/simulations: what is written twice draws and marks the same in both languages, and all that a
// world can mark is known before it runs.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import knobs from '../../examples/simulations/knobs.json' with { type: 'json' }
import type { ExploreSandbox } from '../../src/core/explore/explore-sandbox.ts'
import type { TargetSource } from '../../src/core/target/load.ts'
import type { PreparedTarget } from '../../src/core/target/prepared.ts'
import { explored } from '../core/explore/explored.ts'
import { job, openSimulation, prepareSimulation, startOf } from '../core/explore/runners.ts'
import { openPrepared } from '../support/targets.ts'
import { prepareTarget } from '../../src/core/target/prepare.ts'
import { root } from '../tidy/files.ts'

const folder = join(root, 'examples/simulations')
const built = mkdtempSync(join(tmpdir(), 'fuzzbox-simulations-'))
const CLANG = ['clang-19', 'clang'].find((name) => spawnSync(name, ['--version']).status === 0)

afterAll(() => rmSync(built, { recursive: true, force: true }))

function inAssemblyScript(name: string): TargetSource {
  const text = readFileSync(join(folder, `${name}.ts`), 'utf8')
  const library = readFileSync(join(root, 'include/assembly.ts'), 'utf8')
  const readFile = (path: string): Promise<string | null> =>
    Promise.resolve(path.endsWith('fuzzbox/assembly.ts') ? library : null)
  return { kind: 'assemblyscript', name: `${name}.ts`, text, readFile }
}

function inC(name: string): TargetSource {
  const output = join(built, `${name}.wasm`)
  const env = { ...process.env, CLANG: CLANG! }
  execFileSync('sh', [join(folder, 'build.sh'), join(folder, `${name}.c`), output], { env })
  return { kind: 'wasm', name: `${name}.wasm`, bytes: readFileSync(output) }
}

/** How the program ends from so many root seeds, and what it marks on the way. */
function ends(sandbox: ExploreSandbox, seeds: number): unknown[] {
  return Array.from({ length: seeds }, (_, seed) => {
    const { timelines, marks } = sandbox.run(job(startOf(BigInt(seed)), [null], { hashMemory: false }))
    const [{ outcome, draws, end, discoveries, violations }] = timelines as [(typeof timelines)[0]]
    const found = discoveries.map(({ id, value, moment }) => [id, value, moment.draws, moment.markCalls])
    const counts = marks.map(({ id, passes, fails, watermark, quality }) => [id, passes, fails, watermark, quality])
    return { outcome, draws, calls: end.markCalls, found, counts, violated: violations.map(({ id }) => id) }
  })
}

const sites = ({ module }: PreparedTarget): readonly string[] =>
  module.map.marks!.sites.map(({ kind, message }) => `${kind} ${message}`)

describe.each([
  ['maze', 10, 4],
  ['dungeon', 6, 20],
  ['cascade', 40, 8],
  ['floors', 100, 6],
  ['energy', 1, 3],
] as const)('%s', (name, seeds, marks) => {
  const prepared = prepareSimulation(inAssemblyScript(name))

  test('has knobs, and marks that are all known before it runs', async () => {
    expect(knobs[name].maxDepth).toBeGreaterThan(0)
    expect(sites(await prepared)).toHaveLength(marks)
    expect((await prepared).module.map.marks!.unresolved).toBe(0)
  })

  test('draws and marks the same in C and in AssemblyScript', async ({ skip }) => {
    if (CLANG === undefined) skip('there is no clang')
    const other = await prepareSimulation(inC(name))
    const expected = ends(await openSimulation(await prepared), seeds)
    expect(expected).toHaveLength(seeds)
    expect(ends(await openSimulation(other), seeds)).toEqual(expected)
    // Clang may keep messages in a table of its own, where only a run can tell which is meant.
    const { unresolved } = other.module.map.marks!
    if (unresolved === 0) expect(sites(other)).toHaveLength(marks)
    expect(sites(await prepared)).toEqual(expect.arrayContaining([...sites(other)]))
  })
})

test('an election by rules that forget a vote has two leaders in one term, sooner or later', async () => {
  const sandbox = await openSimulation(await prepareSimulation(inAssemblyScript('election')))
  const { timelines } = sandbox.run(
    job(
      startOf(1n),
      Array.from({ length: 1000 }, (_, i) => BigInt(i)),
    ),
  )
  const [violation] = timelines.flatMap(({ violations }) => violations)
  expect(violation).toMatchObject({
    message: 'one leader at most in a term',
    details: expect.stringMatching(/^term=\d+$/),
  })
})

test('the election in C is the same one: explored and fuzzed, as one module, it loses its bug to both', async ({
  skip,
}) => {
  if (CLANG === undefined) skip('there is no clang')
  const source = inC('election')
  const prepared = await prepareSimulation(source)
  const other = await openSimulation(await prepareSimulation(inAssemblyScript('election')))
  const runner = await openSimulation(prepared)
  expect(ends(runner, 20)).toEqual(ends(other, 20))
  const { found } = await explored(() => {}, { seed: 1n, stopOnFinding: true }, 1, { runners: [runner] })
  expect(found[0]).toMatchObject({ message: 'one leader at most in a term', reproduced: 2 })
  expect(found[0]!.details).toMatch(/^term=\d+ one=\d other=\d$/)
  const fuzzed = await openPrepared(await prepareTarget(source))
  let slice = fuzzed.slice(1)
  for (let tries = 0; tries < 50 && slice.ended !== 'trap'; tries++) slice = fuzzed.slice(2000)
  if (slice.ended !== 'trap') throw new Error('there were never two leaders')
  expect(slice.trap.outcome).toMatchObject({ trap: 'violation' })
  expect((slice.trap.outcome as { message: string }).message).toContain('one leader at most in a term')
})

test('the bug of a shallow world is found by fuzzing, and confirmed', async () => {
  const sandbox = await openPrepared(await prepareTarget(inAssemblyScript('floors')))
  let found = sandbox.slice(1)
  for (let tries = 0; tries < 50 && found.ended !== 'trap'; tries++) found = sandbox.slice(2000)
  if (found.ended !== 'trap') throw new Error('the cellar was not reached')
  const violated = { kind: 'trap', trap: 'violation', message: 'nobody reaches the cellar' }
  expect(found.trap.outcome).toMatchObject(violated)
  expect(sandbox.confirm(found.trap.input)).toMatchObject(violated)
})
