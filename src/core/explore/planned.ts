// A piece of work for a runner, and what it is for.

import type { Grant } from './energy.ts'
import type { PendingFinding } from './finding-desk.ts'
import type { Moment, Reseed, Seeds, Timeline } from './timelines.ts'
import type { SplitPoint, TimelineNode } from './tree.ts'

interface Work {
  readonly from: Moment
  readonly seeds: Seeds
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

/** A timeline that was stopped at a discovery goes on. */
export interface RestWork extends Work {
  readonly purpose: 'rest'
  readonly node: TimelineNode
}

/** The same timeline twice more, to see whether it always goes the same way. */
export interface CheckWork extends Work {
  readonly purpose: 'check'
  readonly number: number
  readonly before: Timeline
}

/** A finding's recipe, from the start. */
export interface ConfirmWork extends Work {
  readonly purpose: 'confirm'
  readonly finding: PendingFinding
}

export type Planned = RootWork | SplitWork | RestWork | CheckWork | ConfirmWork
