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
//   0x0010_0000 │ function flags           │ 1 byte per instrumented function: "entered in this run"
//   0x0020_0000 │ page marks               │ 1 byte per granule of the target's memory: "written in this run"
//   0x00a0_0000 │ host state               │ files, clock, random numbers, output of a run: see assembly/wasi/state.ts
//   0x00b0_0000 │ input                    │ the bytes of the execution under way
//   0x00c0_0000 │ Asyncify stack           │ the explorer's
//   0x0100_0000 │ counters                 │ 1 u32 per edge, dense
//   0x0200_0000 └──────────────────────────┘ from here on assembly/memory.ts lays out the rest

/** Raised whenever a constant of this file changes; part of every cache key. */
export const ABI_VERSION = 5

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

export const COUNTERS_BASE = 0x0100_0000
/** Edges that can carry a counter; a module with more is refused. */
export const EDGES_MAX = 0x0040_0000

/** First address that assembly/memory.ts may hand out. */
export const DYNAMIC_BASE = 0x0200_0000

// ── dictionary: assembly/dictionary.ts draws it ────────────────────────────────────────────────────────────────────

/** Tokens that the host may write; the engine keeps room for learned ones behind them. */
export const TOKENS_USER_MAX = 4096
/** Longest token: its slot holds its length in one byte, then the token. */
export const TOKEN_BYTES_MAX = 127
export const TOKEN_SLOT_BYTES = 128
export const DICTIONARY_HEADER_BYTES = 16

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
/** Mechanisms of the search that are left out, for measurements: a sum of WITHOUT_*. Written before `ready`. */
export const CONTROL_WITHOUT = 0x0000_0460
/** The engine's own words start here; assembly/control.ts names the others. */
export const CONTROL_ENGINE = 0x0000_0480
/** u64: runs of the target so far, the one under way included. */
export const CONTROL_EXECUTIONS = 0x0000_0480
/** Which call of the target is under way: PHASE_*. */
export const CONTROL_PHASE = 0x0000_0488

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

// What CONTROL_WITHOUT can leave out; the names by which users know them are in src/core/mechanisms.ts.

/** Energy by entropy and the favoured set: without it an entry's rarest edge and its finds decide. */
export const WITHOUT_ENERGY = 1
/** Batches that grow while they find something. */
export const WITHOUT_STRETCH = 2
/** Operators on numbers, words and brackets of texts. */
export const WITHOUT_TEXT = 32
/** Operators that bring in parts of other entries. */
export const WITHOUT_CROSSOVER = 64
/** Inputs that start short. */
export const WITHOUT_LENGTH_CONTROL = 512
/** The shortening of inputs that were found. */
export const WITHOUT_TRIM = 1024

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
/** First slot that asc uses for functions of the engine (--tableBase). */
export const SLOTS_END = 32

// ── what the engine tells the host ──────────────────────────────────────────────────────────────────────────────────

/** How a slice ends; a trap ends it too, as an exception in JavaScript. */
export const SLICE_BUDGET = 0
export const SLICE_DISCOVERIES_FULL = 1
export const SLICE_STATE_LOST = 2
export const SLICE_CORPUS_FULL = 3

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

// ── snapshot image ──────────────────────────────────────────────────────────────────────────────────────────────────
//
//   image + 0          target globals,  16 bytes each
//   image + 0x0001_0000 harness globals, 16 bytes each
//   image + 0x0002_0000 memory

/** Mutable globals of one module that a snapshot can hold; a module with more is refused. */
export const GLOBALS_MAX = 0x0000_1000
export const IMAGE_HARNESS_GLOBALS = 0x0001_0000
export const IMAGE_MEMORY = 0x0002_0000
