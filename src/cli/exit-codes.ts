// What each exit code means, for `--help` and for docs/cli.md.

import { EXIT_CODES } from '../core/findings/finding.ts'

const MEANINGS: Readonly<Record<keyof typeof EXIT_CODES, string>> = {
  clean: 'nothing found',
  error: 'an error of fuzzbox',
  usage: 'wrong use',
  timeout: 'a timeout',
  oom: 'too much memory',
  crash: 'a crash',
}

/** In rising order; of several findings the gravest speaks. */
export const EXIT_MEANINGS: readonly (readonly [code: number, meaning: string])[] = Object.entries(MEANINGS).map(
  ([name, meaning]) => [EXIT_CODES[name as keyof typeof MEANINGS], meaning],
)
