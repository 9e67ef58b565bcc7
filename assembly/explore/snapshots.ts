// Snapshots of the target in the middle of a run: each is what differs from its parent, the first one from the base.
//
//   base ──┬── a ──┬── b            a node: parent · granules that the run wrote since the parent · globals, stream,
//          │       └── c ── d       Asyncify's stack, files and clock
//          └── e                    `view` says for each granule where its bytes are in the node that the target is at
//
// Going back to the node that the target is at costs what was written since. Going elsewhere costs the granules of the
// nodes up to the common ancestor and down again: they are marked, as if the program had written them, and `view` is set to
// what they are there. Either way loadState copies marked granules from where `view` says.
//
// When blocks run out, the leaf that was used longest ago goes. A node is never lost for good: whoever wants it runs there
// again (timelines.ts).
//
//   chain of a node   globals · stream words · Asyncify's stack · host state · (granule, view before, block) × entries
import {
  ASYNCIFY_OVERFLOW,
  ASYNCIFY_POSITION,
  ASYNCIFY_STACK,
  EXPLORE_RUN_BASE,
  GRANULE_SLACK_BYTES,
  IMAGE_MEMORY,
  MARKS_BASE,
  PAGE_BYTES,
  SLOT_COPY_OUT,
  SLOT_GROW,
  SLOT_LOAD_STATE,
  SLOT_SAVE_STATE,
  SLOT_SIZE,
} from '../abi'
import { imageBase, reserve } from '../memory'
import { recapture } from '../loop'
import { restore, stateLost } from '../target'
import { beginHostRun, hostStateBytes, loadHostState, saveHostState } from '../wasi/state'
import {
  beginChain,
  blocksFree,
  blocksUsed,
  chainAt,
  chainBlock,
  layOutBlocks,
  openChain,
  readBytes,
  seekChain,
  streamBytesPerBlock,
  takeBlock,
  writeBytes,
} from './blocks'
import {
  ENTRY_BYTES,
  NODE_BASE,
  NODE_BYTES,
  NODE_CHAIN,
  NODE_DEPTH,
  NODE_ENTRIES,
  NODE_HOST_AT,
  NODE_HOST_BLOCK,
  NODE_HOST_BYTES,
  NODE_NEWER,
  NODE_NONE,
  NODE_PAGES,
  NODE_PARENT,
  NODE_STACK_BYTES,
  hasNode,
  isLeaf,
  layOutNodes,
  link,
  newNode,
  node,
  nodeOf,
  oldest,
  openEntries,
  snapshotsHeld,
  throwOut,
  unlink,
} from './nodes'

/** Frames of a snapshot; a deeper stack is not kept, and whoever wants that moment runs there again. */
const STACK_BYTES_MAX: u32 = 0x0004_0000
/** What of EXPLORE_RUN_BASE a moment consists of: stream and counters. What lies behind them belongs to one timeline. */
const WORDS_BYTES: u32 = 32

let granuleShift: u32 = 9
let granules: u32 = 0
let granulesOfImage: u32 = 0
let globalsBytes: u32 = 0

let view: usize = 0
/** The node that the target was at when its marks were last cleared. */
let current: u32 = NODE_BASE
/** Node that a job comes back to: it is not thrown out. */
let pinned: u32 = NODE_BASE
/** Pages that this instance's memory has really grown to. */
let pagesReal: u32 = 0

// What is gone back to time and again lies ready: globals, stream words and stack of the current node.
let globals: usize = 0
/** Globals of the node that is being taken. */
let globalsNew: usize = 0
let words: usize = 0
let stack: usize = 0
let stackBytes: u32 = 0
let entry: usize = 0
let path: usize = 0

/**
 * Lays out room for snapshots of the target, which may have so many pages of memory and mutable globals; called once, after
 * `ready`. Returns 0 where the memory cannot be had.
 */
export function exploreSetup(poolBytes: u32, shift: u32, pagesMax: u32, globalCount: u32): u32 {
  granuleShift = shift
  granules = <u32>((<u64>pagesMax * PAGE_BYTES) >>> shift)
  pagesReal = call_indirect<u32>(SLOT_SIZE)
  granulesOfImage = <u32>((<u64>pagesReal * PAGE_BYTES) >>> shift)
  globalsBytes = 16 * globalCount
  const blocks = layOutBlocks(poolBytes, shift)
  view = reserve(4 * (<u64>granules + 2))
  const nodes = layOutNodes(blocks)
  path = reserve(4 * <u64>nodes)
  globals = reserve(globalsBytes)
  globalsNew = reserve(globalsBytes)
  words = reserve(WORDS_BYTES)
  stack = reserve(STACK_BYTES_MAX)
  entry = reserve(GRANULE_SLACK_BYTES)
  if (!blocks || !view || !nodes || !path || !globals || !globalsNew || !words || !stack || !entry) return 0
  store<u32>(node(NODE_BASE), pagesReal, NODE_PAGES)
  for (let g: u32 = 0; g < granules + 2; g++) store<u32>(view + (<usize>g << 2), baseView(g))
  current = pinned = NODE_BASE
  return 1
}

