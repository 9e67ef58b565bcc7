// An input that cost a worker, run again where it can cost nothing else: REPRODUCE_RUNS times to see how often it does
// so, then smaller forms of it as long as they do the same. A try that loses its worker costs another worker and, for a
// hang, the whole of a watchdog's patience, so there are few of them: the tail goes first, then what can be cut in half.

import { LOST_TRIES_MAX, REPRODUCE_RUNS } from '../limits.ts'
import type { ArgumentType } from '../typed/argument-types.ts'
import { candidatesFor } from './shrink-typed.ts'
import { Shrinker } from './shrink.ts'

/**
 * What a run came to: a word for the way in which it went wrong, null where it went well, undefined where it cannot be
 * made any more.
 */
export type Trial = (input: Uint8Array) => Promise<string | null | undefined>

export interface Study {
  /** The shortest that was seen to do the same. */
  readonly input: Uint8Array
  /** Of `runs` runs of the input as it was found. */
  readonly reproduced: number
  readonly runs: number
}

/** `mayTry` is asked before each smaller form. */
export async function studyLost(
  input: Uint8Array,
  trial: Trial,
  mayTry: () => boolean,
  types: readonly ArgumentType[] | null,
): Promise<Study> {
  let fate: string | null = null
  let reproduced = 0
  let runs = 0
  while (runs < REPRODUCE_RUNS) {
    const came = await trial(input)
    if (came === undefined) return { input, reproduced, runs }
    runs++
    fate ??= came
    if (came !== null && came === fate) reproduced++
  }
  const best = fate === null ? input : await shrink(input, fate, trial, mayTry, types)
  return { input: best, reproduced, runs }
}

async function shrink(
  input: Uint8Array,
  fate: string,
  trial: Trial,
  mayTry: () => boolean,
  types: readonly ArgumentType[] | null,
): Promise<Uint8Array> {
  const shrinker = new Shrinker(input, LOST_TRIES_MAX, candidatesFor(types))
  while (mayTry()) {
    const { candidate } = shrinker
    if (candidate === null) break
    const came = await trial(candidate)
    if (came === undefined) break
    shrinker.answer(came === fate)
  }
  return shrinker.best
}
