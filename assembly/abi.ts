// The contract between the engine, the code that our passes insert, and the host.
//
// asc and tsc both compile this file, so it holds plain constants and nothing else. Inserted code contains these
// addresses and instrumented modules are cached: whoever moves one raises ABI_VERSION.
//
//   engine memory (the target imports it as "fuzzbox" "memory", beside its own)
//
//   0x0000_0000 ┌──────────────────────────┐ never written: a null pointer of ours reads zeros
//   0x0000_0400 │ control block            │ CONTROL_*: words that engine, inserted code and host exchange
//   0x0000_1000 │ static data of the engine│ placed by asc (--memoryBase)
//   0x000f_0000 │ simulation               │ EXPLORE_*: random stream, violations and discoveries of a timeline
//   0x0010_0000 │ function flags           │ 1 byte per instrumented function: "entered in this run"
//   0x0020_0000 │ page marks               │ 1 byte per granule of the target's memory: "written in this run"
//   0x00a0_0000 │ host state               │ files, clock, random numbers, output of a run: see assembly/wasi/state.ts
//   0x00b0_0000 │ input                    │ the bytes of the execution under way
//   0x00c0_0000 │ Asyncify stack           │ the explorer's
//   0x0100_0000 │ counters                 │ 1 u32 per edge, dense
//   0x0200_0000 │ compares                 │ what the compares build logs: drawn below
//   0x0210_0000 └──────────────────────────┘ from here on assembly/memory.ts lays out the rest

/** Raised whenever a constant of this file changes; part of every cache key. */
export const ABI_VERSION = 16

/** A page of WebAssembly's. */
export const PAGE_BYTES = 0x0001_0000

export const CONTROL_BASE = 0x0000_0400
export const CONTROL_BYTES = 0x0000_0400
export const STATIC_BASE = 0x0000_1000

export const FLAGS_BASE = 0x0010_0000
/** Functions that can carry a flag; a module with more is refused. */
export const FUNCTIONS_MAX = 0x0010_0000

export const MARKS_BASE = 0x0020_0000
/** One mark for each 512 bytes of a 4 GiB address space: no index that a 32-bit address yields can leave the region. */
export const MARKS_BYTES = 0x0080_0000
/** log2 of the smallest granule. */
export const GRANULE_SHIFT_MIN = 9
/** Restore copies a written granule and this many bytes more, because a store is marked by its first byte only. */
export const GRANULE_SLACK_BYTES = 64

/** What the functions that a target may import keep: assembly/wasi/state.ts draws it. Its first 64 KiB is captured output. */
export const HOST_BASE = 0x00a0_0000
export const HOST_BYTES = 0x0010_0000
/** Standard output and error of the last run; what exceeds this is counted as written and dropped. */
export const OUTPUT_BASE = 0x00a0_0000
export const OUTPUT_MAX = 0x0001_0000

export const INPUT_BASE = 0x00b0_0000
/** Largest input; bytes. */
export const INPUT_MAX = 0x0010_0000

export const ASYNCIFY_BASE = 0x00c0_0000
export const ASYNCIFY_BYTES = 0x0040_0000
/** Where Asyncify keeps the end of its stack … */
export const ASYNCIFY_POSITION = 0x00c0_0000
/** … and looks for how far it may go. */
export const ASYNCIFY_END = 0x00c0_0004
/** Set by inserted code when frames did not fit: what was unwound cannot be rewound. */
export const ASYNCIFY_OVERFLOW = 0x00c0_0008
/** First byte of the stack itself. */
export const ASYNCIFY_STACK = 0x00c0_0010

export const COUNTERS_BASE = 0x0100_0000
/** Edges that can carry a counter; a module with more is refused. */
export const EDGES_MAX = 0x0040_0000

/** First address that assembly/memory.ts may hand out. */
export const DYNAMIC_BASE = 0x0210_0000

// ── compares: what a run of the compares build (instrument/passes/compares.ts) leaves behind ───────────────────────
//
//   COMPARES_LOG    records of 32 bytes, the first CONTROL_COMPARES_LOG bytes of them written
//                     + 0  site      u32  which compare of the module
//                     + 4  kind      u8   COMPARE_*
//                     + 5  width     u8   bytes of an operand: 1, 2, 4, 8, or 16 and more for bytes
//                     + 6  flags     u8   COMPARE_FLAG_*
//                     + 7  hit       u8   how often this site was logged before, in this run
//                     + 8  left      u64  the operands, zero-extended; of bytes their addresses in the target, 0 for a vector
//                     +16  right     u64
//                     +24  slot      u32  of bytes: which slot of COMPARES_BYTES_BASE holds them
//                     +28  lengths   2 × u16  of bytes: how many of them are there, left and right
//   COMPARES_BYTES  slots of 256 bytes: 128 for the left, 128 for the right; CONTROL_COMPARES_SLOTS of them used
//   COMPARES_HITS   u8 per site

