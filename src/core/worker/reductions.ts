// Inputs that get shorter, step by step, while others are mutated: early in a campaign that happens thousands of times a
// second, and each step would cost the host two hashes and a file. So the steps of one input become one, and are told
// now and then; what is lost with a worker are shorter forms only.

import { REDUCTIONS_EVERY_SLICES } from '../limits.ts'
import type { Discovered } from './protocol.ts'

export class Reductions {
  /** By the bytes of the last form: the step from the form that the host knows. */
  #held: Map<string, Discovered> = new Map()
  #slices = 0

  get isEmpty(): boolean {
    return this.#held.size === 0
  }

  /** What the host hears of a slice; `last` tells everything. */
  settle(discoveries: readonly Discovered[], last: boolean): Discovered[] {
    const fresh = new Map<string, Discovered>()
    for (const found of discoveries) {
      const form = textOf(found.input)
      const before = found.replaces && textOf(found.replaces)
      const news = before === null ? undefined : fresh.get(before)
      const known = before === null ? undefined : this.#held.get(before)
      if (before !== null) {
        fresh.delete(before)
        this.#held.delete(before)
      }
      const features = together((news ?? known)?.features, found.features)
      if (news) fresh.set(form, { ...news, features, input: found.input, cost: found.cost })
      else if (before !== null)
        this.#held.set(form, { ...found, features, replaces: known?.replaces ?? found.replaces })
      else fresh.set(form, found)
    }
    const told = [...fresh.values()]
    if (!last && ++this.#slices % REDUCTIONS_EVERY_SLICES !== 0) return told
    const held = this.#held
    this.#held = new Map()
    return [...told, ...held.values()]
  }
}

/** A better extreme of the target's brings a feature; most steps bring none. */
function together(before: Uint32Array | undefined, after: Uint32Array): Uint32Array {
  if (before === undefined) return after
  const all = new Set(before)
  for (const feature of after) all.add(feature)
  return all.size === before.length ? before : Uint32Array.from(all)
}

/** The bytes as characters, to look them up by. */
function textOf(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}
