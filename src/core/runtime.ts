// What a place to run in (Node, a browser page, a test) provides to a session. Core knows no other way out of itself.

import type { Corpus, CorpusWarning, FindingStore, Rescue, SeedInput } from './campaign/corpus.ts'
import type { RecipeStore } from './explore/finding-desk.ts'
import type { ExploreLink } from './explore/protocol.ts'
import type { PreparedTarget } from './target/prepared.ts'
import type { WorkerLink } from './worker/protocol.ts'
import type { TargetSource } from './target/load.ts'
import type { PrepareOptions } from './target/prepare.ts'

/** A target as it is named: a path or URL that the runtime reads, bytes of a module, or a source in memory. */
export type ModuleReference = string | URL | Uint8Array | TargetSource

export interface PrepareRequest extends Omit<PrepareOptions, 'harness' | 'mutator'> {
  readonly harness?: ModuleReference
  readonly mutator?: ModuleReference
}

/** What the files of a session are named after. */
export interface SessionPlace {
  readonly target: PreparedTarget
  readonly module: ModuleReference | null
  readonly seed: number
  /** Options that a replay must repeat: `['--entry', 'parse']`. */
  readonly replayArguments: readonly string[]
}

export interface Runtime {
  /** The engine's Wasm. */
  engine(): Promise<Uint8Array>
  /** Instruments a target, or finds it in a cache; never in this thread. */
  prepare(module: ModuleReference, request: PrepareRequest): Promise<PreparedTarget>
  startWorker(): WorkerLink
  /** A worker for `explore`; a runtime without it cannot explore. */
  startExplorer?(): ExploreLink
  /** The folder for recipes that `explore`'s `findings` option names; undefined asks for this runtime's default. */
  recipes?(where: string | undefined, place: SessionPlace): RecipeStore
  /** The SHA-1 of an input, in hex, without a promise. */
  idOf?(input: Uint8Array): string
  /** Workers that can run at the same time. */
  parallelism(): number
  /** The corpus that a session's `corpus` option names; undefined asks for the default of this runtime. */
  corpus(where: string | readonly string[] | undefined, place: SessionPlace): Corpus
  /** The folder that a session's `findings` option names; undefined asks for the default of this runtime. */
  findings(where: string | undefined, place: SessionPlace): FindingStore
  /** Failing inputs that were committed; undefined asks for the default of this runtime. */
  regressions?(where: string | undefined, place: SessionPlace): readonly SeedInput[]
  /** What a session has to do without in this place; asked once its workers are ready. */
  shortcomings?(): readonly CorpusWarning[]
  /** Where to put what was found when corpus or findings cannot be written any more. */
  rescue?(place: SessionPlace): Rescue
}
