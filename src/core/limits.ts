// Every queue, cache, input, log and rate has a maximum, and it stands here with its name; `fuzzbox doctor` prints the table.

import {
  EDGES_MAX,
  FUNCTIONS_MAX,
  GLOBALS_MAX,
  INPUT_MAX,
  OUTPUT_MAX,
  TOKENS_USER_MAX,
  TOKEN_BYTES_MAX,
} from '../../assembly/abi.ts'

/** Fuel counts executions of one edge; a tight loop of instrumented code passes about this many in a millisecond. */
export const FUEL_PER_MS = 400_000
/** Counters have 32 bits, and a run must reach its limit before one of them turns over. */
export const FUEL_MAX = 0xf000_0000
/** Longest --time: timers of JavaScript take 31 bits, and one that is set for longer rings at once. */
export const TIME_MS_MAX = 0x7fff_ffff
/** Longest --timeout that can be counted; a longer one is refused. */
export const TIMEOUT_MS_MAX = 10_000

export const TIMEOUT_MS_DEFAULT = 1_000
export const MEMORY_BYTES_DEFAULT: number = 64 * 1024 * 1024
/** Largest --memory: the engine's own has 4 GiB for everything, a snapshot of the target's among it. */
export const MEMORY_BYTES_MAX: number = 3 * 1024 * 1024 * 1024
export const INPUT_BYTES_DEFAULT = 4_096
export const CALL_DEPTH_MAX = 2_048
export const TABLE_ENTRIES_MAX = 1_000_000
/** Slices from one telling of shorter forms to the next: about half a second. */
export const REDUCTIONS_EVERY_SLICES = 16
/** Room for kept inputs in the engine's memory. */
export const CORPUS_BYTES_MAX: number = 64 * 1024 * 1024

/** A slice is sized in executions so that it lasts about this long: short enough to stop, long enough to cost nothing. */
export const SLICE_MS = 30
/** Turns that a worker has been asked for: one that it takes, and one that it goes on with at once. */
export const TURNS_AHEAD = 2
export const SLICE_EXECUTIONS_MAX = 4_000_000
/** Without a clock: a slice has about this many edges executed … */
export const SLICE_COST = 8_000_000
/** … and never more executions than this. */
export const SLICE_EXECUTIONS_IN_STEP_MAX = 50_000
/** Rounds of turns from one status to the next, where no clock decides. */
export const STATUS_EVERY_ROUNDS = 32
/** After a trap the worker looks at the clock and ends a slice that has lasted this long. */
export const SLICE_MS_MAX = 50
/** Traps that one slice works through before it reports. */
export const SLICE_TRAPS_MAX = 10_000
/** New kinds and places of traps, each with its input, that one slice reports. */
export const SLICE_REPORTS_MAX = 64
/** Places of traps that a worker remembers, to tell repetitions; then it learns them anew. */
export const TRAP_PLACES_MAX = 10_000
/** An execution that has not come back after the larger of this and ten timeouts is a hang that fuel did not see. */
export const WATCHDOG_MS = 5_000
export const WATCHDOG_TIMEOUTS = 10
/** Share of that patience that an input gets which has used it all up once. */
export const LOST_PATIENCE_SHARE = 5
/** Smaller forms of an input that cost a worker: each may cost another one. */
export const LOST_TRIES_MAX = 24
/** What a worker has written to its standard error last, kept for the report of its death. */
export const LAST_WORDS_CHARACTERS_MAX = 1_000
/** Time in which a new worker must have opened its target. */
export const WORKER_OPEN_MS_MAX = 30_000
/** Workers lost one after the other, without an execution between them, from which the campaign gives up. */
export const WORKER_LOSSES_MAX = 5
/** After an abort, how long the slice under way may take to end. */
export const ABORT_GRACE_MS = 1_000

