// Somebody else's page: a small app that imports the packed package, built by three bundlers and by none, and run.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build as esbuild } from 'esbuild'
import type { Browser, Page } from 'playwright'
import { build as vite } from 'vite'
import webpack from 'webpack'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../tidy/files.ts'
import { buildBrowserWhenStale } from './build.ts'
import { campaignIn, CANARY, servePrepared, type Ran } from './campaign-page.ts'
import { hasChromium, openChromium } from './chromium.ts'
import { servePages, type PageServer } from './page-server.ts'

const project: string = realpathSync(mkdtempSync(join(tmpdir(), 'fuzzbox-consumer-')))
const installed: string = join(project, 'node_modules/fuzzbox')
const entry: string = join(project, 'app.js')
let browser: Browser
let server: PageServer

beforeAll(async () => {
  await buildBrowserWhenStale()
  const options = ['pack', '--ignore-scripts', '--json', '--pack-destination', project]
  const [{ filename }] = JSON.parse(execFileSync('npm', options, { cwd: root, encoding: 'utf8' })) as [
    { filename: string },
  ]
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['-xzf', join(project, filename), '-C', installed, '--strip-components', '1'])
  symlinkSync(join(root, 'node_modules/comlink'), join(project, 'node_modules/comlink'), 'junction')
  writeFileSync(join(project, 'package.json'), '{ "type": "module", "private": true }')
  writeFileSync(join(project, 'index.html'), '<!doctype html><script type="module" src="./app.js"></script>')
  writeFileSync(entry, `import { fuzz } from 'fuzzbox/browser'\nwindow.fuzzbox = { fuzz }\n`)
  if (!hasChromium) return
  server = await servePages({
    '/vite/': join(project, 'vite'),
    '/webpack/': join(project, 'webpack'),
    '/esbuild/': join(project, 'esbuild'),
    '/package/': installed,
  })
  await servePrepared(server)
  browser = await openChromium()
}, 240_000)
afterAll(async () => {
  server?.close()
  await browser?.close()
  rmSync(project, { recursive: true, force: true })
})

const PREPARED = '/canary.fuzzbox'
const WAT = { kind: 'wat', name: 'canary.wat', text: CANARY } as const

/** Fuzzes the module in the page at this path. */
async function ranAt(path: string, module: string | typeof WAT): Promise<Ran> {
  const page: Page = await browser.newPage()
  await page.goto(`${server.origin}${path}`)
  const ran = await campaignIn(page, { module })
  await page.close()
  return ran
}

/** A page around a module script that was built elsewhere. */
function pageFor(script: string): string {
  server.pages.set(`${script}.html`, { body: `<!doctype html><script type="module" src="${script}"></script>` })
  return `${script}.html`
}

// Fourteen megabytes of Binaryen go through each bundler.
const PATIENCE_MS = 180_000

describe.skipIf(!hasChromium)('an app that imports fuzzbox/browser', { timeout: PATIENCE_MS }, () => {
  test('is built by Vite, workers and all, and finds the bug', async () => {
    const outDir = join(project, 'vite')
    await vite({ root: project, base: './', logLevel: 'error', build: { outDir, minify: false, target: 'esnext' } })
    expect(await ranAt('/vite/index.html', WAT)).toMatchObject({
      error: null,
      found: 'IQ==',
      warnings: ['W_NOT_ISOLATED'],
    })
  })

  test('is built by webpack, workers and all, and finds the bug', async () => {
    const output = { path: join(project, 'webpack'), publicPath: '/webpack/', filename: 'app.js' }
    await new Promise<void>((resolve, reject) => {
      webpack({ mode: 'none', context: project, entry, output }, (error, stats) => {
        const problem = error ?? (stats?.hasErrors() || stats?.hasWarnings() ? new Error(stats.toString()) : null)
        if (problem) reject(problem)
        else resolve()
      })
    })
    expect(await ranAt(pageFor('/webpack/app.js'), WAT)).toMatchObject({
      error: null,
      found: 'IQ==',
      warnings: ['W_NOT_ISOLATED'],
    })
  })

  test('is built by esbuild, which leaves workers alone, and finds the bug with workers from memory', async () => {
    const options = { bundle: true, format: 'esm', splitting: true, logLevel: 'error' } as const
    await esbuild({ ...options, entryPoints: [entry], outdir: join(project, 'esbuild') })
    const ran = await ranAt(pageFor('/esbuild/app.js'), PREPARED)
    expect(ran).toMatchObject({ error: null, found: 'IQ==', warnings: ['W_NOT_ISOLATED', 'W_INLINE_WORKERS'] })
  })
})

describe.skipIf(!hasChromium)('a page without any bundler', { timeout: PATIENCE_MS }, () => {
  test('imports one file in a script, and has the element with it', async () => {
    const script = `import { fuzz } from '/package/build/fuzzbox.browser.js'\nwindow.fuzzbox = { fuzz }`
    server.pages.set('/plain.js', { body: script })
    const page = await browser.newPage()
    await page.goto(`${server.origin}${pageFor('/plain.js')}`)
    expect(await campaignIn(page, { module: WAT })).toMatchObject({ error: null, found: 'IQ==' })
    expect(await page.evaluate(() => typeof customElements.get('fuzz-box'))).toBe('function')
    await page.close()
  })
})
