// A page beside Node: the same prepared module and the same seed in both; how long a page takes to its first execution;
// how long its main thread is held while all processors fuzz; how large the file is that runs prepared modules.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright'

import { MemoryCorpus, MemoryFindings, fuzz, prepare, writePrepared } from '../src/node/index.ts'
import { buildBrowserWhenStale } from '../test/browser/build.ts'
import { campaignPage } from '../test/browser/campaign-page.ts'
import { hasChromium, openChromium } from '../test/browser/chromium.ts'
import { servePages, type PageServer } from '../test/browser/page-server.ts'
import { parseBenchOptions, type BenchOptions } from './lib/options.ts'
import { ROOT } from './lib/paths.ts'
import { row, save, type Row } from './lib/result.ts'
import { textTable } from './lib/table.ts'
import { assemble } from './lib/wat.ts'

const GOALS = { speed: 0.9, firstExecutionMs: 300, longestTaskMs: 50, runnerKilobytes: 60 } as const
/** About what one worker runs. */
const RUNS_A_SECOND = 400_000
const RUNS_BEFORE = 100_000
const TARGET = `${ROOT}examples/json.ts`

interface Status {
  readonly executions: number
  readonly elapsedMs: number
}

export async function browser(words: string[]): Promise<void> {
  const options = parseBenchOptions('browser', words, { seconds: 4 })
  if (!hasChromium) return console.log('skipped browser: no Chromium is installed')
  await buildBrowserWhenStale()
  const server = await servePages()
  const chromium = await openChromium()
  try {
    const rows = [
      await speed(chromium, server, options),
      await firstExecution(chromium, server, options),
      await longestTask(chromium, server, options),
      runnerSize(),
    ]
    console.log(textTable(rows))
    if (options.save) await save('browser', options.command, rows, [])
  } finally {
    server.close()
    await chromium.close()
  }
}

/**
 * The same executions on both sides: one worker runs the same inputs by the same seed. Timed from a moment when both have long
 * been ready to the last one, because starting a thread takes Node longer than a page, and instrumenting takes both.
 */
async function speed(chromium: Browser, server: PageServer, { pairs, seconds }: BenchOptions): Promise<Row> {
  const target = await prepare({ module: TARGET })
  server.pages.set('/json.fuzzbox', { body: writePrepared(target) })
  const inChromium: number[] = []
  const inNode: number[] = []
  const limits = { runs: seconds * RUNS_A_SECOND }
  for (let pair = 0; pair < pairs; pair++) {
    const seed = pair + 1
    const turns = [
      async () => {
        const stores = { corpus: new MemoryCorpus(), findings: new MemoryFindings() }
        const statuses: Status[] = []
        for await (const event of fuzz({ module: target, seed, workers: 1, limits, ...stores })) {
          if (event.type === 'status' || event.type === 'end') statuses.push(event)
        }
        inNode.push(rateOf(statuses))
      },
      async () => {
        const page = await openPage(chromium, server)
        const statuses = await page.evaluate(
          async (options) => {
            const statuses: Status[] = []
            for await (const event of window.fuzzbox.fuzz(options)) {
              if (event.type === 'status' || event.type === 'end') statuses.push(event)
            }
            return statuses.map(({ executions, elapsedMs }) => ({ executions, elapsedMs }))
          },
          { module: '/json.fuzzbox', seed, workers: 1, limits },
        )
        inChromium.push(rateOf(statuses))
        await page.close()
      },
    ]
    for (const turn of pair % 2 === 0 ? turns : turns.toReversed()) await turn()
  }
  const measured = { target: 'examples/json.ts', metric: 'speed', unit: 'executions/s', goal: GOALS.speed }
  return row({ ...measured, ours: inChromium, peer: 'Node', theirs: inNode })
}

/** Executions a second from the first status that tells of enough of them. */
function rateOf(statuses: readonly Status[]): number {
  const first = statuses.find(({ executions }) => executions >= RUNS_BEFORE)
  const last = statuses.at(-1)
  if (!first || !last || first === last) throw new Error('the campaign was over before it could be timed')
  return ((last.executions - first.executions) / (last.elapsedMs - first.elapsedMs)) * 1000
}