/** Workers of one campaign. */
export const WORKERS_MAX = 256
/** Seeds, or inputs of other workers, that one call hands to a worker. */
export const ADD_INPUTS_MAX = 256
/** Inputs that one call hands to a worker to be measured. */
export const MEASURE_INPUTS_MAX = 64
/** Kept inputs that are not written yet; then the campaign waits for the disk. */
export const WRITES_BEHIND_MAX = 256
export const SEED_FILE_BYTES_MAX: number = INPUT_MAX
export const SEED_FILES_MAX = 100_000
export const SEED_FOLDERS_DEEP = 8
/** Archives with inputs: their own size, and that of what they unpack to, which stays in memory. */
export const ARCHIVE_BYTES_MAX: number = 512 * 1024 * 1024
export const ARCHIVE_UNPACKED_BYTES_MAX: number = 256 * 1024 * 1024
export const OPTIONS_FILE_BYTES_MAX: number = 64 * 1024
export const DICTIONARY_TOKENS_MAX: number = TOKENS_USER_MAX
export const DICTIONARY_TOKEN_BYTES_MAX: number = TOKEN_BYTES_MAX

export const FINDINGS_MAX = 1_000
/** Frames that take part in the key of a finding. */
export const KEY_FRAMES = 3
export const SHRINK_EXECUTIONS_MAX = 20_000
export const SHRINK_MS_MAX = 60_000
/** Executions of one step, where no clock decides. */
export const SHRINK_STEP_EXECUTIONS = 1_000
/** Shrinking a hang costs a whole timeout a try. */
export const SHRINK_TIMEOUT_EXECUTIONS_MAX = 24
/** Share of the time that shrinking may take from the campaign: a step lasts about one slice. */
export const SHRINK_STEP_MS = 30
/** What shrinking may still take when the campaign is over. */
export const SHRINK_LAST_MS_MAX = 3_000
export const REPRODUCE_RUNS = 3
/** Text of the target's that a finding repeats: a function's name, a message. */
export const NAME_CHARACTERS_MAX = 200
export const MESSAGE_CHARACTERS_MAX = 2_000
/** One argument of a typed target in a report; its file has all of it. */
export const ARGUMENT_CHARACTERS_MAX = 1_000

/** How often the corpus is looked at for what others have put there … */
export const OUTSIDE_EVERY_MS = 1_000
/** … and how many times longer than a look the pause after it is at least. */
export const OUTSIDE_SHARE = 100

/** Room for snapshots in the engine's memory, unless asked otherwise. */
export const SNAPSHOT_BYTES_MAX: number = 256 * 1024 * 1024
/** Snapshots whose place in the engine is remembered. */
export const SNAPSHOT_HANDLES_MAX = 100_000
/** Results of timelines that the engine keeps until they are read. */
export const EXPLORE_RESULT_BYTES: number = 1024 * 1024
/** Bytes of the messages and values of marks. */
export const EXPLORE_MARK_BYTES_MAX: number = 8 * 1024 * 1024

export const STATUS_EVERY_MS = 250
/** Speed is told over this long, so that it moves with the campaign and does not flicker. */
export const SPEED_WINDOW_MS = 2_000
export const INPUT_EVENTS_PER_SECOND_MAX = 20
/** Events that nobody has read yet; older status and input events are dropped first. */
export const EVENTS_QUEUED_MAX = 10_000
/** Tokens of the dictionary that a campaign recommends at its end. */
export const RECOMMENDED_TOKENS_MAX = 16
/** How often fuzzer_stats and plot_data are written. */
export const STATS_EVERY_MS = 5_000
export const WARNINGS_MAX = 100
export const STATUS_LINES_MAX = 12
export const HEX_LINES_MAX = 16
/** Text of a whole module is made to show ten lines of it: beyond this size that takes too long. */
export const SHOWN_MODULE_BYTES_MAX: number = 4 * 1024 * 1024
export const CACHE_FILES_MAX = 64

/** Marks, buckets of `each` included, that an exploration remembers; further ones are only counted. */
export const EXPLORE_MARKS_MAX = 65_536
/** Timelines that the page of the tree draws; those that lead to a finding go first. */
export const TREE_NODES_MAX = 20_000
/** Jobs of one round, where the number of workers may decide nothing. */
export const EXPLORE_JOBS_PER_ROUND = 8
/** Jobs that a worker is sent at once: more while none of them finds anything, and how long it may be at them. */
export const EXPLORE_BATCH_JOBS_MIN = 8
export const EXPLORE_BATCH_JOBS_MAX = 64
export const EXPLORE_BATCH_MS = 20
/** Futures that are run from each moment on the way to a finding, to see how likely it is there. */
export const REWIND_FUTURES = 100
/** How often a campaign that can be gone on with is written. */
export const EXPLORE_SAVE_EVERY_MS = 10_000
/** Timelines that are run again in one go, to see whether they go the same way. */
export const EXPLORE_CHECKS_AT_ONCE = 8

