// Stands in for shrink-typed.ts in fuzzbox.runner.js: the inputs of plain targets are just bytes.

import { candidatesOf } from '../../core/findings/shrink.ts'

export function candidatesFor(): typeof candidatesOf {
  return candidatesOf
}