export const COMPARES_LOG_BASE = 0x0200_0000
export const COMPARES_LOG_BYTES = 0x0004_0000
export const COMPARES_BYTES_BASE = 0x0204_0000
export const COMPARES_SLOTS_MAX = 0x0400
export const COMPARES_SLOT_BYTES = 0x0100
/** Bytes of one side of a slot. */
export const COMPARES_SIDE_BYTES = 0x80
export const COMPARES_HITS_BASE = 0x0208_0000
/** Compares that a module can log; those beyond are not logged. */
export const COMPARES_SITES_MAX = 0x0001_0000
export const COMPARE_RECORD_BYTES = 32
export const COMPARE_SITE = 0
export const COMPARE_KIND = 4
export const COMPARE_WIDTH = 5
export const COMPARE_FLAGS = 6
export const COMPARE_HIT = 7
export const COMPARE_LEFT = 8
export const COMPARE_RIGHT = 16
export const COMPARE_SLOT = 24
export const COMPARE_LENGTH_LEFT = 28
export const COMPARE_LENGTH_RIGHT = 30
/** Records of one site in one run; a site of bytes is called from many places, so it has more. */
export const COMPARE_HITS_MAX = 16
export const COMPARE_BYTES_HITS_MAX = 64

/** eq, ne, and what comes down to one: a difference or an exclusive or that is tested for zero. */
export const COMPARE_EQUAL = 0
/** lt, le, gt, ge of integers. */
export const COMPARE_ORDER = 1
/** The same of f32 or f64: operands are their bits. */
export const COMPARE_FLOAT_EQUAL = 2
export const COMPARE_FLOAT_ORDER = 3
/** A br_table: left is the value, right the number of its cases. */
export const COMPARE_SWITCH = 4
/** So many bytes at two places: memcmp, or a vector. */
export const COMPARE_BYTES = 5
/** Bytes at two places that end with a zero: strcmp. */
export const COMPARE_TEXT = 6
/** Bytes at two places from which single ones are loaded and compared: where they end is not known. */
export const COMPARE_PLACES = 7

export const COMPARE_FLAG_LEFT_CONSTANT = 1
export const COMPARE_FLAG_RIGHT_CONSTANT = 2
export const COMPARE_FLAG_SIGNED = 4
/** Whether any of some bits is set: left is the value, right the bits. The engine takes it for their meeting and zero. */
export const COMPARE_FLAG_MASK = 8

// ── signals: edges behind those of target and harness, lit by what the target says of itself (assembly/signals.ts) ──
//
//   CONTROL_SIGNALS ┌──────────────┐ values: one edge each for what `set` and `state` were told
//                   ├──────────────┤ levels: SIGNAL_LEVEL_EDGES for each extreme, one feature a level
//                   ├──────────────┤ improved: one edge for each extreme, lit by a run that is better than all before it
//                   └──────────────┘

export const SIGNAL_VALUES = 0x2000
/** Extremes: what is maximised, minimised or a distance. */
export const SIGNAL_SLOTS = 128
export const SIGNAL_LEVEL_EDGES = 32
/** Edges that share a function flag. */
export const SIGNAL_GROUP = 32
/** All of them, SIGNAL_VALUES + SIGNAL_SLOTS * (SIGNAL_LEVEL_EDGES + 1), and their flags. */
export const SIGNAL_EDGES = 12416
export const SIGNAL_FLAGS = 388

// ── measures: edges between those of the code and the signals, lit by how deep calls nest and how much memory a run takes ──

/** First of three: depth up to 128; depth in units of 64; pages grown. Which of them, to `measure`: MEASURE_*. */
export const MEASURE_EDGES = 3
export const MEASURE_DEPTH = 0
export const MEASURE_GROWTH = 1

// ── dictionary: assembly/dictionary.ts draws it ────────────────────────────────────────────────────────────────────

/** Tokens that the host may write; the engine keeps room for learned ones behind them. */
export const TOKENS_USER_MAX = 4096
/** Longest token: its slot holds its length in one byte, then the token. */
export const TOKEN_BYTES_MAX = 127
export const TOKEN_SLOT_BYTES = 128
export const DICTIONARY_HEADER_BYTES = 16
/** Tokens that instrumentation found in the module: constants that it compares with, strings in its data. */
export const TOKENS_STATIC_MAX = 512

