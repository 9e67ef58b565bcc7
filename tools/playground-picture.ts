// The picture of the playground in the README, from the real page: `npm run playground:picture`, with a Chromium installed.
// The page is built first; it runs its first example until something is found, and shows the line that failed.

import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import { preview } from 'vite'
import { findChromium } from '../test/support/chromium.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const PORT = 4174
const FINDING_MS_MAX = 120_000

const server = await preview({
  configFile: `${root}playground/vite.config.ts`,
  configLoader: 'native',
  logLevel: 'error',
  preview: { port: PORT },
})
const browser = await chromium.launch({
  executablePath: findChromium() ?? '',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, colorScheme: 'light' })
  await page.goto(`http://127.0.0.1:${PORT}/`)
  await page.click('#run')
  await page.click('.stack button', { timeout: FINDING_MS_MAX })
  await page.waitForSelector('.cm-line.reached')
  await page.screenshot({ path: `${root}docs/playground.jpg`, type: 'jpeg', quality: 82 })
} finally {
  await browser.close()
  await server.close()
}
