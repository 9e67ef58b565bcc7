// What lies beside a target, as if it had been given on the command line; what was given there wins.

import type { CorpusWarning } from '../core/campaign/corpus.ts'
import { findCompanions } from '../node/companions.ts'
import type { Values } from './command-line.ts'
import { standardError } from './console.ts'

export interface WithCompanions {
  readonly values: Values
  /** An archive of seeds. */
  readonly seeds: string | null
  readonly notices: readonly CorpusWarning[]
}

export function withCompanions(target: string, given: Values): WithCompanions {
  const { options, dictionary, seeds, notices } = findCompanions(
    target,
    typeof given.options === 'string' ? given.options : null,
  )
  const found: Values = {
    ...(options.maxLen === undefined ? {} : { 'max-len': options.maxLen }),
    ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
    ...(options.memoryBytes === undefined ? {} : { memory: options.memoryBytes }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(dictionary === null ? {} : { dict: [dictionary] }),
  }
  return { values: { ...found, ...given }, seeds, notices }
}

/** The same for a verb that only runs a target: what is used of it is said on standard error. */
export function valuesFor(target: string, given: Values): Values {
  const { values, notices } = withCompanions(target, given)
  if (given.quiet !== true) for (const { message, code } of notices) standardError.write(`note: ${message} [${code}]\n`)
  return values
}