// ── control block: u32 words ────────────────────────────────────────────────────────────────────────────────────────

/** Why inserted code or an engine function executed `unreachable`: a REASON_* code, 0 for a trap of the target's own. */
export const CONTROL_REASON = 0x0000_0400
/** Detail of the reason: exit status, index of the import in the module map, requested pages; see REASON_*. */
export const CONTROL_DETAIL = 0x0000_0404
/** Message that goes with the reason: address in the ENGINE's memory and length in bytes; length 0 means none. */
export const CONTROL_MESSAGE = 0x0000_0408
export const CONTROL_MESSAGE_BYTES = 0x0000_040c
/** Set by inserted code when the run changed state that a restore cannot bring back (data.drop, table.grow …). */
export const CONTROL_STATE_LOST = 0x0000_0410
/** Work of bulk operations in this run, in units of 16 bytes; compared with the fuel limit, cleared by `run`. */
export const CONTROL_BULK_FUEL = 0x0000_0414
/** Where the input lives in the TARGET's memory; written once by the host before the base snapshot. */
export const CONTROL_INPUT_ADDRESS = 0x0000_0418
/** Bytes of the target's input buffer that may be non-zero: what `run` must clear when the next input is shorter. */
export const CONTROL_INPUT_DIRTY = 0x0000_041c
/** Length of the input of the execution under way; written by the engine before the call. */
export const CONTROL_INPUT_LENGTH = 0x0000_0420
/** 1 where slots 10 and 11 hold the harness's functions; written by the host together with the slots. */
export const CONTROL_HARNESS = 0x0000_0424
/** The fuel limit again, for work that the engine's functions do for the target; written by the host, 0 for none. */
export const CONTROL_FUEL = 0x0000_0428
/** Where a simulation's draws come from and what its marks do: MODE_*; written by the host before a run. */
export const CONTROL_MODE = 0x0000_042c
/** What a call of a mark does while a simulation is explored: STATE_*. */
export const EXPLORE_STATE = 0x0000_0430
/** u64: draws since the last reseed after which the next one comes by itself; all ones where none is listed. */
export const EXPLORE_RESEED_AT = 0x0000_0438
/** Bytes of records, and slots, that the compares build has written in this run. */
export const CONTROL_COMPARES_LOG = 0x0000_0440
export const CONTROL_COMPARES_SLOTS = 0x0000_0444
/** What is added to a SLOT_* of the target: 0, or SLOT_COMPARES while the second instance runs. */
export const CONTROL_SLOTS = 0x0000_0448
/** First edge, and first function flag, of the target's signals; 0 where there are none, or nobody listens. */
export const CONTROL_SIGNALS = 0x0000_044c
export const CONTROL_SIGNALS_FLAG = 0x0000_0468
/** First edge, and the function flag, of the measures; 0 where the code neither recurses nor grows its memory. */
export const CONTROL_MEASURES = 0x0000_045c
export const CONTROL_MEASURES_FLAG = 0x0000_0464
/** Which mutators of its own the target has: a sum of MUTATOR_*. Written before `ready`. */
export const CONTROL_MUTATORS = 0x0000_046c
/** In the TARGET's memory: room for two inputs, which the crossover needs beside that at CONTROL_INPUT_ADDRESS. */
export const CONTROL_MUTATOR_PLACE = 0x0000_0470
/**
 * Present size in bytes of the target's memory, and of the second instance's, where they lie in the engine's (the layout
 * with one memory): kept by lowered code, 0 where each memory is one of its own.
 */
export const CONTROL_TARGET_BYTES = 0x0000_0450
export const CONTROL_COMPARES_BYTES = 0x0000_0454
/** Mechanisms of the search that are left out, for measurements: a sum of WITHOUT_*. Written before `ready`. */
export const CONTROL_WITHOUT = 0x0000_0460
/** The engine's own words start here; assembly/control.ts names the others. */
export const CONTROL_ENGINE = 0x0000_0480
/** u64: runs of the target so far, the one under way included. */
export const CONTROL_EXECUTIONS = 0x0000_0480
/** Which call of the target is under way: PHASE_*. */
export const CONTROL_PHASE = 0x0000_0488

/** Draws come from the input, and a mark that is violated ends the run. */
export const MODE_RUN = 0
/** Draws come from a seeded stream, and marks are kept in a table: assembly/explore/. */
export const MODE_EXPLORE = 1

