// What works in every place: types and parts. `fuzz` itself needs a place to run in: "fuzzbox/node" has one.

export { fuzzIn, type FuzzLimits, type FuzzOptions } from './fuzz.ts'
export { Session } from './session.ts'
export type { ModuleReference, PrepareRequest, Runtime, SessionPlace } from './runtime.ts'
export {
  EVENTS_VERSION,
  type EndEvent,
  type EndReason,
  type FindingEvent,
  type InputEvent,
  type Phase,
  type SessionEvent,
  type StatusEvent,
  type WarningEvent,
  type Warmup,
} from './campaign/events.ts'
export type { ResidualRisk, RiskDoubt } from './campaign/residual-risk.ts'
export {
  MemoryCorpus,
  MemoryFindings,
  type Corpus,
  type CorpusWarning,
  type FindingRecord,
  type FindingStore,
  type SeedInput,
  type StoredFinding,
} from './campaign/corpus.ts'
export { exploreIn, ExploreSession, type ExploreOptions } from './explore/explore.ts'
export type {
  ExploreEndEvent,
  ExploreEvent,
  ExploreFindingEvent,
  ExploreStatusEvent,
  MarkEvent,
  MarkReport,
  SeedEvent,
} from './explore/events.ts'
export { MemoryRecipes, type RecipeRecord, type RecipeStore } from './explore/finding-desk.ts'
export { formatRecipe, parseRecipe, type Recipe } from './explore/recipe.ts'
export { FuzzboxError } from './errors.ts'
export { replayIn, type Replayed, type ReplayRequest } from './replay.ts'
export { readPrepared, writePrepared } from './target/prepared-file.ts'
export { EXIT_CODES, classOf, exitCodeOf, keyOf } from './findings/finding.ts'
export { MECHANISMS, type Mechanism } from './mechanisms.ts'
export { NAMED_LIMITS, type NamedLimit } from './limits.ts'
export type { Frame, Outcome, TrapKind } from './outcome.ts'
export type { PreparedModule, PreparedTarget, TargetLimits } from './target/prepared.ts'
export type { ArgumentType } from './typed/argument-types.ts'
