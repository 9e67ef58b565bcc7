// A small set of inputs that reaches everything that all of them reach: greedy set cover, always the input with the most
// new features next; at equality the shorter, then the cheaper, then the earlier. Finding the smallest set is NP-hard;
// greedy is within a logarithm of it (Johnson, "Approximation algorithms for combinatorial problems", 1974).
//
// What an input adds only ever falls while the set grows, so a count from earlier is a bound. The queue holds such bounds:
// the first input whose count, taken anew, still stands before all others is the best one, and most are never counted
// again (Minoux, "Accelerated greedy algorithms", 1978).

import type { EncodedFeatures, FeatureSet } from './features.ts'

export interface Candidate {
  readonly sizeBytes: number
  readonly cost: number
  readonly features: EncodedFeatures
}

interface Waiting {
  readonly index: number
  readonly candidate: Candidate
  /** New features when they were last counted: never fewer than now. */
  gain: number
}

/** Positions of the inputs chosen, the most useful first. `covered` is what need not be reached, and grows with the choice. */
export function coverOf(candidates: readonly Candidate[], covered: FeatureSet): number[] {
  const queue = new Queue()
  for (const [index, candidate] of candidates.entries()) {
    const gain = covered.lacks(candidate.features)
    if (gain > 0) queue.push({ index, candidate, gain })
  }
  const chosen: number[] = []
  for (let best = queue.pop(); best; best = queue.pop()) {
    const gain = covered.lacks(best.candidate.features)
    if (gain === best.gain) {
      covered.add(best.candidate.features)
      chosen.push(best.index)
    } else if (gain > 0) {
      best.gain = gain
      queue.push(best)
    }
  }
  return chosen
}

function comesBefore(a: Waiting, b: Waiting): boolean {
  if (a.gain !== b.gain) return a.gain > b.gain
  if (a.candidate.sizeBytes !== b.candidate.sizeBytes) return a.candidate.sizeBytes < b.candidate.sizeBytes
  if (a.candidate.cost !== b.candidate.cost) return a.candidate.cost < b.candidate.cost
  return a.index < b.index
}

/** A binary heap: an entry comes before the two at twice its place. */
class Queue {
  readonly #heap: Waiting[] = []

  push(entry: Waiting): void {
    const heap = this.#heap
    let at = heap.length
    heap.push(entry)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!comesBefore(entry, heap[parent] as Waiting)) break
      heap[at] = heap[parent] as Waiting
      at = parent
    }
    heap[at] = entry
  }

  pop(): Waiting | undefined {
    const heap = this.#heap
    const first = heap[0]
    const last = heap.pop()
    if (last !== undefined && heap.length > 0) this.#sink(last)
    return first
  }

  #sink(entry: Waiting): void {
    const heap = this.#heap
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && comesBefore(heap[child + 1] as Waiting, heap[child] as Waiting)) child++
      if (!comesBefore(heap[child] as Waiting, entry)) break
      heap[at] = heap[child] as Waiting
      at = child
    }
    heap[at] = entry
  }
}