/** Marks do what they are for. */
export const STATE_LIVE = 0
/** The target is being rewound: the next mark called is the one it was left in. */
export const STATE_REWINDING = 1
/** The run is on its way to a moment it has come to before: calls of marks are counted, no more. */
export const STATE_SILENT = 2
/** No timeline is under way: start functions and initialisers run. */
export const STATE_OUTSIDE = 3

/** No call of the target is under way. */
export const PHASE_IDLE = 0
/** The loop runs a mutant. */
export const PHASE_MUTANT = 1
/** An input that the host offered runs for the first time. */
export const PHASE_OFFERED = 2
/** An input that looked new runs for the second time. */
export const PHASE_CONFIRM = 3
/** The host wants one run; nothing is learned from it. */
export const PHASE_ONCE = 4
/** A shorter form of an input that was found runs, to see whether it does as well. */
export const PHASE_TRIM = 5
/** An input runs in the compares build. */
export const PHASE_COMPARES = 6
/** A changed form of an input runs, to see whether its bytes matter. */
export const PHASE_COLORIZE = 7
/** What was made of a compare's operands runs. */
export const PHASE_CANDIDATE = 8
/** The target's own mutator makes an input: no execution. */
export const PHASE_MUTATOR = 9

export const MUTATOR_CHANGES = 1
export const MUTATOR_CROSSES = 2

// What CONTROL_WITHOUT can leave out; the names by which users know them are in src/core/mechanisms.ts.

/** Energy by entropy and the favoured set: without it an entry's rarest edge and its finds decide. */
export const WITHOUT_ENERGY = 1
/** Batches that grow while they find something. */
export const WITHOUT_STRETCH = 2
/** The second build, and all that is made of what it logs. */
export const WITHOUT_COMPARES = 4
/** Tokens that were learned from compares, or found in the module. */
export const WITHOUT_TOKENS = 8
/** Mutants whose broken compares are mended, when nothing is found any more. */
export const WITHOUT_REPAIR = 16
/** Operators on numbers, words and brackets of texts. */
export const WITHOUT_TEXT = 32
/** Operators that bring in parts of other entries. */
export const WITHOUT_CROSSOVER = 64
/** Inputs that come nearer to a compare, when nothing is found any more. */
export const WITHOUT_FRONTIER = 128
/** Compares of what was decoded, reversed, or is text of a number. */
export const WITHOUT_ENCODINGS = 256
/** Inputs that start short. */
export const WITHOUT_LENGTH_CONTROL = 512
/** The shortening of inputs that were found. */
export const WITHOUT_TRIM = 1024
/** Call depth and memory growth as features. */
export const WITHOUT_MEASURES = 2048
/** Functions that compare strings, known by their names or as exports. */
export const WITHOUT_ROUTINES = 4096
/** What lies where two compared bytes were loaded: loops over two strings, also inlined ones. */
export const WITHOUT_SHAPES = 8192
/** Compares of vectors. */
export const WITHOUT_VECTORS = 0x4000

/** How many arguments the entry of a typed target takes; 0 for a target that takes bytes. Written before `ready`. */
export const CONTROL_ARGUMENTS = 0x0000_0600
/** One word for each of them: ARGUMENT_* | bytes in the record << 8 | bytes that carry its value << 16. */
export const CONTROL_ARGUMENT_WORDS = 0x0000_0604
/** Arguments that an entry may take; one with more is refused. */
export const ARGUMENTS_MAX = 64

// ── arguments of a typed target: assembly/record.ts draws the record that holds them ────────────────────────────────

export const ARGUMENT_SIGNED = 0
export const ARGUMENT_UNSIGNED = 1
export const ARGUMENT_FLOAT = 2
export const ARGUMENT_BOOL = 3
export const ARGUMENT_RUNE = 4
/** These two have no width: a length of 32 bits, then so many bytes. */
export const ARGUMENT_BYTES = 5
export const ARGUMENT_STRING = 6
/** Zeros, at least, that stand in the target's memory between the bytes of one argument and those of the next. */
export const ARGUMENT_GAP_BYTES = 16
/** Most that one argument of bytes takes of the input's place on top of its own bytes: the gap, and up to 16 again. */
export const ARGUMENT_GAP_BYTES_MAX = 32

