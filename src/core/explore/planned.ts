// A piece of work for a runner, and what it is for.

import type { Grant } from './energy.ts'
import type { Moment, Reseed } from './timelines.ts'
import type { SplitPoint } from './tree.ts'

interface Work {
  readonly from: Moment
  readonly seeds: readonly (bigint | null)[]
  readonly ahead?: readonly Reseed[]
  readonly stopAtDiscovery: boolean
  readonly hashMemory: boolean
}

/** The root of a seed. */
export interface RootWork extends Work {
  readonly purpose: 'root'
}

/** Children of a split point, the first of them with this index. */
export interface SplitWork extends Work {
  readonly purpose: 'split'
  readonly split: SplitPoint
  readonly firstIndex: number
  readonly grant: Grant
}

export type Planned = RootWork | SplitWork
