/// <reference types="node" />
// `npm run bench -- NAME`: one measurement of the list below, as a table and as bench/results/NAME.json.
import { report } from './report.ts'

const BENCHMARKS: Readonly<Record<string, () => Promise<(words: string[]) => Promise<void>>>> = {
  throughput: async () => (await import('./throughput.ts')).throughput,
  replay: async () => (await import('./replay.ts')).replay,
  restore: async () => (await import('./restore.ts')).restore,
  instrument: async () => (await import('./instrument.ts')).instrument,
  startup: async () => (await import('./startup.ts')).startup,
  fork: async () => (await import('./fork.ts')).fork,
  explore: async () => (await import('./explore.ts')).explore,
  trap: async () => (await import('./trap.ts')).trap,
  layout: async () => (await import('./layout.ts')).layout,
  scale: async () => (await import('./scale.ts')).scale,
  load: async () => (await import('./load.ts')).load,
  go: async () => (await import('./go.ts')).go,
  coverage: async () => (await import('./coverage.ts')).coverage,
  'time-to-bug': async () => (await import('./time-to-bug.ts')).timeToBug,
  browser: async () => (await import('./browser.ts')).browser,
  'go-misses': async () => (await import('./go-misses.ts')).goMisses,
}

const [name = '', ...words] = process.argv.slice(2)
const load = BENCHMARKS[name]
if (load) {
  await (
    await load()
  )(words)
  await report()
} else {
  const names = Object.keys(BENCHMARKS).join(', ')
  console.error(
    `usage: npm run bench -- NAME [--seconds N] [--pairs N] [--only TARGET,…] [--no-save]; NAME is one of ${names}`,
  )
  if (name !== '') process.exitCode = 2
}