// ── reasons ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export const REASON_NONE = 0
/** A counter reached the fuel limit: the run is taken for a hang. */
export const REASON_FUEL = 1
/** More nested calls than the depth limit. */
export const REASON_DEPTH = 2
/** memory.grow or table.grow beyond the limit of the sandbox; detail: pages or entries asked for. */
export const REASON_MEMORY = 3
/** proc_exit or its like; detail: status. A status of 0 ends the run without a finding. */
export const REASON_EXIT = 4
/** abort, assert, panic or throw reported through an import; message: its text. */
export const REASON_ABORT = 5
/** A call of an import that the sandbox does not provide; detail: index in ModuleMap.imports. */
export const REASON_IMPORT = 6
/** A C++ or longjmp throw through an import of Emscripten's, which nothing caught; message: what is known of it. */
export const REASON_THROW = 7
/** A mark of the simulation's that must not come to pass did; message: its text, " | " and its details, if any. */
export const REASON_VIOLATION = 8
/** The timeline was to end at a discovery, in a module that cannot be left otherwise. No trap of anybody's. */
export const REASON_STOPPED = 9
/** A moment was not met again on the way that once led there. */
export const REASON_DIVERGED = 10

// ── table slots: the engine calls the target through these, Wasm to Wasm ────────────────────────────────────────────

/** () nothing: slot 0 stays null so that a zeroed index traps. */
export const SLOT_NULL = 0
/** run(length: i32) → i32: copies the input in, calls the entry, returns its result (0 where it returns nothing). */
export const SLOT_RUN = 1
/** restore(image: i32): written granules, globals and tables back to the image; marks cleared. */
export const SLOT_RESTORE = 2
/** capture(image: i32): writes globals and the whole memory to the image, tables to their shadow; marks cleared. */
export const SLOT_CAPTURE = 3
/** peek(address: i32) → i32: one unsigned byte of the target's memory; traps out of bounds, like all that follow. */
export const SLOT_PEEK = 4
/** poke(address: i32, value: i32): writes one byte to the target's memory and marks it. */
export const SLOT_POKE = 5
/** copyIn(target: i32, engine: i32, bytes: i32): engine memory → target memory, marked. */
export const SLOT_COPY_IN = 6
/** copyOut(engine: i32, target: i32, bytes: i32): target memory → engine memory. */
export const SLOT_COPY_OUT = 7
/** grow(pages: i32) → i32: memory.grow as the target would do it (virtual size, limit), for resize-heap imports. */
export const SLOT_GROW = 8
/** size() → i32: memory.size as the target sees it, in pages of 64 KiB. */
export const SLOT_SIZE = 9
/** The harness's own restore and capture of globals; null without a harness. Same signatures as slots 2 and 3. */
export const SLOT_HARNESS_RESTORE = 10
export const SLOT_HARNESS_CAPTURE = 11
/** saveState(at: i32) → i32: numeric globals to `at`, 16 bytes each; 1 where a table was written since the base snapshot. */
export const SLOT_SAVE_STATE = 12
/** loadState(view: i32, at: i32): written granules from where `view` says, globals from `at`, tables as in the base. */
export const SLOT_LOAD_STATE = 13
/** Asyncify's own: start_unwind(data: i32), stop_unwind(), start_rewind(data: i32), stop_rewind(). */
export const SLOT_START_UNWIND = 14
export const SLOT_STOP_UNWIND = 15
export const SLOT_START_REWIND = 16
export const SLOT_STOP_REWIND = 17
/** peekLong(address: i32) → i64: eight bytes of the target's memory, at any address. */
export const SLOT_PEEK_LONG = 18
/** The target's LLVMFuzzerCustomMutator(data, size, most, seed) → size, LLVMFuzzerCustomCrossOver(…); null without them. */
export const SLOT_MUTATE = 19
export const SLOT_CROSS_OVER = 20
/**
 * mixWords(hash: i64, address: i32, words: i32) → i64: so many words of 8 bytes of the target's memory, one at least, folded
 * into a hash. Only of a target that was built to be explored.
 */
export const SLOT_MIX_WORDS = 21
/** The second instance of the target, which is its compares build: all slots above again. */
export const SLOT_COMPARES = 32
/** First slot that asc uses for functions of the engine (--tableBase). */
export const SLOTS_END = 64

// ── what the engine tells the host ──────────────────────────────────────────────────────────────────────────────────

/** How a slice ends; a trap ends it too, as an exception in JavaScript. */
export const SLICE_BUDGET = 0
export const SLICE_DISCOVERIES_FULL = 1
export const SLICE_STATE_LOST = 2
export const SLICE_CORPUS_FULL = 3
/** An instance of the compares build is wanted: the host links one and calls `comparesReady`, or `comparesRefused`. */
export const SLICE_COMPARES = 4

