// A page that offers the build under test to the test: `window.fuzzbox`, once its script has run.

import type { Frame, Page } from 'playwright'
import type * as Face from '../../src/browser/index.ts'
import type { SessionEvent } from '../../src/core/campaign/events.ts'
import { prepareTarget } from '../../src/core/target/prepare.ts'
import { writePrepared } from '../../src/core/target/prepared-file.ts'
import { wat } from '../support/targets.ts'
import type { PageServer, Served } from './page-server.ts'

declare global {
  interface Window {
    fuzzbox: typeof Face
  }
}

/** Fails for inputs that begin with an exclamation mark. */
export const CANARY = `(module (memory (export "memory") 1)
  (func (export "LLVMFuzzerTestOneInput") (param i32 i32)
    (if (local.get 1) (then (if (i32.eq (i32.load8_u (local.get 0)) (i32.const 33)) (then unreachable))))))`

export const ISOLATED: Served['headers'] = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
}

/** `file`: fuzzbox.browser.js. `runner`: fuzzbox.runner.js. `tree`: the modules that bundlers take. */
export type Build = 'file' | 'runner' | 'tree'

const ENTRIES: Readonly<Record<Build, string>> = {
  file: '/build/fuzzbox.browser.js',
  runner: '/build/fuzzbox.runner.js',
  tree: '/build/src/browser/index.js',
}

/** Adds a page to the server. Its module stands beside it, since strict policies allow no script in a page. */
export function campaignPage(
  server: PageServer,
  path: string,
  { build = 'file', headers = {} }: { build?: Build; headers?: Served['headers'] } = {},
): string {
  const script = `import * as fuzzbox from '${ENTRIES[build]}'\nwindow.fuzzbox = fuzzbox`
  server.pages.set(`/${build}.js`, { body: script })
  server.pages.set(path, {
    body: `<!doctype html><script type="module" src="/${build}.js"></script>`,
    headers: { 'cross-origin-embedder-policy': 'unsafe-none', ...headers },
  })
  return `${server.origin}${path}`
}

/** Serves a module that is prepared already: `/canary.fuzzbox`. */
export async function servePrepared(server: PageServer, text: string = CANARY): Promise<void> {
  const target = await prepareTarget(wat(text, 'canary.wat'), { compares: true })
  server.pages.set('/canary.fuzzbox', { body: writePrepared(target) })
}

export interface Ran {
  readonly events: readonly SessionEvent[]
  /** The code of the error that it ended with. */
  readonly error: string | null
  /** Codes of its warnings. */
  readonly warnings: readonly string[]
  /** Its first finding's input, base64. */
  readonly found: string | null
}

/** Runs a campaign in the page to its end. */
export async function campaignIn(
  page: Page | Frame,
  options: Omit<Face.FuzzOptions, 'module'> & {
    readonly module?: string | { kind: 'wat'; name: string; text: string }
  },
): Promise<Ran> {
  await page.waitForFunction(() => 'fuzzbox' in window, null, { timeout: 20_000 })
  const { events, error } = await page.evaluate(
    async (given) => {
      const events: SessionEvent[] = []
      try {
        const session = window.fuzzbox.fuzz(given as Face.FuzzOptions)
        for await (const event of session) events.push(event)
        return { events, error: null }
      } catch (error) {
        return { events, error: (error as { code?: string }).code ?? String(error) }
      }
    },
    { module: '/canary.fuzzbox', seed: 1, workers: 1, stopOnFinding: true, limits: { runs: 50_000 }, ...options },
  )
  return {
    events,
    error,
    warnings: events.flatMap((event) => (event.type === 'warning' ? [event.code] : [])),
    found: events.flatMap((event) => (event.type === 'finding' ? [event.inputBase64] : []))[0] ?? null,
  }
}
