// The two files that run prepared modules: the small one does what the large one does, and asks for it where it cannot.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser, Page } from 'playwright'
import { isPlainImport } from '../../src/browser/runner/plain-target.ts'
import { Sandbox } from '../../src/core/sandbox.ts'
import { PROVIDED_IMPORTS } from '../../src/core/target/imports.ts'
import { prepareTarget } from '../../src/core/target/prepare.ts'
import { writePrepared } from '../../src/core/target/prepared-file.ts'
import { wat } from '../support/targets.ts'
import { root } from '../tidy/files.ts'
import { buildBrowserWhenStale } from './build.ts'
import { CANARY, campaignIn, campaignPage, servePrepared } from './campaign-page.ts'
import { hasChromium, openChromium } from './chromium.ts'
import { servePages, type PageServer } from './page-server.ts'

const RUNNER_KILOBYTES_MAX = 60
const PLAIN_ENGINE = 'build/engine.plain.wasm'

/** The canary again, by numbers: its input is a record. */
const TYPED = `(module (memory (export "memory") 1)
  (func (export "check") (param i32) (if (i32.eq (local.get 0) (i32.const 33)) (then unreachable))))`

/** Wants two numbers and a count, one behind the other: work for mutators, for compares and for coverage. */
const WORDS = `(module (memory (export "memory") 1)
  (func (export "LLVMFuzzerTestOneInput") (param $at i32) (param $length i32) (local $left i32)
    (if (i32.lt_u (local.get $length) (i32.const 9)) (then (return)))
    (if (i32.ne (i32.load (local.get $at)) (i32.const 0x12345678)) (then (return)))
    (if (i32.ne (i32.load offset=4 (local.get $at)) (i32.const 0x00c0ffee)) (then (return)))
    (local.set $left (i32.load8_u offset=8 (local.get $at)))
    (loop $next (if (local.get $left)
      (then (local.set $left (i32.sub (local.get $left) (i32.const 1))) (br $next))))))`

let browser: Browser
let server: PageServer

beforeAll(async () => {
  await buildBrowserWhenStale()
  if (!hasChromium) return
  server = await servePages()
  await servePrepared(server)
  const withWasi = CANARY.replace(
    '(memory',
    '(import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32))) (memory',
  ).replace('unreachable', '(call $exit (i32.const 1)) unreachable')
  const others = {
    wasi: await prepareTarget(wat(withWasi)),
    typed: await prepareTarget(wat(TYPED), { entry: 'check' }),
  }
  for (const [name, target] of Object.entries(others)) {
    server.pages.set(`/${name}.fuzzbox`, { body: writePrepared(target) })
  }
  browser = await openChromium()
})
afterAll(async () => {
  server?.close()
  await browser?.close()
})

const read = (path: string): Uint8Array => new Uint8Array(readFileSync(join(root, path)))

test('what the plain engine offers to targets is what plain targets may import', async () => {
  const names = new Set(
    WebAssembly.Module.exports(await WebAssembly.compile(read(PLAIN_ENGINE) as BufferSource)).map(({ name }) => name),
  )
  for (const { engineExport } of PROVIDED_IMPORTS) {
    expect.soft([engineExport, isPlainImport(engineExport)]).toEqual([engineExport, names.has(engineExport)])
  }
})

test('the plain engine finds the same inputs by the same seed as the whole one', async () => {
  const prepared = await prepareTarget(wat(WORDS), { compares: true })
  const fuzzed = async (engine: string): Promise<readonly unknown[]> => {
    const sandbox = await Sandbox.open(read(engine), prepared, { seedLow: 1, seedHigh: 2, corpusBytes: 1 << 20 })
    sandbox.addInput(new Uint8Array(0))
    sandbox.slice(30_000)
    return [sandbox.statistics(), sandbox.drainDiscoveries()]
  }
  const plain = await fuzzed(PLAIN_ENGINE)
  expect(plain[1]).not.toEqual([])
  expect(plain).toEqual(await fuzzed('build/engine.wasm'))
})

test('a page loads less than 60 kB to run a plain module', () => {
  const kilobytes = gzipSync(read('build/fuzzbox.runner.js'), { level: 9 }).length / 1000
  expect(kilobytes).toBeLessThan(RUNNER_KILOBYTES_MAX)
})

describe.skipIf(!hasChromium)('a page with the runner', () => {
  /** The page, and what scripts it has asked the server for. */
  async function open(): Promise<{ page: Page; scripts: string[] }> {
    const page = await browser.newPage()
    const scripts: string[] = []
    page.on('request', (request) => {
      const { pathname } = new URL(request.url())
      if (pathname.startsWith('/build/')) scripts.push(pathname)
    })
    await page.goto(campaignPage(server, '/runner.html', { build: 'runner' }))
    return { page, scripts }
  }

  test('runs a plain module by this one file', async () => {
    const { page, scripts } = await open()
    expect(await campaignIn(page, {})).toMatchObject({ error: null, found: 'IQ==' })
    expect(scripts).toEqual(['/build/fuzzbox.runner.js'])
    await page.close()
  })

  test.each(['wasi', 'typed'])('fetches the complete one for a target that is not plain: %s', async (name) => {
    const { page, scripts } = await open()
    const ran = await campaignIn(page, { module: `/${name}.fuzzbox` })
    expect(ran.error).toBe(null)
    expect(ran.found).not.toBe(null)
    expect(scripts).toEqual(['/build/fuzzbox.runner.js', '/build/fuzzbox.runner-complete.js'])
    await page.close()
  })

  test('replays what is not plain as well, and holds a session that was handed on as any other', async () => {
    const { page } = await open()
    await page.waitForFunction(() => 'fuzzbox' in window)
    const told = await page.evaluate(async () => {
      const { fuzz, replay } = window.fuzzbox
      const kinds: string[] = []
      const inputs = [new Uint8Array([33])]
      for await (const { outcome } of replay({ module: '/wasi.fuzzbox', inputs, runs: 1 })) kinds.push(outcome.kind)
      const session = fuzz({ module: '/wasi.fuzzbox', workers: 1 })
      session.stop()
      const { reason } = await session.done
      return [...kinds, reason, (await session.target).name, session.hasReached(1_000_000)]
    })
    expect(told).toEqual(['trap', 'stopped', 'target', false])
    await page.close()
  })
})
