// What lies beside inputs and is none: documentation, descriptions of findings, and what operating systems and other
// fuzzers leave behind.
//
//   out/                        AFL and AFL++: one folder for each of their instances
//   ├─ default/
//   │  ├─ queue/                the inputs: id:000000,time:0,orig:seed …; .state/ beside them
//   │  ├─ crashes/, hangs/      inputs too, where somebody names them
//   │  └─ fuzzer_stats, plot_data, fuzz_bitmap, cmdline …

import type { Dirent } from 'node:fs'

const FOREIGN =
  /^(\..*|readme(\..*)?|thumbs\.db|desktop\.ini|__macosx|(crash|timeout|oom)-([0-9a-f]{16}|[0-9a-f]{40})\.json)$/i
const BESIDE_QUEUE = new Set([
  'crashes',
  'hangs',
  'fuzzer_stats',
  'plot_data',
  'fuzz_bitmap',
  'cmdline',
  'fuzzer_setup',
])

/** True for a file or a folder that is never an input, wherever it is met. */
export function isForeign(name: string): boolean {
  return FOREIGN.test(name)
}

/** True for the folder of one AFL instance: inputs are in its `queue`, everything else there is its own. */
export function isAflInstance(entries: readonly Dirent[]): boolean {
  return (
    entries.some((entry) => entry.name === 'queue' && entry.isDirectory()) &&
    entries.some(({ name }) => BESIDE_QUEUE.has(name))
  )
}
