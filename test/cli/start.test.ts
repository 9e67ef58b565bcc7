import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildWhenStale, type CommandOptions, fuzzbox, targetPath } from './command.ts'

beforeAll(buildWhenStale, 120_000)

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'fuzzbox-start-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

const EXITS = targetPath('hostile/exits.wat')

/** Prints which modules of Node itself the process has loaded when it ends. */
const TELL = `process.on('exit', () => process.stderr.write(JSON.stringify(process.moduleLoadList)))`

test("a campaign does not load Node's HTTP client, which messages between threads would bring in", async () => {
  const preload = join(cwd, 'tell.mjs')
  writeFileSync(preload, TELL)
  const words = ['run', targetPath('hostile/exits.wat'), '--runs', '2', '--quiet']
  const { stderr } = await fuzzbox(words, { cwd, nodeOptions: ['--import', pathToFileURL(preload).href] })
  const loaded = JSON.parse(stderr) as string[]
  expect(loaded).toContain('NativeModule worker_threads')
  expect(loaded.filter((name) => /undici/.test(name))).toEqual([])
})

/** An engine that allows a module one memory only: today's with that taken away, and Node 20 where there is one. */
const HIDDEN = ['--import', new URL('../support/without-multi-memory.ts', import.meta.url).href]
/** A finding; its own exit is one. */
const FOUND = 77
const SYSTEM = '/usr/bin/node'
const hasNode20 = existsSync(SYSTEM) && spawnSync(SYSTEM, ['--version'], { encoding: 'utf8' }).stdout.startsWith('v20.')

/** Everything that a campaign says. */
async function campaign(node: Pick<CommandOptions, 'node' | 'nodeOptions'>): Promise<string> {
  const folder = mkdtempSync(join(cwd, 'campaign-'))
  const fixed = ['--seed', '3', '--runs', '3000', '--workers', '1', '--deterministic', '--json', '--no-stats']
  const { code, stdout, stderr } = await fuzzbox(['run', EXITS, ...fixed], { cwd: folder, ...node })
  expect([code, stderr]).toEqual([FOUND, ''])
  return stdout
}

describe('where a module may have one memory only', () => {
  test('a campaign runs, and says what it says elsewhere', async () => {
    const elsewhere = await campaign({})
    expect(await campaign({ nodeOptions: HIDDEN })).toBe(elsewhere)
  })

  test.runIf(hasNode20)('Node 20 says the same', async () => {
    expect(await campaign({ node: SYSTEM })).toBe(await campaign({}))
  })

  test('doctor says which layout is in use', async () => {
    const here = await fuzzbox(['doctor', EXITS], { cwd, nodeOptions: HIDDEN })
    expect(here).toMatchObject({ code: 0, stdout: expect.stringMatching(/multi-memory no\n +layout single: /) })
    const refused = await fuzzbox(['doctor', EXITS, '--layout', 'two'], { cwd, nodeOptions: HIDDEN })
    expect(refused).toMatchObject({ code: 2, stdout: expect.stringContaining('[E_NO_MULTI_MEMORY]') })
  })
})