export interface NamedLimit {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly meaning: string
}

/** The table that `doctor` prints. */
export const NAMED_LIMITS: readonly NamedLimit[] = [
  { name: 'edges', value: EDGES_MAX, unit: 'edges', meaning: 'a module with more is refused' },
  { name: 'functions', value: FUNCTIONS_MAX, unit: 'functions', meaning: 'a module with more is refused' },
  { name: 'globals', value: GLOBALS_MAX, unit: 'globals', meaning: 'mutable globals that a snapshot holds' },
  { name: 'input', value: INPUT_MAX, unit: 'bytes', meaning: 'largest input; --max-len chooses less' },
  { name: 'seed file', value: SEED_FILE_BYTES_MAX, unit: 'bytes', meaning: 'larger files in a corpus are skipped' },
  { name: 'seed files', value: SEED_FILES_MAX, unit: 'files', meaning: 'read from corpus directories' },
  { name: 'seed folders', value: SEED_FOLDERS_DEEP, unit: 'levels', meaning: 'sub-folders of a corpus that are read' },
  { name: 'archive', value: ARCHIVE_BYTES_MAX, unit: 'bytes', meaning: 'a larger .zip of inputs is skipped' },
  { name: 'unpacked', value: ARCHIVE_UNPACKED_BYTES_MAX, unit: 'bytes', meaning: 'inputs out of one archive' },
  { name: 'corpus', value: CORPUS_BYTES_MAX, unit: 'bytes', meaning: 'kept inputs in the engine' },
  { name: 'dictionary', value: DICTIONARY_TOKENS_MAX, unit: 'tokens', meaning: 'from --dict' },
  { name: 'token', value: DICTIONARY_TOKEN_BYTES_MAX, unit: 'bytes', meaning: 'one token of a dictionary' },
  { name: 'options file', value: OPTIONS_FILE_BYTES_MAX, unit: 'bytes', meaning: 'an .options file or --options' },
  { name: 'call depth', value: CALL_DEPTH_MAX, unit: 'calls', meaning: 'nested calls of recursive functions' },
  { name: 'table', value: TABLE_ENTRIES_MAX, unit: 'entries', meaning: 'growth of a table' },
  { name: 'fuel', value: FUEL_PER_MS, unit: 'steps/ms', meaning: 'how --timeout becomes a number of steps' },
  { name: 'time', value: TIME_MS_MAX, unit: 'ms', meaning: 'longest --time; without one there is no end' },
  { name: 'memory', value: MEMORY_BYTES_MAX, unit: 'bytes', meaning: 'largest --memory' },
  { name: 'timeout', value: TIMEOUT_MS_MAX, unit: 'ms', meaning: 'longest --timeout that can be counted' },
  { name: 'slice', value: SLICE_MS, unit: 'ms', meaning: 'work between two looks at limits and signals' },
  { name: 'slice in step', value: SLICE_EXECUTIONS_IN_STEP_MAX, unit: 'executions', meaning: 'with --deterministic' },
  { name: 'turns ahead', value: TURNS_AHEAD, unit: 'turns', meaning: 'that a worker has been asked for' },
  { name: 'traps', value: SLICE_TRAPS_MAX, unit: 'traps', meaning: 'worked through in one slice' },
  { name: 'trap reports', value: SLICE_REPORTS_MAX, unit: 'traps', meaning: 'new ones that one slice reports' },
  { name: 'trap places', value: TRAP_PLACES_MAX, unit: 'places', meaning: 'remembered to tell repetitions' },
  { name: 'handed over', value: ADD_INPUTS_MAX, unit: 'inputs', meaning: 'seeds and finds that a worker gets at once' },
  { name: 'measured', value: MEASURE_INPUTS_MAX, unit: 'inputs', meaning: 'that a worker gets at once in a merge' },
  { name: 'writes behind', value: WRITES_BEHIND_MAX, unit: 'inputs', meaning: 'kept and not yet on disk' },
  { name: 'opening', value: WORKER_OPEN_MS_MAX, unit: 'ms', meaning: "for a target's start-up code" },
  { name: 'ending', value: ABORT_GRACE_MS, unit: 'ms', meaning: 'for the slice under way, after Ctrl-C' },
  { name: 'output', value: OUTPUT_MAX, unit: 'bytes', meaning: 'standard output and error kept of a run' },
  { name: 'message', value: MESSAGE_CHARACTERS_MAX, unit: 'characters', meaning: "of a target's, in a finding" },
  { name: 'argument', value: ARGUMENT_CHARACTERS_MAX, unit: 'characters', meaning: 'in a report; its file has all' },
  { name: 'name', value: NAME_CHARACTERS_MAX, unit: 'characters', meaning: 'of a function, in a finding' },
  { name: 'workers', value: WORKERS_MAX, unit: 'workers', meaning: 'of one campaign; --workers chooses less' },
  { name: 'watchdog', value: WATCHDOG_MS, unit: 'ms', meaning: 'or ten timeouts: an execution that fuel did not end' },
  { name: 'last words', value: LAST_WORDS_CHARACTERS_MAX, unit: 'characters', meaning: 'of a worker that died' },
  { name: 'lost inputs', value: LOST_TRIES_MAX, unit: 'tries', meaning: 'to shrink what cost a worker' },
  { name: 'worker losses', value: WORKER_LOSSES_MAX, unit: 'workers', meaning: 'in a row, then the campaign ends' },
  { name: 'findings', value: FINDINGS_MAX, unit: 'findings', meaning: 'distinct ones that a campaign files' },
  { name: 'shrinking', value: SHRINK_EXECUTIONS_MAX, unit: 'executions', meaning: 'spent on one finding' },
  { name: 'shrinking time', value: SHRINK_MS_MAX, unit: 'ms', meaning: 'spent on one finding; --minimize-time' },
  { name: 'last shrinking', value: SHRINK_LAST_MS_MAX, unit: 'ms', meaning: 'when the campaign is over' },
  { name: 'marks', value: EXPLORE_MARKS_MAX, unit: 'marks', meaning: 'of an exploration, buckets included' },
  { name: 'input events', value: INPUT_EVENTS_PER_SECOND_MAX, unit: 'a second', meaning: 'further ones are counted' },
  { name: 'events', value: EVENTS_QUEUED_MAX, unit: 'events', meaning: 'waiting for a slow reader' },
  {
    name: 'recommended tokens',
    value: RECOMMENDED_TOKENS_MAX,
    unit: 'tokens',
    meaning: 'of the dictionary at the end of a run',
  },
  { name: 'warnings', value: WARNINGS_MAX, unit: 'warnings', meaning: 'reported by one campaign' },
  { name: 'shown code', value: SHOWN_MODULE_BYTES_MAX, unit: 'bytes', meaning: 'of a module; none of a larger one' },
  {
    name: 'snapshots',
    value: SNAPSHOT_BYTES_MAX,
    unit: 'bytes',
    meaning: 'kept while exploring; others are run to again',
  },
  { name: 'remembered', value: SNAPSHOT_HANDLES_MAX, unit: 'snapshots', meaning: 'whose moments are known to be held' },
  { name: 'results', value: EXPLORE_RESULT_BYTES, unit: 'bytes', meaning: 'of timelines, read at once' },
  { name: 'mark texts', value: EXPLORE_MARK_BYTES_MAX, unit: 'bytes', meaning: 'messages and values of marks' },
  { name: 'cache', value: CACHE_FILES_MAX, unit: 'modules', meaning: 'instrumented modules kept on disk' },
]

/** The step limit that stands for a timeout. */
export function fuelOf(timeoutMs: number): number {
  return Math.max(1_000, Math.min(FUEL_MAX, Math.round(timeoutMs * FUEL_PER_MS)))
}

/** How long one execution may show no end before its worker is given up: far longer than fuel allows. */
export function patienceMsOf(timeoutMs: number): number {
  return Math.max(WATCHDOG_MS, WATCHDOG_TIMEOUTS * timeoutMs)
}