function baseView(granule: u32): u32 {
  return granule < granulesOfImage ? <u32>(imageBase + IMAGE_MEMORY) + (granule << granuleShift) : 0
}

/** The bytes of blocks and nodes that snapshots take. */
export function snapshotBytes(): f64 {
  return <f64>((<u64>blocksUsed() << granuleShift) + <u64>snapshotsHeld() * NODE_BYTES)
}

/** For the host: 1 where the handle stands for a snapshot of that moment still. */
export function exploreHolds(handle: u32, draws: f64, markCalls: f64): u32 {
  return nodeOf(handle, <u64>draws, <u64>markCalls) == NODE_NONE ? 0 : 1
}

/** The node that a job comes back to stays until another one is named. */
export function pin(index: u32): void {
  pinned = index
}

/** Throws out leaves until there are so many blocks; false where that cannot be. */
function makeRoom(blocks: u32): bool {
  let index = oldest
  while (blocksFree() < blocks || !hasNode()) {
    while (index != NODE_NONE && (index == current || index == pinned)) index = load<u32>(node(index), NODE_NEWER)
    if (index == NODE_NONE) return false
    const newer = load<u32>(node(index), NODE_NEWER)
    const parent = load<u32>(node(index), NODE_PARENT)
    throwOut(index, entry)
    // Its parent may be a leaf now, and as such the newest of them.
    index = newer != NODE_NONE ? newer : isLeaf(parent) ? parent : NODE_NONE
  }
  return true
}

// ── taking one ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** Every timeline's end says how far the memory has grown: it is scanned as far as that. */
export function noteMemory(): void {
  pagesReal = max(pagesReal, call_indirect<u32>(SLOT_SIZE))
}

/**
 * True where the instance's memory has grown beyond what it was at the node. What lies between would not trap as it did
 * then, so a fresh instance has to take its place before anything runs from there.
 */
export function hasGrownBeyond(index: u32): bool {
  return pagesReal > load<u32>(node(index), NODE_PAGES)
}

/**
 * A snapshot of the target as it stands, unwound, child of the node that it came from; the target is at it afterwards.
 * NODE_NONE where there is no room, or where something was done that no snapshot can hold: nothing has changed then.
 */
export function takeSnapshot(): u32 {
  const bytes = load<u32>(ASYNCIFY_POSITION) - ASYNCIFY_STACK
  if (stateLost() || load<u32>(ASYNCIFY_OVERFLOW) || bytes > STACK_BYTES_MAX) return NODE_NONE
  if (call_indirect<i32>(SLOT_SAVE_STATE, <u32>globalsNew)) return NODE_NONE
  noteMemory()
  const end = <u32>((<u64>pagesReal * PAGE_BYTES) >>> granuleShift)
  const marked = markSlack(end)
  const host = hostStateBytes()
  const stream = <u64>globalsBytes + WORDS_BYTES + bytes + host + <u64>ENTRY_BYTES * marked
  if (!makeRoom(<u32>(<u64>marked + stream / streamBytesPerBlock() + 1))) return NODE_NONE
  memory.copy(globals, globalsNew, globalsBytes)
  memory.copy(words, EXPLORE_RUN_BASE, WORDS_BYTES)
  memory.copy(stack, ASYNCIFY_STACK, bytes)
  stackBytes = bytes
  const index = newNode(current)
  const at = node(index)
  store<u32>(at, bytes, NODE_STACK_BYTES)
  store<u32>(at, marked, NODE_ENTRIES)
  store<u32>(at, host, NODE_HOST_BYTES)
  store<u32>(at, call_indirect<u32>(SLOT_SIZE), NODE_PAGES)
  store<u32>(at, <u32>beginChain(), NODE_CHAIN)
  writeBytes(globals, globalsBytes)
  writeBytes(words, WORDS_BYTES)
  writeBytes(stack, bytes)
  store<u32>(at, <u32>chainBlock(), NODE_HOST_BLOCK)
  store<u32>(at, <u32>chainAt(), NODE_HOST_AT)
  if (host) saveHostState()
  writeGranules(end)
  current = index
  return index
}

/**
 * Marks the granule behind each marked one too where a store that began in the first has changed it. Returns how many are
 * marked.
 */
function markSlack(end: u32): u32 {
  let marked: u32 = 0
  const last = <usize>MARKS_BASE + end
  for (let block: usize = MARKS_BASE; block < last; block += 16) {
    if (!v128.any_true(v128.load(block))) continue
    const stop = min(block + 16, last)
    for (let mark = block; mark < stop; mark++) {
      const value = load<u8>(mark)
      if (!value) continue
      marked++
      if (value == 1 && mark + 1 < last && !load<u8>(mark, 1) && slackDiffers(<u32>(mark + 1 - MARKS_BASE)))
        store<u8>(mark, 2, 1)
    }
  }
  return marked
}