/** Regions whose addresses the host may ask for. u32 per function flag and one more: first edge id of each function. */
export const REGION_FUNCTION_STARTS = 0
/** Trace of the last `observeTrace`: pairs of u32 (edge id, raw count), `traceLength` of them. */
export const REGION_TRACE = 1
/** Records of DISCOVERY_*, drained by the host after each slice. */
export const REGION_DISCOVERIES = 2
/** Dictionary tokens, written by the host before `ready`; assembly/dictionary.ts draws it. */
export const REGION_DICTIONARY = 3
/** The base snapshot image. */
export const REGION_IMAGE = 4
/** u8 per edge: the one-hot buckets seen so far (0 = edge never reached). */
export const REGION_SEEN = 5
/** Captured output of the run (stdout and stderr), `outputLength` bytes. */
export const REGION_OUTPUT = 6
/** u8 per edge: the buckets that runs which trapped have reached. */
export const REGION_CRASH_SEEN = 7
/** u32 per edge: how many of the runs that were sampled, `hitSamples` of them, reached it. */
export const REGION_EDGE_HITS = 10

/** Records of MARK_*, one for each mark met so far, `marksLength` of them. */
export const REGION_MARKS = 20
/** u32 each: indices of the marks that changed since `marksTold`, `marksChanged` of them. */
export const REGION_MARKS_CHANGED = 21

/** u32 each: edges on which two runs of one input differed, `unstableEdges` of them, in the order they were met. */
export const REGION_UNSTABLE = 8
/** u32 each: features (edge << 8 | bucket) that the last input was first to reach, `learnedLength` of them. */
export const REGION_LEARNED = 9

/** Stands for a corpus entry where there is none. */
export const ENTRY_NONE = 0xffff_ffff

/** A new corpus entry. */
export const DISCOVERY_NEW = 0
/** A shorter input for the entry named; its features are those the entry owns. */
export const DISCOVERY_REDUCED = 1

// A record, at multiples of 8, one after the other. Features follow the header, u32 each, edge << 8 | bucket, in no
// order; then the input, then the one that it replaces.

/** u32: bytes of this record, padding to a multiple of 8 included. */
export const DISCOVERY_BYTES = 0
/** u32: DISCOVERY_NEW or DISCOVERY_REDUCED. */
export const DISCOVERY_KIND = 4
/** u32: corpus entry, or ENTRY_NONE where the corpus was full. */
export const DISCOVERY_ENTRY = 8
/** u32: entry it was made from, or ENTRY_NONE. */
export const DISCOVERY_PARENT = 12
/** u64: executions, when it was found. */
export const DISCOVERY_EXECUTIONS = 16
/** u32: how many features follow. */
export const DISCOVERY_FEATURES = 24
/** u32: how many of them are first buckets of their edge. */
export const DISCOVERY_NEW_EDGES = 28
/** u32: bytes of the input. */
export const DISCOVERY_LENGTH = 32
/** u32: sum of all counters. */
export const DISCOVERY_COST = 36
/** 8 bytes: ids plus one of the operators, the last first; see assembly/control.ts. */
export const DISCOVERY_OPERATORS = 40
/** u64: hash of the trace. */
export const DISCOVERY_TRACE_HASH = 48
/** u32: bytes of the input that it replaces; 0 for a new entry. */
export const DISCOVERY_REPLACED = 56
export const DISCOVERY_HEADER_BYTES = 64

// ── simulations: what a timeline is, see assembly/explore/seam.ts ───────────────────────────────────────────────────
//
//   EXPLORE_RUN_BASE   ┌────────────────────┐
//   +0x00              │ words              │ EXPLORE_*                       all of this region is part of a snapshot;
//   +0x80              │ violations         │ VIOLATION_* records, so many    nothing behind EXPLORE_USED need be copied
//   MARK_EXCHANGE_BASE ├────────────────────┤
//                      │ message, values    │ one mark on its way between host and engine
//   EXPLORE_FOUND_BASE ├────────────────────┤
//   +0x00              │ how many, lost     │ u32 each
//   +0x10              │ discoveries        │ FOUND_* records of the timeline under way
//                      └────────────────────┘

