// What a page may lack or forbid: the campaign goes on with what is left and says so, or says in one sentence what to do.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser, BrowserContext, Frame, Page } from 'playwright'
import { buildBrowserWhenStale } from './build.ts'
import { campaignIn, campaignPage, ISOLATED, servePrepared, type Build } from './campaign-page.ts'
import { hasChromium, openChromium } from './chromium.ts'
import { servePages, type PageServer, type Served } from './page-server.ts'

let browser: Browser
let context: BrowserContext
let server: PageServer

beforeAll(async () => {
  if (!hasChromium) return
  await buildBrowserWhenStale()
  server = await servePages()
  await servePrepared(server)
  browser = await openChromium()
  context = await browser.newContext()
})
afterAll(async () => {
  server?.close()
  await browser?.close()
})

async function open(path: string, build: Build, headers: Served['headers'] = {}): Promise<Page> {
  const page = await context.newPage()
  await page.goto(campaignPage(server, path, { build, headers }))
  return page
}

/** A page with a frame in it that has an origin of its own, which no other page can have. */
async function openFrame(path: string, build: Build): Promise<Frame> {
  campaignPage(server, path, { build })
  server.pages.set(`${path}-outside`, {
    body: `<!doctype html><iframe sandbox="allow-scripts" src="${path}"></iframe>`,
    headers: { 'content-type': 'text/html', 'cross-origin-embedder-policy': 'unsafe-none' },
  })
  const page = await context.newPage()
  await page.goto(`${server.origin}${path}-outside`)
  const inside = page.frames().find((frame) => frame.url().endsWith(path))
  return inside ?? (await page.waitForEvent('framenavigated', (frame) => frame.url().endsWith(path)))
}

const FOUND = { error: null, found: 'IQ==' }

describe.skipIf(!hasChromium)('a campaign in a page', () => {
  test('says nothing where nothing is missing', async () => {
    const page = await open('/isolated.html', 'tree', ISOLATED)
    expect(await campaignIn(page, {})).toMatchObject({ ...FOUND, warnings: [] })
  })

  test('goes on without isolation, and warns: W_NOT_ISOLATED', async () => {
    const page = await open('/plain.html', 'tree')
    expect(await campaignIn(page, {})).toMatchObject({ ...FOUND, warnings: ['W_NOT_ISOLATED'] })
  })

  test('goes on in a frame without an origin: W_INLINE_WORKERS, W_NO_STORAGE', async () => {
    const frame = await openFrame('/opaque.html', 'tree')
    const { warnings, ...ran } = await campaignIn(frame, { corpus: 'canary', findings: 'canary' })
    expect(ran).toMatchObject(FOUND)
    expect(new Set(warnings)).toEqual(new Set(['W_NOT_ISOLATED', 'W_INLINE_WORKERS', 'W_NO_STORAGE']))
  })

  test('runs from one file in such a frame as well', async () => {
    expect(await campaignIn(await openFrame('/opaque-file.html', 'runner'), {})).toMatchObject(FOUND)
  })

  test('runs under a strict policy that allows WebAssembly and nothing else', async () => {
    const policy = "default-src 'none'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'"
    const page = await open('/strict.html', 'tree', { 'content-security-policy': policy })
    expect(await campaignIn(page, {})).toMatchObject({ ...FOUND, warnings: ['W_NOT_ISOLATED'] })
  })

  test('says which word a policy lacks: E_CONTENT_POLICY', async () => {
    const policy = "script-src 'self'; worker-src blob:"
    const page = await open('/no-wasm.html', 'runner', { 'content-security-policy': policy })
    expect(await campaignIn(page, {})).toMatchObject({ error: 'E_CONTENT_POLICY' })
  })

  test('says that a policy forbids all workers: E_NO_WORKERS', async () => {
    const page = await open('/no-workers.html', 'runner', { 'content-security-policy': "worker-src 'none'" })
    expect(await campaignIn(page, {})).toMatchObject({ error: 'E_NO_WORKERS' })
  })

  test('says that a page needs https: E_INSECURE_CONTEXT', async () => {
    campaignPage(server, '/insecure.html', { build: 'runner' })
    const page = await context.newPage()
    await page.goto(`http://insecure.test:${server.port}/insecure.html`)
    expect(await campaignIn(page, {})).toMatchObject({ error: 'E_INSECURE_CONTEXT' })
  })
})

/** The codes that the page's doctor comes to, by the names of its checks; and whether anything runs. */
async function examined(page: Page | Frame): Promise<{ codes: Record<string, string>; runs: boolean }> {
  await page.waitForFunction(() => 'fuzzbox' in window)
  const checks = await page.evaluate(async () => await window.fuzzbox.doctor())
  const codes = checks.flatMap(({ name, code }) => (code === null ? [] : [[name, code]]))
  return { codes: Object.fromEntries(codes), runs: checks.every(({ ok }) => ok) }
}

describe.skipIf(!hasChromium)('the doctor of a page', () => {
  test('finds nothing where nothing is missing', async () => {
    expect(await examined(await open('/healthy.html', 'tree', ISOLATED))).toEqual({ codes: {}, runs: true })
  })

  test('names what a frame without an origin lacks, by the codes of the warnings', async () => {
    const codes = { workers: 'W_INLINE_WORKERS', isolation: 'W_NOT_ISOLATED', storage: 'W_NO_STORAGE' }
    expect(await examined(await openFrame('/opaque-doctor.html', 'tree'))).toEqual({ codes, runs: true })
  })

  test('names what a policy forbids, by the codes of the errors', async () => {
    const policy = "script-src 'self'; worker-src 'none'"
    const page = await open('/sick.html', 'tree', { ...ISOLATED, 'content-security-policy': policy })
    const codes = { policy: 'E_CONTENT_POLICY', workers: 'E_NO_WORKERS' }
    expect(await examined(page)).toEqual({ codes, runs: false })
  })

  test('sees that a page came over plain http', async () => {
    campaignPage(server, '/insecure-doctor.html', { build: 'tree' })
    const page = await context.newPage()
    await page.goto(`http://insecure.test:${server.port}/insecure-doctor.html`)
    const { codes, runs } = await examined(page)
    expect([codes['context'], runs]).toEqual(['E_INSECURE_CONTEXT', false])
  })
})
