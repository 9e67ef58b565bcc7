// Lays out everything above the fixed regions of abi.ts, once, in setup().
//
//   DYNAMIC_BASE ┌────────────────────┐ one vector of slack: a scan of the last counters may run over
//                │ function starts    │ u32 × (functions + 1)   first edge of each function
//                │ seen               │ u8  × edges             one-hot buckets reached so far
//                │ crash seen         │ u8  × edges             … reached by runs that trapped
//                │ edge hits          │ u32 × edges             how often a sampled run reached the edge
//                │ suspects           │ u32 × edges             features of a run that look new (coverage.ts)
//                │ trace              │ 2 u32 × edges           (edge, raw count) of the last traced run
//                │ unstable           │ u32 × edges             edges on which two runs of one input differed
//                │ scratch            │ input                   an input that waits for its second run
//                │ record             │ input                   what typed mutators change, as it was (mutate/typed)
//                │ trim               │ input                   an input that is being shortened (trim.ts)
//                │ trim features      │ u32 × edges             … and the features that it has to keep
//                │ dictionary         │ dictionary.ts
//                │ discoveries        │ discoveries.ts
//                │ entries            │ corpus.ts               one record per corpus entry
//                │ alias table        │ schedule.ts
//                │ rare columns       │ u8  × edges             energy.ts
//                │ local counts       │ 64 u8 × entries         … for the first entries
//                │ arena              │ corpus.ts               bytes and features of the entries
//                │ image              │ the base snapshot
//                └────────────────────┘
//
// Regions start on 64 bytes and have a vector of slack behind them, so that loops may read and copy whole vectors.
import {
  COUNTERS_BASE,
  DICTIONARY_HEADER_BYTES,
  DISCOVERY_HEADER_BYTES,
  DYNAMIC_BASE,
  EDGES_MAX,
  FLAGS_BASE,
  FUNCTIONS_MAX,
  IMAGE_MEMORY,
  INPUT_BASE,
  INPUT_MAX,
  PAGE_BYTES,
  TOKENS_STATIC_MAX,
  TOKENS_USER_MAX,
  TOKEN_SLOT_BYTES,
} from './abi'

/** Slots for dictionary tokens that the engine learns, behind the user's. */
export const TOKENS_AUTO_MAX: u32 = 256
export const ENTRY_BYTES: u32 = 64
/** Rare edges that the schedule tells apart, and entries for which it does. */
export const COLUMNS: u32 = 64
export const ROWS_MAX: u32 = 0x8000
/** Corpus bytes per entry record: inputs smaller than this on average fill the records before the arena. */
const ARENA_BYTES_PER_ENTRY: u32 = 64
const ENTRIES_MIN: u32 = 256
const DISCOVERIES_BYTES_MIN: u64 = 0x0010_0000
const SLACK_BYTES: u64 = 64

export let functions: u32 = 0
export let edges: u32 = 0
export let inputMax: u32 = 0
/** Bytes of a snapshot image. */
export let imageBytesMax: u32 = 0

export let functionStartsBase: usize = 0
export let seenBase: usize = 0
export let crashSeenBase: usize = 0
export let edgeHitsBase: usize = 0
export let suspectsBase: usize = 0
export let traceBase: usize = 0
export let unstableBase: usize = 0
export let scratchBase: usize = 0
export let recordBase: usize = 0
export let trimBase: usize = 0
export let trimFeaturesBase: usize = 0
export let dictionaryBase: usize = 0
export let discoveriesBase: usize = 0
export let discoveriesBytes: u32 = 0
export let entriesBase: usize = 0
export let entriesMax: u32 = 0
export let aliasBase: usize = 0
export let aliasWorkBase: usize = 0
export let rareColumnBase: usize = 0
export let localCountsBase: usize = 0
export let arenaBase: usize = 0
export let arenaBytes: u32 = 0
export let imageBase: usize = 0

/** Next free address; wider than an address, so that a layout that does not fit 4 GiB is seen as such. */
let cursor: u64 = 0

function place(bytes: u64): usize {
  const address = cursor
  cursor = (address + bytes + SLACK_BYTES + 63) & ~63
  return <usize>address
}

/**
 * Lays out and grows the memory. Returns 0, or the number of pages of 64 KiB that could not be had; the engine must not
 * be used then. A demand beyond the constants of abi.ts counts as a whole address space.
 */
