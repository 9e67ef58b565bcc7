// The playground as somebody uses it who has read nothing: run, look at what was found, share it, reload the page.
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildBrowserWhenStale } from './build.ts'
import { hasChromium, openChromium } from './chromium.ts'
import { servePages, type PageServer } from './page-server.ts'

const WAIT_MS = 60_000

let browser: Browser
let context: BrowserContext
let server: PageServer

beforeAll(async () => {
  if (!hasChromium) return
  await buildBrowserWhenStale()
  await build({
    configFile: fileURLToPath(new URL('../../playground/vite.config.ts', import.meta.url)),
    logLevel: 'error',
  })
  server = await servePages()
  browser = await openChromium()
  context = await browser.newContext()
}, 180_000)
afterAll(async () => {
  server?.close()
  await browser?.close()
})

async function open(hash = ''): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${server.origin}/build/playground/index.html${hash}`)
  await page.waitForSelector('#example option', { state: 'attached' })
  return page
}

/** Another text in the editor, typed as people type. */
async function type(page: Page, text: string): Promise<void> {
  await page.click('.cm-content')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(text)
}

const TRAPS_AT_ONCE = `(module (memory (export "memory") 1)
  (func (export "LLVMFuzzerTestOneInput") (param i32 i32) (result i32)
    (if (i32.eq (i32.load8_u (local.get 0)) (i32.const 33)) (then (unreachable))) (i32.const 0)))`

describe.skipIf(!hasChromium)('the playground', () => {
  test(
    'finds the bug of what somebody typed, replays it, shares it by a link that runs nothing by itself, and goes on after a reload',
    async () => {
      const page = await open()
      await page.selectOption('#example', { label: 'A password, in WAT' })
      await type(page, TRAPS_AT_ONCE)
      await page.click('#run')
      await page.waitForSelector('.finding', { timeout: WAIT_MS })
      expect(await page.textContent('.finding h2')).toContain('unreachable')
      expect(await page.textContent('.finding .hex')).toContain('21')
      await page.waitForSelector('.cm-line.reached', { timeout: WAIT_MS })

      await page.click('.finding >> text=Replay')
      await page.waitForSelector('.finding .said:has-text("failed again")', { timeout: WAIT_MS })
      await page.click('.finding >> text=Copy link')
      await page.waitForFunction(() => location.hash.length > 1)

      const other = await open(new URL(page.url()).hash)
      await other.waitForSelector('.finding >> text=The input of the link')
      expect(await other.textContent('#run')).toBe('Run')
      expect(await other.textContent('.cm-content')).toContain('LLVMFuzzerTestOneInput')
      await other.close()

      await page.evaluate(() => history.replaceState(null, '', location.pathname))
      await page.reload()
      await page.waitForSelector('.finding', { timeout: WAIT_MS })
      expect(await page.textContent('#run')).toBe('Stop')
      await page.click('#run')
      await page.waitForSelector('#state:has-text("Stopped after")', { timeout: WAIT_MS })
      await page.close()
    },
    3 * WAIT_MS,
  )

  test(
    'compiles AssemblyScript and explores a simulation, whose tree is drawn',
    async () => {
      const page = await open()
      await page.selectOption('#example', { label: 'A maze of locks' })
      await page.click('#run')
      await page.waitForSelector('.finding', { timeout: WAIT_MS })
      expect(await page.textContent('.finding h2')).toContain('the treasury stays shut')
      const tree = page.frameLocator('.tree iframe')
      await tree.locator('h1').waitFor({ timeout: WAIT_MS })
      await page.click('#run')
      await page.waitForSelector('#state:has-text("Stopped after")', { timeout: WAIT_MS })
      await page.close()
    },
    3 * WAIT_MS,
  )
})
