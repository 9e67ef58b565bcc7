// <fuzz-box> in somebody else's page: found by what assistive technology sees, driven by keys, told apart by events.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser, Page } from 'playwright'
import type { FuzzBoxElement } from '../../src/browser/element/index.ts'
import { buildBrowserWhenStale } from './build.ts'
import { servePrepared } from './campaign-page.ts'
import { hasChromium, openChromium } from './chromium.ts'
import { servePages, type PageServer } from './page-server.ts'

/** The strictest policy: no style and no script in the page itself. */
const POLICY =
  "default-src 'none'; connect-src 'self'; style-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'"

const STYLE = `:root { color-scheme: light dark }
.themed { --fuzz-box-background: rgb(1, 2, 3) }
.themed::part(button) { border-radius: 7px }`

let browser: Browser
let server: PageServer

beforeAll(async () => {
  if (!hasChromium) return
  await buildBrowserWhenStale()
  server = await servePages()
  await servePrepared(server)
  server.pages.set('/style.css', { body: STYLE })
  server.pages.set('/page.js', {
    body: `import '/build/src/browser/element/index.js'
      window.seen = []
      for (const name of ['status', 'finding', 'end', 'error']) {
        document.addEventListener('fuzzbox-' + name, ({ type, detail }) => window.seen.push({ type, code: detail.code, detail }))
      }`,
  })
  browser = await openChromium()
})
afterAll(async () => {
  server?.close()
  await browser?.close()
})

interface Seen {
  readonly type: string
  /** Of an error, which loses it on its way here. */
  readonly code?: string
  readonly detail: Readonly<Record<string, unknown>>
}

/** A page around one element. Nothing in it is waited for but the element's definition. */
async function open(attributes: string): Promise<Page> {
  server.pages.set('/page.html', {
    body: `<!doctype html><link rel="stylesheet" href="/style.css"><script type="module" src="/page.js"></script>
      <fuzz-box ${attributes}></fuzz-box>`,
    headers: { 'content-security-policy': POLICY },
  })
  const page = await browser.newPage()
  await page.goto(`${server.origin}/page.html`)
  await page.waitForFunction(() => customElements.get('fuzz-box') !== undefined)
  return page
}

/** All events of the element once one of this type is among them. */
async function seen(page: Page, type: string): Promise<readonly Seen[]> {
  const has = (wanted: string): boolean =>
    (globalThis as never as { seen: Seen[] }).seen.some(({ type }) => type === wanted)
  await page.waitForFunction(has, type)
  return (await page.evaluate('seen')) as readonly Seen[]
}

/** Evaluates in the page, with its element. */
async function inElement<Value>(page: Page, read: (box: FuzzBoxElement) => Value): Promise<Value> {
  return (await page.locator('fuzz-box').evaluate(read as never)) as Value
}

const CANARY = 'src="/canary.fuzzbox" seed="1" workers="1"'

describe.skipIf(!hasChromium)('<fuzz-box>', () => {
  test('is started, stopped and read with the keyboard alone', async () => {
    const page = await open(CANARY)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    const [finding] = (await seen(page, 'fuzzbox-finding')).filter(({ type }) => type === 'fuzzbox-finding')
    expect(finding?.detail).toMatchObject({ inputBase64: 'IQ==', sizeBytes: 1 })
    await page.keyboard.press('Enter')
    expect((await seen(page, 'fuzzbox-end')).map(({ type }) => type)).toContain('fuzzbox-status')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await page.getByText('21', { exact: false }).last().isVisible()).toBe(true)
    await page.close()
  })

  test('has a region, a button, a live sentence and a list, each with its name', async () => {
    const page = await open(`${CANARY} time="30s"`)
    const region = page.getByRole('region', { name: 'Fuzzing of canary.fuzzbox' })
    await region.getByRole('button', { name: 'Start' }).click()
    await region
      .getByRole('status')
      .getByText(/^Found: /)
      .waitFor()
    await region.getByRole('list', { name: 'Findings' }).getByRole('listitem').waitFor()
    await region.getByRole('button', { name: 'Stop' }).click()
    await region
      .getByRole('status')
      .getByText(/^Done: 1 finding in /)
      .waitFor()
    expect(await region.getByRole('term').allTextContents()).toEqual(['executions', 'per second', 'edges', 'corpus'])
    await page.close()
  })

  test('has properties that are its attributes, and methods', async () => {
    const page = await open(CANARY)
    const state = await inElement(page, (box) => {
      Object.assign(box, { time: '30s', workers: 2, entry: 'parse' })
      return [box.getAttribute('time'), box.getAttribute('workers'), box.getAttribute('entry'), box.seed, box.running]
    })
    expect(state).toEqual(['30s', '2', 'parse', 1, false])
    const done = await inElement(page, async (box) => {
      box.removeAttribute('entry')
      const session = box.start()
      const isSame = box.start() === session && box.session === session
      box.stop()
      await session.done
      return isSame
    })
    expect(done).toBe(true)
    await page.close()
  })

  test('stops when it is taken out of the page', async () => {
    const page = await open(`${CANARY} autostart`)
    await seen(page, 'fuzzbox-finding')
    const reason = await inElement(page, async (box) => {
      const { session } = box
      box.remove()
      return (await session?.done)?.reason
    })
    expect(reason).toBe('stopped')
    await page.close()
  })

  test('takes the colours of the page, and style through properties and parts', async () => {
    const page = await open('class="themed" src="/canary.fuzzbox"')
    const colours = async (): Promise<readonly string[]> =>
      await inElement(page, (box) => {
        const part = (name: string): CSSStyleDeclaration =>
          getComputedStyle(box.shadowRoot?.querySelector(`[part~=${name}]`) as Element)
        return [part('box').backgroundColor, part('button').borderRadius, part('box').color]
      })
    await page.emulateMedia({ colorScheme: 'light' })
    const [background, radius, light] = await colours()
    expect([background, radius]).toEqual(['rgb(1, 2, 3)', '7px'])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect((await colours())[2]).not.toBe(light)
    await page.close()
  })

  test('says what is wrong with its attributes, aloud and in an event: E_NO_MODULE, E_TARGET_FETCH', async () => {
    const page = await open('')
    await page.getByRole('button', { name: 'Start' }).click()
    expect((await seen(page, 'fuzzbox-error'))[0]).toMatchObject({ code: 'E_NO_MODULE' })
    await page
      .getByRole('status')
      .getByText(/names no module/)
      .waitFor()
    await inElement(page, (box) => {
      box.src = '/nowhere.wasm'
      box.start()
    })
    await page
      .getByRole('status')
      .getByText(/nowhere\.wasm could not be fetched/)
      .waitFor()
    expect(await inElement(page, (box) => box.running)).toBe(false)
    await page.close()
  })
})
