// The playground as somebody uses it who has read nothing: run, look at what was found, share it, reload the page.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { deflateRawSync } from 'node:zlib'
import type { Browser, BrowserContext, Page } from 'playwright'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildBrowserWhenStale } from './build.ts'
import { hasChromium, openChromium } from './chromium.ts'
import { servePages, type PageServer } from './page-server.ts'

const WAIT_MS = 60_000
const root = fileURLToPath(new URL('../../', import.meta.url))
const OUT = 'build/playground-test'

let browser: Browser
let context: BrowserContext
let server: PageServer

beforeAll(async () => {
  if (!hasChromium) return
  await buildBrowserWhenStale()
  await buildPlaygroundWhenStale()
  server = await servePages()
  browser = await openChromium()
  context = await browser.newContext({ acceptDownloads: true })
}, 180_000)
afterAll(async () => {
  server?.close()
  await browser?.close()
})

/** Without clang, whose hundred megabytes would be copied and never looked at. */
async function buildPlaygroundWhenStale(): Promise<void> {
  const sources = ['playground', 'examples', 'src/report', 'instrument'].flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' }).map((name) => `${root}${folder}/${name}`),
  )
  const output = `${root}${OUT}/index.html`
  const ages = [...sources, `${root}build/fuzzbox.browser.js`].map((source) => statSync(source).mtimeMs)
  if (existsSync(output) && statSync(output).mtimeMs > Math.max(...ages)) return
  await build({
    configFile: `${root}playground/vite.config.ts`,
    configLoader: 'native',
    logLevel: 'error',
    worker: { rolldownOptions: { external: ['@yowasp/clang'] } },
    build: { outDir: `${root}${OUT}`, minify: false },
  })
}

async function open(hash = ''): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${server.origin}/${OUT}/index.html${hash}`)
  await page.waitForSelector('#example option', { state: 'attached' })
  return page
}

/** Another text in the editor, typed as people type. */
async function type(page: Page, text: string): Promise<void> {
  await page.click('.cm-content')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(text)
}

function hashOf(value: unknown): string {
  return `#${deflateRawSync(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')}`
}

const TRAPS_AT_ONCE = `(module (memory (export "memory") 1)
  (func (export "LLVMFuzzerTestOneInput") (param i32 i32) (result i32)
    (if (i32.eq (i32.load8_u (local.get 0)) (i32.const 33)) (then (unreachable))) (i32.const 0)))`

