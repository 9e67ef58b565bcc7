// Which moments the engine holds a snapshot of, as far as is known: it may have thrown one out since, and says so when asked.
import { SNAPSHOT_HANDLES_MAX } from '../limits.ts'
import type { Moment, Reseed } from './timelines.ts'

export interface Handle {
  /** What the engine gave. */
  readonly id: number
  readonly draws: number
  readonly markCalls: number
}

/** Two words of 32 bits over everything that leads to a moment, folded into the 53 bits of a number. */
interface Hash {
  readonly low: number
  readonly high: number
}

export class SnapshotHandles {
  readonly #byMoment = new Map<number, Handle>()
  /** The last one at each point where a reseed was made: what to start from when a later moment was lost. */
  readonly #byReseed = new Map<number, Handle>()
  /** Most moments share their list of reseeds with many others. */
  readonly #hashes = new WeakMap<readonly Reseed[], Hash>()

  add(moment: Moment, id: number): void {
    const handle = { id, draws: moment.draws, markCalls: moment.markCalls }
    const prefix = this.#hash(moment.rootSeed, moment.reseeds)
    put(this.#byMoment, keyOf(prefix, moment.draws, moment.markCalls), handle)
    put(this.#byReseed, keyOf(prefix, moment.draws, -1), handle)
  }

  /** A snapshot of this very moment, unless the engine has thrown it out. */
  find(moment: Moment): Handle | null {
    const prefix = this.#hash(moment.rootSeed, moment.reseeds)
    return this.#byMoment.get(keyOf(prefix, moment.draws, moment.markCalls)) ?? null
  }

  /** Snapshots from which the moment can be run to, the nearest first, with how many of its reseeds come before each. */
  *anchors({ rootSeed, reseeds, markCalls }: Moment): Generator<{ readonly handle: Handle; readonly done: number }> {
    const prefixes = [start(rootSeed)]
    for (const reseed of reseeds) prefixes.push(after(prefixes.at(-1)!, reseed))
    for (let done = reseeds.length - 1; done >= 0; done--) {
      const handle = this.#byReseed.get(keyOf(prefixes[done]!, reseeds[done]!.draws, -1))
      // Of two calls that no draw separates, the later one is no way to a moment at itself: its call would not come again.
      if (handle && handle.markCalls < markCalls) yield { handle, done }
    }
  }

  #hash(rootSeed: bigint, reseeds: readonly Reseed[]): Hash {
    let hash = this.#hashes.get(reseeds)
    if (hash === undefined) {
      hash = reseeds.reduce(after, start(rootSeed))
      this.#hashes.set(reseeds, hash)
    }
    return hash
  }
}

/** The oldest ones go first: a moment whose handle is forgotten is run to again. */
function put(map: Map<number, Handle>, key: number, handle: Handle): void {
  map.set(key, handle)
  if (map.size > SNAPSHOT_HANDLES_MAX) map.delete(map.keys().next().value!)
}

function start(rootSeed: bigint): Hash {
  return mixWord({ low: 0x9e3779b9, high: 0x7f4a7c15 }, rootSeed)
}

function after(hash: Hash, { draws, seed }: Reseed): Hash {
  return mixWord(mix(hash, draws), seed)
}

function mixWord(hash: Hash, word: bigint): Hash {
  return mix(mix(hash, Number(word & 0xffff_ffffn)), Number((word >> 32n) & 0xffff_ffffn))
}

/** Murmur3's finaliser on each half, with the other half folded in. */
function mix({ low, high }: Hash, value: number): Hash {
  let a = Math.imul(low ^ value, 0x85ebca6b)
  a = Math.imul(a ^ (a >>> 13) ^ (value / 2 ** 32), 0xc2b2ae35)
  let b = Math.imul(high ^ a ^ (a >>> 16), 0x27d4eb2f)
  b = Math.imul(b ^ (b >>> 15), 0x165667b1)
  return { low: (a ^ (a >>> 16)) >>> 0, high: (b ^ (b >>> 13)) >>> 0 }
}

function keyOf(prefix: Hash, draws: number, markCalls: number): number {
  const { low, high } = mix(mix(prefix, draws), markCalls)
  return low + (high & 0x1f_ffff) * 2 ** 32
}
