// Two projects over one set of test files: `node` runs all of them, `browser` runs those of the rooms that must never
// need Node (core, engine, instrument) once more in headless Chromium. A file named *.node.test.ts stays in Node.
//
// Files share a process: each of its own would load Binaryen and the AssemblyScript compiler anew, which took more than
// half of the suite's time. So no test may leave anything behind that another one can see.
import { availableParallelism } from 'node:os'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig, type TestProjectConfiguration, type ViteUserConfig } from 'vitest/config'
import { artifactServer } from './test/support/artifact-server.ts'
import { findChromium, BROWSER_SKIPPED } from './test/support/chromium.ts'

const chromium = findChromium()
if (chromium === null) console.warn(BROWSER_SKIPPED)

// One for each processor: Vitest itself would keep one free, which on two is half of them. Projects that differ in it
// refuse to run together.
const maxWorkers = availableParallelism()

const node: TestProjectConfiguration = {
  test: {
    name: 'node',
    include: ['test/**/*.test.ts'],
    environment: 'node',
    isolate: false,
    maxWorkers,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    setupFiles: process.env['FUZZBOX_ENGINE'] === 'old' ? ['test/support/without-multi-memory.ts'] : [],
  },
}

const browser = (executablePath: string): TestProjectConfiguration => ({
  plugins: [artifactServer()],
  // It would look on disk for what the plugin serves.
  server: { preTransformRequests: false },
  // Bundled before the first test: found later, they would reload the page in the middle of a run.
  optimizeDeps: { include: ['comlink', 'fast-check', 'wabt'], exclude: ['assemblyscript', 'binaryen'] },
  test: {
    name: 'browser',
    isolate: false,
    maxWorkers,
    include: ['test/{core,engine,instrument,support}/**/*.test.ts'],
    exclude: ['**/*.node.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      ui: false,
      api: { host: '127.0.0.1' },
      instances: [{ browser: 'chromium' }],
      provider: playwright({
        launchOptions: {
          executablePath,
          args: [
            ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
            '--disable-gpu',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
          ],
        },
      }),
    },
  },
})

const config: ViteUserConfig = defineConfig({
  test: {
    globalSetup: ['test/support/build-engine.ts'],
    reporters: ['default', './test/support/closing-line.ts'],
    projects: chromium === null ? [node] : [node, browser(chromium)],
  },
})

export default config
