import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { buildWhenStale, fuzzbox, targetPath } from './command.ts'

beforeAll(buildWhenStale, 120_000)

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'fuzzbox-start-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

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