export function layOut(
  functionCount: u32,
  edgeCount: u32,
  inputBytesMax: u32,
  corpusBytes: u32,
  imageBytes: u32,
): u32 {
  if (functionCount > <u32>FUNCTIONS_MAX || edgeCount > <u32>EDGES_MAX || inputBytesMax > <u32>INPUT_MAX) return 0x1_0000
  functions = functionCount
  edges = edgeCount
  inputMax = inputBytesMax
  imageBytesMax = max(imageBytes, <u32>IMAGE_MEMORY)
  entriesMax = max(ENTRIES_MIN, corpusBytes / ARENA_BYTES_PER_ENTRY)
  arenaBytes = corpusBytes
  // Room for two of the largest record, so that the ring can always take one more after a drain.
  const ringBytes = max(DISCOVERIES_BYTES_MIN, 2 * recordBytesMax())
  discoveriesBytes = <u32>ringBytes

  cursor = <u64>DYNAMIC_BASE + SLACK_BYTES
  functionStartsBase = place(4 * (<u64>functions + 1))
  seenBase = place(edges)
  crashSeenBase = place(edges)
  edgeHitsBase = place(4 * <u64>edges)
  suspectsBase = place(4 * <u64>edges)
  traceBase = place(8 * <u64>edges)
  unstableBase = place(4 * <u64>edges)
  scratchBase = place(inputMax)
  recordBase = place(inputMax)
  trimBase = place(inputMax)
  trimFeaturesBase = place(4 * <u64>edges)
  dictionaryBase = place(<u64>DICTIONARY_HEADER_BYTES + <u64>TOKEN_SLOT_BYTES * (<u64>TOKENS_USER_MAX + TOKENS_AUTO_MAX + TOKENS_STATIC_MAX))
  discoveriesBase = place(ringBytes)
  entriesBase = place(<u64>ENTRY_BYTES * entriesMax)
  aliasBase = place(8 * <u64>entriesMax)
  aliasWorkBase = place(4 * <u64>entriesMax)
  rareColumnBase = place(edges)
  localCountsBase = place(<u64>COLUMNS * min(entriesMax, ROWS_MAX))
  arenaBase = place(arenaBytes)
  cursor = (cursor + <u64>PAGE_BYTES - 1) & ~(<u64>PAGE_BYTES - 1)
  imageBase = place(imageBytesMax)

  return grow()
}

/**
 * Room behind everything else, for what only some campaigns need. Returns its address, or 0 where the memory cannot grow
 * so far.
 */
export function reserve(bytes: u64): usize {
  const before = cursor
  const address = place(bytes)
  if (cursor <= 0xffff_ffff && grow() == 0) return address
  cursor = before
  return 0
}

/** The same for whole pages, which begin at a page's start. */
export function reservePages(pages: u32): usize {
  const before = cursor
  cursor = (cursor + <u64>PAGE_BYTES - 1) & ~(<u64>PAGE_BYTES - 1)
  const address = reserve(<u64>pages * <u64>PAGE_BYTES)
  if (address == 0) cursor = before
  return address
}

/** Bytes of the largest discovery: all features, a longest input, and a longest one that it replaces. */
export function recordBytesMax(): u64 {
  return <u64>DISCOVERY_HEADER_BYTES + 4 * <u64>edges + 2 * <u64>inputMax + 8
}

/** Makes the memory reach the end of the layout. */
function grow(): u32 {
  const pages = (cursor + <u64>PAGE_BYTES - 1) / <u64>PAGE_BYTES
  const held = <u64>memory.size()
  if (pages <= held) return checkLayout()
  const lacked = <u32>(pages - held)
  if (pages > 0x1_0000 || memory.grow(<i32>lacked) < 0) return lacked
  return checkLayout()
}

/** A wrong layout would corrupt campaigns silently, so this is checked in release builds too: it costs one setup. */
function checkLayout(): u32 {
  const ordered =
    FLAGS_BASE + FUNCTIONS_MAX <= INPUT_BASE &&
    COUNTERS_BASE + 4 * EDGES_MAX <= DYNAMIC_BASE &&
    <usize>DYNAMIC_BASE < functionStartsBase &&
    functionStartsBase < seenBase &&
    seenBase + edges < crashSeenBase &&
    crashSeenBase + edges < edgeHitsBase &&
    edgeHitsBase + 4 * edges < suspectsBase &&
    suspectsBase + 4 * edges < traceBase &&
    traceBase + 8 * edges < unstableBase &&
    unstableBase + 4 * edges < scratchBase &&
    scratchBase + inputMax < recordBase &&
    recordBase + inputMax < trimBase &&
    trimBase + inputMax < trimFeaturesBase &&
    trimFeaturesBase + 4 * edges < dictionaryBase &&
    dictionaryBase < discoveriesBase &&
    discoveriesBase + discoveriesBytes < entriesBase &&
    entriesBase + ENTRY_BYTES * entriesMax < aliasBase &&
    aliasBase + 8 * entriesMax < aliasWorkBase &&
    aliasWorkBase + 4 * entriesMax < rareColumnBase &&
    rareColumnBase + edges < localCountsBase &&
    localCountsBase + COLUMNS * min(entriesMax, ROWS_MAX) < arenaBase &&
    arenaBase + arenaBytes < imageBase
  if (!ordered) unreachable()
  return 0
}
