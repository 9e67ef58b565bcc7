// The smoke campaign of the other browser: the same module, the same seed, the same finding as in Chromium and in Node.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fuzz } from '../../src/node/index.ts'
import { MemoryCorpus, MemoryFindings } from '../../src/core/campaign/corpus.ts'
import { findFirefox } from '../support/firefox.ts'
import { wat } from '../support/targets.ts'
import { buildBrowserWhenStale } from './build.ts'
import { campaignPage, CANARY, servePrepared } from './campaign-page.ts'
import { openFirefox, type Firefox } from './firefox.ts'
import { servePages, type PageServer } from './page-server.ts'

let firefox: Firefox
let server: PageServer

beforeAll(async () => {
  await buildBrowserWhenStale()
  server = await servePages()
  await servePrepared(server)
  firefox = await openFirefox()
})
afterAll(async () => {
  server?.close()
  await firefox?.close()
})

const RUNS = 20_000

/** Runs a campaign of the page to its end; the module is an expression. */
function campaign(module: string): string {
  return `(async () => {
    while (!window.fuzzbox) await new Promise((resolve) => requestAnimationFrame(resolve))
    const session = window.fuzzbox.fuzz({ module: ${module}, seed: 1, workers: 1, limits: { runs: ${RUNS} } })
    try {
      const { executions, edges, findings } = await session.done
      return JSON.stringify({ executions, edges, keys: findings.map(({ key }) => key) })
    } catch ({ code, message }) {
      return code + ' ' + message
    }
  })()`
}

test('Firefox runs what Node runs: the same executions, edges and findings by one seed', async () => {
  const report = await fuzz({
    module: wat(CANARY, 'canary.wat'),
    seed: 1,
    workers: 1,
    corpus: new MemoryCorpus(),
    findings: new MemoryFindings(),
    limits: { runs: RUNS },
  }).done
  const page = campaignPage(server, '/firefox.html', { build: 'tree' })
  const inFirefox = JSON.parse(await firefox.evaluate(page, campaign(`'/canary.fuzzbox'`))) as object
  const { executions, edges, findings } = report
  expect(inFirefox).toEqual({ executions, edges, keys: findings.map(({ key }) => key) })
  expect(findings).toHaveLength(1)
})

test('Firefox instruments a module in a worker of its own', async () => {
  const page = campaignPage(server, '/firefox-prepare.html', { build: 'tree' })
  const module = JSON.stringify(wat(CANARY, 'canary.wat'))
  expect(JSON.parse(await firefox.evaluate(page, campaign(module)))).toMatchObject({ keys: [expect.any(String)] })
})

test('a Firefox that is missing is said to be, by name', () => {
  expect(() => findFirefox({ FUZZBOX_FIREFOX: '/nowhere' })).toThrow(/install firefox-esr/)
})