describe.skipIf(!hasChromium)('the playground', () => {
  test(
    'finds the bug of what somebody typed, replays, shrinks, downloads and shares it, and goes on after a reload',
    async () => {
      const page = await open()
      await page.selectOption('#example', { label: 'A password, in WAT' })
      await type(page, TRAPS_AT_ONCE)
      await page.keyboard.press('ControlOrMeta+Enter')
      await page.waitForSelector('.finding', { timeout: WAIT_MS })
      expect(await page.textContent('.finding h2')).toContain('unreachable')
      expect(await page.textContent('.finding .hex')).toContain('21')
      await page.waitForSelector('.cm-line.reached', { timeout: WAIT_MS })

      await page.click('.finding >> text=Replay')
      await page.waitForSelector('.finding .said:has-text("failed again")', { timeout: WAIT_MS })
      await page.click('.finding >> text=Shrink')
      await page.waitForSelector('.finding .said:has-text("1 byte")', { timeout: WAIT_MS })
      const [download] = await Promise.all([page.waitForEvent('download'), page.click('.finding >> text=Download')])
      expect(download.suggestedFilename()).toBe('crash-unreachable')
      await page.click('.finding >> text=Copy link')
      await page.waitForFunction(() => location.hash.length > 1)

      const other = await open(new URL(page.url()).hash)
      await other.waitForSelector('.finding >> text=The input of the link')
      expect(await other.textContent('.finding .hex')).toContain('21')
      expect(await other.textContent('#run')).toBe('Run')
      expect(await other.textContent('.cm-content')).toContain('LLVMFuzzerTestOneInput')
      expect(other.workers()).toEqual([])
      await other.click('.finding >> text=Replay')
      await other.waitForSelector('.finding .said:has-text("failed again")', { timeout: WAIT_MS })
      await other.close()

      await page.reload()
      await page.waitForSelector('.finding h2:has-text("unreachable")', { timeout: WAIT_MS })
      expect(await page.textContent('#run')).toBe('Stop')
      await page.waitForSelector('#figures .figure', { timeout: WAIT_MS })
      await page.click('#run')
      await page.waitForSelector('#state:has-text("Stopped after")', { timeout: WAIT_MS })
      await page.close()
    },
    3 * WAIT_MS,
  )

  test(
    'explores a simulation, whose tree of timelines has a tab of its own',
    async () => {
      const page = await open()
      await page.selectOption('#example', { label: 'A maze of locks' })
      await page.click('#run')
      await page.frameLocator('#timelines iframe').locator('h1').waitFor({ timeout: WAIT_MS })
      await page.waitForSelector('#tab-findings:has-text("(1)")', { timeout: WAIT_MS })
      await page.focus('#tab-timelines')
      await page.keyboard.press('ArrowLeft')
      expect(await page.textContent('.finding h2')).toContain('the treasury stays shut')
      await page.click('#run')
      await page.waitForSelector('#state:has-text("Stopped after")', { timeout: WAIT_MS })
      await page.close()
    },
    3 * WAIT_MS,
  )

  test(
    'compiles what somebody changed, and says what the compiler says',
    async () => {
      const page = await open()
      await type(page, 'export function LLVMFuzzerTestOneInput(data: usize, size: usize): i32 { return nowhere }')
      await page.click('#run')
      await page.waitForSelector('#state.bad:has-text("nowhere")', { timeout: WAIT_MS })
      expect(await page.textContent('#run')).toBe('Run')
      await page.close()
    },
    3 * WAIT_MS,
  )

  test('refuses in one sentence a link that is damaged, too long, or no program, and runs nothing', async () => {
    const page = await open()
    for (const [hash, sentence] of [
      ['#just-an-anchor', 'damaged'],
      [`#${'A'.repeat(70_000)}`, '70001 characters'],
      [hashOf('0'.repeat(9_000_000)), '8 MB'],
      [hashOf({ name: 'x', language: 'elf', text: '' }), 'not a program'],
      [hashOf({ name: 'x', language: 'wasm', text: '%' }), 'damaged'],
    ] as const) {
      await page.evaluate((text) => void (location.hash = text), hash)
      await page.waitForSelector(`#state.bad:has-text("${sentence}")`)
    }
    expect(page.workers()).toEqual([])
    await page.close()
  })

  test('runs nothing of a link that is opened, no compiler either, and tells no server of it', async () => {
    const hash = hashOf({ name: 'theirs.ts', language: 'assemblyscript', text: 'while (true) {}', input: 'IQ==' })
    const page = await context.newPage()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.goto(`${server.origin}/${OUT}/index.html${hash}`)
    await page.waitForSelector('.finding >> text=The input of the link')
    expect(await page.textContent('#run')).toBe('Run')
    expect(page.workers()).toEqual([])
    expect(asked.filter((url) => url.includes(hash) || /binaryen|wabt|asc|-worker/.test(url))).toEqual([])
    await page.reload()
    await page.waitForSelector('.finding >> text=The input of the link')
    expect(page.workers()).toEqual([])
    await page.close()
  })

  test('takes no markup and no number out of a link as they are', async () => {
    const name = '<img src=x onerror="window.broken=1">'
    const page = await open(hashOf({ name, language: 'wat', text: name, workers: 1e9, seed: 7, input: btoa(name) }))
    await page.waitForSelector('.finding >> text=The input of the link')
    expect(await page.evaluate(() => 'broken' in window)).toBe(false)
    expect(await page.inputValue('#seed')).toBe('7')
    const processors = await page.evaluate(() => navigator.hardwareConcurrency)
    expect(await page.inputValue('#workers')).toBe(String(4 * processors))
    await page.close()
  })
})