export const EXPLORE_RUN_BASE = 0x000f_0000
export const EXPLORE_RUN_BYTES = 0x0000_4000
/** 16 bytes: state of the random stream. */
export const EXPLORE_STREAM = 0x000f_0000
/** u64: draws since the last reseed. */
export const EXPLORE_DRAWS = 0x000f_0010
/** u64: calls of marks since the program's start, the one under way included. */
export const EXPLORE_MARK_CALLS = 0x000f_0018
/** u32: bytes of the region that hold anything. */
export const EXPLORE_USED = 0x000f_0020
/** u32: violations listed; one mark is listed once. */
export const EXPLORE_VIOLATIONS = 0x000f_0024
/** u32: violations of further marks, for which there was no room. */
export const EXPLORE_VIOLATIONS_LOST = 0x000f_0028
/** u32: bytes of the input that draws have used up; only of MODE_RUN. */
export const EXPLORE_CURSOR = 0x000f_002c
/** u32: reseeds that have come on the way, in a timeline that has some ahead. */
export const EXPLORE_RESEEDS = 0x000f_0030
/** First violation; the words up to here are spare. */
export const EXPLORE_VIOLATIONS_BASE = 0x000f_0080

/** u64: the mark's id. */
export const VIOLATION_ID = 0
/** u32: bytes of its message and of the details, which follow the record; padded to a multiple of 8. */
export const VIOLATION_MESSAGE_BYTES = 8
export const VIOLATION_DETAILS_BYTES = 12
/** u64: EXPLORE_DRAWS and EXPLORE_MARK_CALLS as they were. */
export const VIOLATION_DRAWS = 16
export const VIOLATION_MARK_CALLS = 24
/** u32: reseeds that had come on the way. */
export const VIOLATION_RESEEDS = 32
export const VIOLATION_HEADER_BYTES = 40

export const EXPLORE_FOUND_BASE = 0x000f_9000
/** Discoveries that are told of one timeline; more are counted. */
export const EXPLORE_FOUND_MAX = 255
export const EXPLORE_FOUND_LOST = 0x000f_9004
export const EXPLORE_FOUND_RECORDS = 0x000f_9010
/** u32: index of the mark. */
export const FOUND_MARK = 0
/** u32: handle of the snapshot that was taken there; 0 for none. */
export const FOUND_SNAPSHOT = 4
/** i64: value, count of true conditions, or 1. */
export const FOUND_VALUE = 8
/** u64: EXPLORE_DRAWS and EXPLORE_MARK_CALLS as they were. */
export const FOUND_DRAWS = 16
export const FOUND_MARK_CALLS = 24
/** u32 each: reseeds that had come on the way, and how many qualities the bucket has; i64 each: the first of them. */
export const FOUND_RESEEDS = 32
export const FOUND_QUALITY_COUNT = 36
export const FOUND_QUALITIES = 40
export const FOUND_QUALITIES_MAX = 5
export const FOUND_BYTES = 80

/** Room for the longest message, then keys, then qualities. */
export const MARK_EXCHANGE_BASE = 0x000f_6000
/** Bytes of a message that count; what is longer is cut. */
export const MARK_MESSAGE_MAX = 0x0000_0400
export const MARK_EXCHANGE_KEYS = 0x000f_7000
export const MARK_EXCHANGE_QUALITIES = 0x000f_7800
/** Keys, or qualities, of one bucket that count. */
export const MARK_VALUES_MAX = 64
/** Or-ed to the length of a message of UTF-16: that of a string of AssemblyScript's, in units. */
export const MARK_UTF16 = 0x8000_0000

// Kinds of marks, in the order of MarkKind in src/core/explore/timelines.ts.
export const MARK_ALWAYS = 0
export const MARK_ALWAYS_OR_UNREACHABLE = 1
export const MARK_SOMETIMES = 2
export const MARK_REACHABLE = 3
export const MARK_UNREACHABLE = 4
export const MARK_ALWAYS_GT = 5
export const MARK_ALWAYS_GE = 6
export const MARK_ALWAYS_LT = 7
export const MARK_ALWAYS_LE = 8
export const MARK_SOMETIMES_GT = 9
export const MARK_SOMETIMES_GE = 10
export const MARK_SOMETIMES_LT = 11
export const MARK_SOMETIMES_LE = 12
export const MARK_SOMETIMES_ALL = 13
export const MARK_EACH = 14

// A record of the mark table.

/** u64: hash over kind, message and keys. */
export const MARK_ID = 0
/** u8 each: MARK_* kind; MARK_DISCOVERED and its like; how many keys; how many qualities. */
export const MARK_KIND = 8
export const MARK_FLAGS = 9
export const MARK_KEY_COUNT = 10
export const MARK_QUALITY_COUNT = 11
/** u32: message (UTF-8), its bytes, and the addresses of keys and of the best quality, i64 each. */
export const MARK_MESSAGE = 12
export const MARK_MESSAGE_BYTES = 16
export const MARK_KEYS = 20
export const MARK_QUALITIES = 24
/** u32: most conditions that were true at once. */
export const MARK_FRONTIER = 28
export const MARK_PASSES = 32
export const MARK_FAILS = 40
/** i64: best value met, or worst of an `always`; it stands for nothing before MARK_VALUED is set. */
export const MARK_WATERMARK = 48
export const MARK_BYTES = 64