/** From a page that has the module's bytes and nothing else to the end of one execution. */
async function firstExecution(chromium: Browser, server: PageServer, { pairs }: BenchOptions): Promise<Row> {
  const module = await assemble('large.wat', largeText())
  server.pages.set('/large.fuzzbox', { body: writePrepared(await prepare({ module })) })
  server.pages.set('/first.js', {
    body: `const answer = await fetch('/large.fuzzbox')
      const module = new Uint8Array(await answer.arrayBuffer())
      const began = performance.now()
      const { fuzz } = await import('/build/fuzzbox.runner.js')
      await fuzz({ module, seed: 1, workers: 1, limits: { runs: 1 } }).done
      window.elapsed = performance.now() - began`,
  })
  server.pages.set('/first.html', { body: '<!doctype html><script type="module" src="/first.js"></script>' })
  const ours: number[] = []
  for (let pair = 0; pair < pairs; pair++) {
    const page = await chromium.newPage()
    await page.goto(`${server.origin}/first.html`)
    await page.waitForFunction(() => 'elapsed' in window)
    ours.push((await page.evaluate('elapsed')) as number)
    await page.close()
  }
  const target = `${Math.round(module.length / 1000)} KB, prepared`
  return aim({ target, metric: 'page to first execution', unit: 'ms wall', ours }, GOALS.firstExecutionMs)
}

/** Chromium tells of tasks that take 50 ms or more; where it tells of none, the longest is taken for 0. */
async function longestTask(chromium: Browser, server: PageServer, { pairs, seconds }: BenchOptions): Promise<Row> {
  const ours: number[] = []
  for (let pair = 0; pair < pairs; pair++) {
    const page = await openPage(chromium, server)
    const options = { module: '/json.fuzzbox', seed: pair + 1, limits: { time: `${seconds}s` } }
    ours.push(
      await page.evaluate(async (given) => {
        let longest = 0
        const observer = new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) longest = Math.max(longest, duration)
        })
        observer.observe({ type: 'longtask' })
        await window.fuzzbox.fuzz(given).done
        await new Promise((resolve) => setTimeout(resolve))
        observer.disconnect()
        return longest
      }, options),
    )
    await page.close()
  }
  const measured = { target: 'examples/json.ts', metric: 'longest task, all processors', unit: 'ms wall', ours }
  return aim(measured, GOALS.longestTaskMs)
}

function runnerSize(): Row {
  const file = readFileSync(`${ROOT}build/fuzzbox.runner.js`)
  const ours = [gzipSync(file, { level: 9 }).length / 1000]
  return aim({ target: 'fuzzbox.runner.js', metric: 'size, gzip', unit: 'kB', ours }, GOALS.runnerKilobytes)
}

function aim(measured: Pick<Parameters<typeof row>[0], 'target' | 'metric' | 'unit' | 'ours'>, most: number): Row {
  return row({ ...measured, peer: 'the aim', theirs: measured.ours.map(() => most), goal: 1 })
}

async function openPage(chromium: Browser, server: PageServer): Promise<Page> {
  const page = await chromium.newPage()
  await page.goto(campaignPage(server, '/bench.html', { build: 'tree' }))
  await page.waitForFunction(() => 'fuzzbox' in window)
  return page
}

/** Functions enough for 100 KB, each with branches of its own, called one after the other. */
function largeText(): string {
  const body = Array.from(
    { length: 16 },
    (_, bit) => `(if (i32.and (local.get 0) (i32.const ${1 << bit}))
    (then (local.set 0 (i32.add (i32.mul (local.get 0) (i32.const ${bit + 3})) (i32.const ${bit * 1013})))))`,
  ).join('\n')
  const functions = Array.from(
    { length: 290 },
    (_, at) => `(func $f${at} (param i32) (result i32) ${body}
    (i32.add (local.get 0) (i32.const ${at})))`,
  )
  const calls = Array.from({ length: 290 }, (_, at) => `(local.set 2 (call $f${at} (local.get 2)))`)
  return `(module (memory (export "memory") 1) ${functions.join('\n')}
    (func (export "LLVMFuzzerTestOneInput") (param i32 i32) (local i32)
      (if (local.get 1) (then (local.set 2 (i32.load8_u (local.get 0)))))
      ${calls.join('\n')}))`
}