function slackDiffers(granule: u32): bool {
  call_indirect<void>(SLOT_COPY_OUT, <u32>entry, granule << granuleShift, <u32>GRANULE_SLACK_BYTES)
  return memory.compare(entry, load<u32>(view + (<usize>granule << 2)), GRANULE_SLACK_BYTES) != 0
}

/** Copies each marked granule to a block of its own, clears its mark, and notes both. */
function writeGranules(end: u32): void {
  const last = <usize>MARKS_BASE + end
  for (let block: usize = MARKS_BASE; block < last; block += 16) {
    if (!v128.any_true(v128.load(block))) continue
    const stop = min(block + 16, last)
    for (let mark = block; mark < stop; mark++) {
      if (!load<u8>(mark)) continue
      store<u8>(mark, 0)
      const granule = <u32>(mark - MARKS_BASE)
      const place = view + (<usize>granule << 2)
      const data = <u32>takeBlock()
      call_indirect<void>(SLOT_COPY_OUT, data, granule << granuleShift, <u32>1 << granuleShift)
      store<u32>(entry, granule)
      store<u32>(entry, load<u32>(place), 4)
      store<u32>(entry, data, 8)
      writeBytes(entry, ENTRY_BYTES)
      store<u32>(place, data)
    }
  }
}

// ── going to one ────────────────────────────────────────────────────────────────────────────────────────────────────

/** Brings target, stream and host state to a node. Only the base can be run; from all others the target is rewound. */
export function goTo(index: u32): void {
  if (index != current) move(index)
  beginHostRun()
  if (index == NODE_BASE) {
    restore()
    return
  }
  call_indirect<void>(SLOT_LOAD_STATE, <u32>view, <u32>globals)
  memory.copy(EXPLORE_RUN_BASE, words, WORDS_BYTES)
  memory.copy(ASYNCIFY_STACK, stack, stackBytes)
  store<u32>(ASYNCIFY_POSITION, ASYNCIFY_STACK + stackBytes)
  const at = node(index)
  if (!load<u32>(at, NODE_HOST_BYTES)) return
  seekChain(load<u32>(at, NODE_HOST_BLOCK), load<u32>(at, NODE_HOST_AT))
  loadHostState()
}

/** Sets `view` to what granules are at the node, and marks those that differ. */
function move(index: u32): void {
  let up = current
  let down = index
  let steps: u32 = 0
  while (up != down) {
    const upDepth = load<u32>(node(up), NODE_DEPTH)
    const downDepth = load<u32>(node(down), NODE_DEPTH)
    if (upDepth >= downDepth) {
      leave(up)
      up = load<u32>(node(up), NODE_PARENT)
    }
    if (downDepth >= upDepth) {
      store<u32>(path + (<usize>steps << 2), down)
      steps++
      down = load<u32>(node(down), NODE_PARENT)
    }
  }
  growTo(load<u32>(node(index), NODE_PAGES))
  while (steps) {
    steps--
    enter(load<u32>(path + (<usize>steps << 2)))
  }
  current = index
  if (index == NODE_BASE) return
  if (isLeaf(index)) {
    unlink(index)
    link(index)
  }
  const at = node(index)
  stackBytes = load<u32>(at, NODE_STACK_BYTES)
  openChain(load<u32>(at, NODE_CHAIN))
  readBytes(globals, globalsBytes)
  readBytes(words, WORDS_BYTES)
  readBytes(stack, stackBytes)
}

/** The memory of a fresh instance may be smaller than it was at the node; what it sees of it is set by loadState. */
function growTo(pages: u32): void {
  if (pages <= pagesReal) return
  if (call_indirect<i32>(SLOT_GROW, pages - call_indirect<u32>(SLOT_SIZE)) == -1) unreachable()
  pagesReal = pages
}

function leave(index: u32): void {
  openEntries(index)
  for (let i = load<u32>(node(index), NODE_ENTRIES); i; i--) {
    readBytes(entry, ENTRY_BYTES)
    const granule = load<u32>(entry)
    store<u32>(view + (<usize>granule << 2), load<u32>(entry, 4))
    store<u8>(<usize>MARKS_BASE + granule, 1)
  }
}

function enter(index: u32): void {
  openEntries(index)
  for (let i = load<u32>(node(index), NODE_ENTRIES); i; i--) {
    readBytes(entry, ENTRY_BYTES)
    const granule = load<u32>(entry)
    store<u32>(view + (<usize>granule << 2), load<u32>(entry, 8))
    store<u8>(<usize>MARKS_BASE + granule, 1)
  }
}

/** A fresh instance of the target was linked and has started: captures it. Snapshots stay, whatever became of the other. */
export function exploreRenewed(): void {
  while (current != NODE_BASE) {
    leave(current)
    current = load<u32>(node(current), NODE_PARENT)
  }
  memory.fill(MARKS_BASE, 0, granules)
  recapture()
  pagesReal = call_indirect<u32>(SLOT_SIZE)
}
