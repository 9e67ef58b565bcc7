// The picture of the playground in the README, from the real page: `npm run playground:picture`, with a Chromium installed.
// The page is built first; it runs its first example until something is found, and shows the line that failed.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import { findChromium } from '../test/support/chromium.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const PORT = 4174
const FINDING_MS_MAX = 120_000

const config = ['--config', 'playground/vite.config.ts', '--configLoader', 'native']
const server = spawn('npx', ['vite', 'preview', 'playground', ...config, '--port', `${PORT}`], { cwd: root })
await once(server.stdout, 'data')
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
  server.kill()
}
