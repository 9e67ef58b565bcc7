// What an untrusted module cannot do to the page that runs it; docs/threat-model.md has the claims.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser, Page } from 'playwright'
import { prepareTarget } from '../../src/core/target/prepare.ts'
import { writePrepared } from '../../src/core/target/prepared-file.ts'
import { wat } from '../support/targets.ts'
import { buildBrowserWhenStale } from './build.ts'
import { campaignIn, campaignPage, CANARY } from './campaign-page.ts'
import { hasChromium, openChromium } from './chromium.ts'
import { servePages, type PageServer } from './page-server.ts'

const ENTRY = 'func (export "LLVMFuzzerTestOneInput") (param i32 i32)'
const MARKUP = '<img src=/stolen onerror=location.hash=1>'

const HOSTILE = {
  // Asks for functions of a page by their names, and calls them.
  reaching: `(module (import "window" "fetch" (func $fetch (param i32 i32) (result i32))) (import "self" "postMessage" (func $post (param i32)))
    (memory (export "memory") 1) (data (i32.const 0) "/stolen")
    (${ENTRY} (drop (call $fetch (i32.const 0) (i32.const 7))) (call $post (i32.const 0))))`,
  markup: `(module (import "${MARKUP}" "${MARKUP}" (func $import)) (memory (export "memory") 1) (${ENTRY} (call $import)))`,
  spinning: `(module (memory (export "memory") 1) (${ENTRY} (loop $again (br $again))))`,
  growing: `(module (memory (export "memory") 1) (${ENTRY}
    (loop $again (br_if $again (i32.ne (memory.grow (i32.const 256)) (i32.const -1)))) unreachable))`,
} as const

let browser: Browser
let server: PageServer
const asked: string[] = []

beforeAll(async () => {
  if (!hasChromium) return
  await buildBrowserWhenStale()
  server = await servePages()
  for (const [name, text] of Object.entries(HOSTILE)) {
    const target = await prepareTarget(wat(text, `${name}.wat`), { compares: true })
    server.pages.set(`/${name}.fuzzbox`, { body: writePrepared(target) })
  }
  server.pages.set('/forged.fuzzbox', { body: await forged() })
  browser = await openChromium()
})
afterAll(async () => {
  server?.close()
  await browser?.close()
})

/** A prepared file whose module was exchanged for one that imports what it likes. */
async function forged(): Promise<Uint8Array<ArrayBuffer>> {
  const target = await prepareTarget(wat(CANARY, 'forged.wat'), {})
  const { default: wabt } = await import('wabt')
  const text = '(module (import "window" "alert" (func)) (memory (export "memory") 1))'
  const instrumented = (await wabt()).parseWat('forged.wat', text).toBinary({}).buffer as Uint8Array<ArrayBuffer>
  return writePrepared({ ...target, module: { ...target.module, instrumented } })
}

async function open(): Promise<Page> {
  const page = await browser.newPage()
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto(campaignPage(server, '/threats.html', { build: 'tree' }))
  return page
}

describe.skipIf(!hasChromium)('an untrusted module in a page', () => {
  test('gets no function of the page, whatever it imports', async () => {
    const page = await open()
    const { events, error } = await campaignIn(page, { module: '/reaching.fuzzbox' })
    expect(error).toBe(null)
    expect(events.find(({ type }) => type === 'finding')).toMatchObject({
      message: expect.stringContaining('window.fetch'),
    })
    expect(asked).not.toContain('/stolen')
    await page.close()
  })

  test('that never returns keeps neither the page nor the campaign', async () => {
    const page = await open()
    const { events } = await campaignIn(page, { module: '/spinning.fuzzbox', limits: { runs: 50, timeout: '50ms' } })
    expect(events.find(({ type }) => type === 'finding')).toMatchObject({ kind: 'timeout' })
    expect(await page.evaluate(() => document.readyState)).toBe('complete')
    await page.close()
  })

  test('gets no more memory than it may have', async () => {
    const page = await open()
    const { events, error } = await campaignIn(page, {
      module: '/growing.fuzzbox',
      limits: { memory: '16MiB', runs: 50 },
    })
    expect(error).toBe(null)
    expect(events.some(({ type }) => type === 'finding')).toBe(true)
    await page.close()
  })

  test('becomes no markup, whatever it calls its parts', async () => {
    const page = await open()
    await page.addScriptTag({ url: '/build/src/browser/element/index.js', type: 'module' })
    await page.evaluate(() => {
      document.body.innerHTML = '<fuzz-box src="/markup.fuzzbox" seed="1" workers="1"></fuzz-box>'
    })
    await page.getByRole('button', { name: 'Start' }).click()
    await page.getByRole('status').getByText('<img src=/stolen').waitFor()
    expect(await page.locator('fuzz-box img').count()).toBe(0)
    expect(asked).not.toContain('/stolen')
    await page.close()
  })

  test('that is a forged prepared file is not linked: E_LINK', async () => {
    const page = await open()
    expect(await campaignIn(page, { module: '/forged.fuzzbox' })).toMatchObject({ error: 'E_LINK', found: null })
    await page.close()
  })

  test('stores nothing outside of the folder that was named', async () => {
    const page = await open()
    server.pages.set('/canary.fuzzbox', { body: writePrepared(await prepareTarget(wat(CANARY, 'canary.wat'), {})) })
    const { warnings } = await campaignIn(page, { corpus: '../../stolen' })
    expect(warnings).toContain('W_NO_STORAGE')
    const names = await page.evaluate(async () => {
      const names: string[] = []
      const entries = (await navigator.storage.getDirectory()) as unknown as AsyncIterable<[string, unknown]>
      for await (const [name] of entries) names.push(name)
      return names
    })
    expect(names.filter((name) => name !== 'fuzzbox')).toEqual([])
    await page.close()
  })
})