export const MARK_DISCOVERED = 1
export const MARK_VALUED = 2
/** It is in the list of changed ones. */
export const MARK_CHANGED = 4

// ── jobs of the explorer: assembly/explore/timelines.ts ─────────────────────────────────────────────────────────────

/** The job, written by the host. */
export const REGION_JOB = 22
/** Records of TIMELINE_*, one for each timeline that has come to its end, `exploreResults` bytes. */
export const REGION_RESULTS = 23

/** u64 each: where its timelines begin, the draws since the last reseed and the calls of marks since the start. */
export const JOB_ROOT_SEED = 0
export const JOB_DRAWS = 8
/** 0 stands for the start of the program; reseeds then belong to the timelines themselves. */
export const JOB_MARK_CALLS = 16
/** u32: handle of a snapshot of that moment, or 0. */
export const JOB_SNAPSHOT = 24
/** u32: JOB_STOP and its like. */
export const JOB_FLAGS = 28
/** u32: timelines; reseeds on the way to the moment. */
export const JOB_CHILDREN = 32
export const JOB_RESEEDS_COUNT = 36
/** u32: handle of a snapshot on the way, or 0; how many of the reseeds come before it. */
export const JOB_ANCHOR = 40
export const JOB_ANCHOR_DONE = 44
export const JOB_ANCHOR_DRAWS = 48
export const JOB_ANCHOR_CALLS = 56
/** A seed u64 and whether there is one u64, for each timeline. */
export const JOB_SEEDS = 64
export const JOB_CHILDREN_MAX = 4096
/** Draws u64 and seed u64 for each reseed, behind room for all seeds. */
export const JOB_RESEEDS = 0x0001_0040
export const JOB_RESEEDS_MAX = 0x0001_0000

/** Timelines end at their first discovery. */
export const JOB_STOP = 1
/** The memory is hashed at their end. */
export const JOB_HASH = 2
/** Nothing is forked, and no snapshot used: for tests, and to check a recipe. */
export const JOB_REPLAY = 4

export const WORK_DONE = 0
/** The results have to be read first. */
export const WORK_FULL = 1
/** The target has to be instantiated anew first. */
export const WORK_LOST = 2
/** The program did not come by the job's moment. */
export const WORK_DIVERGED = 3

/** u32: bytes of this record, at multiples of 8. */
export const TIMELINE_BYTES = 0
/** u32: TIMELINE_RETURNED and its like, and what the entry returned. */
export const TIMELINE_KIND = 4
export const TIMELINE_RESULT = 8
/** u32: handle of the snapshot at its end, or 0. */
export const TIMELINE_END_SNAPSHOT = 12
/** u64 each: the moment of its end, what it cost, and the hash of its memory. */
export const TIMELINE_END_DRAWS = 16
export const TIMELINE_END_MARK_CALLS = 24
export const TIMELINE_DRAWS = 32
export const TIMELINE_FUEL = 40
export const TIMELINE_HASH = 48
/** u32 each: how many FOUND_* records, VIOLATION_* records and features (edge << 8 | bucket) follow, in this order. */
export const TIMELINE_FOUND = 56
export const TIMELINE_VIOLATIONS = 60
export const TIMELINE_VIOLATION_BYTES = 64
export const TIMELINE_FEATURES = 68
/** u32 each: discoveries and violations for which there was no room. */
export const TIMELINE_LOST = 72
/** u32: reseeds that had come on the way at its end. */
export const TIMELINE_RESEEDS = 80
export const TIMELINE_HEADER_BYTES = 88

export const TIMELINE_RETURNED = 0
/** It was ended at a discovery and can go on. */
export const TIMELINE_STOPPED = 1
export const TIMELINE_TRAPPED = 2

// ── snapshot image ──────────────────────────────────────────────────────────────────────────────────────────────────
//
//   image + 0          target globals,  16 bytes each
//   image + 0x0001_0000 harness globals, 16 bytes each
//   image + 0x0002_0000 memory

/** Mutable globals of one module that a snapshot can hold; a module with more is refused. */
export const GLOBALS_MAX = 0x0000_1000
export const IMAGE_HARNESS_GLOBALS = 0x0001_0000
export const IMAGE_MEMORY = 0x0002_0000
