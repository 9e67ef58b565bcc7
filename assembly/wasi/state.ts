// What the functions that a target imports remember: files, clock, random numbers, output. Fixed places, no allocation.
//
//   HOST_BASE  ┌──────────────────────────────┐
//   +0x00000   │ output of the run            │ OUTPUT_MAX bytes
//   +0x10000   │ live:  words · descriptors   │ SMALL_BYTES
//   +0x11000   │ base:  the same at `ready`   │
//   +0x12000   │ scratch                      │ one result, path or message under way
//   +0x14000   │ live inodes                  │ INODES × INODE_BYTES
//   +0x1c000   │ base inodes                  │
//   +0x24000   │ contents of files            │ a stack: a run's writes go on top and vanish with it
//   +0x100000  └──────────────────────────────┘
//
// A write to a file that a run did not write itself copies the file first, so the contents below `arenaTop` of the base
// never change and undoing a run means: small part back, touched inodes back.
import { EXPLORE_CURSOR, HOST_BASE, HOST_BYTES, OUTPUT_BASE, OUTPUT_MAX } from '../abi'
import { readBytes, writeBytes } from '../explore/blocks'
import { charge, clearCharges } from './fuel'

export const LIVE: usize = HOST_BASE + 0x10000
const BASE: usize = HOST_BASE + 0x11000
const SMALL_BYTES: usize = 0x1000
/** Room for one path, message or result on its way between the memories. */
export const SCRATCH: usize = HOST_BASE + 0x12000
export const SCRATCH_BYTES: u32 = 0x2000
export const INODES_LIVE: usize = HOST_BASE + 0x14000
const INODES_BASE: usize = HOST_BASE + 0x1c000
export const INODES_MAX: u32 = 256
export const INODE_BYTES: u32 = 128
const ARENA: u32 = HOST_BASE + 0x24000
const ARENA_END: u32 = HOST_BASE + HOST_BYTES

// ── words of the live part ──────────────────────────────────────────────────────────────────────────────────────────

const CLOCK_NS: usize = LIVE
const RANDOM: usize = LIVE + 8
const ARENA_TOP: usize = LIVE + 16
const INODE_COUNT: usize = LIVE + 20
/** First descriptor; each is drawn in descriptors.ts. */
export const DESCRIPTORS: usize = LIVE + 64
export const DESCRIPTORS_MAX: u32 = 64
export const DESCRIPTOR_BYTES: u32 = 32

const START_NS: u64 = 1_700_000_000_000_000_000
const TICK_NS: u64 = 1_000_000
const RANDOM_SEED: u64 = 0x9e37_79b9_7f4a_7c15

// ── what a run has touched; not part of any snapshot ────────────────────────────────────────────────────────────────

let smallTouched: bool = false
let inodesLow: u32 = INODES_MAX
let inodesHigh: u32 = 0
let outputBytes: u32 = 0
let stdinIsInput: bool = false

/** The state before anything of the target has run; called once, and again for each fresh instance. */
export function hostSetup(): void {
  clearCharges()
  memory.fill(LIVE, 0, SMALL_BYTES)
  memory.fill(INODES_LIVE, 0, INODES_MAX * INODE_BYTES)
  store<u64>(CLOCK_NS, START_NS)
  store<u64>(RANDOM, RANDOM_SEED)
  store<u32>(ARENA_TOP, ARENA)
  // Inode 0 is the root directory, its own parent; descriptors 0 to 2 are the streams and 3 is the root, preopened.
  store<u8>(INODES_LIVE, INODE_DIRECTORY)
  store<u32>(INODE_COUNT, 1)
  for (let fd: u32 = 0; fd < 3; fd++) store<u8>(DESCRIPTORS + fd * DESCRIPTOR_BYTES, DESCRIPTOR_STREAM)
  store<u8>(DESCRIPTORS + 3 * DESCRIPTOR_BYTES, DESCRIPTOR_INODE)
  outputBytes = 0
  hostReady()
}

/** From here on every run starts from the present state. */
export function hostReady(): void {
  memory.copy(BASE, LIVE, SMALL_BYTES)
  memory.copy(INODES_BASE, INODES_LIVE, INODES_MAX * INODE_BYTES)
  store<u32>(EXPLORE_CURSOR, 0)
  smallTouched = false
  inodesLow = INODES_MAX
  inodesHigh = 0
}

/** Undoes what the run before did; called before every execution, so it must cost nothing when nothing was touched. */
export function beginHostRun(): void {
  outputBytes = 0
  if (!smallTouched) return
  smallTouched = false
  store<u32>(EXPLORE_CURSOR, 0)
  memory.copy(LIVE, BASE, DESCRIPTORS - LIVE + DESCRIPTORS_MAX * DESCRIPTOR_BYTES)
  if (inodesLow < inodesHigh) {
    const offset = inodesLow * INODE_BYTES
    memory.copy(INODES_LIVE + offset, INODES_BASE + offset, (inodesHigh - inodesLow) * INODE_BYTES)
    inodesLow = INODES_MAX
    inodesHigh = 0
  }
}

/** The same for the host, which has let a program run by itself; the output of that run stays readable. */
export function hostReset(): void {
  const bytes = outputBytes
  clearCharges()
  beginHostRun()
  outputBytes = bytes
}

/** Whoever changes a word, a descriptor or an inode says so first. */
export function touch(): void {
  smallTouched = true
}

export function touchInode(inode: u32): void {
  smallTouched = true
  if (inode < inodesLow) inodesLow = inode
  if (inode >= inodesHigh) inodesHigh = inode + 1
}

// ── snapshots in the middle of a run: assembly/explore/snapshots.ts ─────────────────────────────────────────────────
//
//   output bytes · first and end of touched inodes · bytes of contents, u32 each | small part · those inodes · contents

const WORDS_BYTES: u32 = <u32>(DESCRIPTORS - LIVE) + DESCRIPTORS_MAX * DESCRIPTOR_BYTES
const HEAD_BYTES: u32 = 16
const head: usize = SCRATCH

/** Bytes that `saveHostState` writes; 0 where the run has touched nothing so far. */
export function hostStateBytes(): u32 {
  if (!smallTouched && !outputBytes) return 0
  return HEAD_BYTES + WORDS_BYTES + inodesTouched() * INODE_BYTES + contentsBytes()
}

function inodesTouched(): u32 {
  return inodesLow < inodesHigh ? inodesHigh - inodesLow : 0
}

/** Contents that this run wrote lie on top of those that are never written again. */
function contentsBytes(): u32 {
  return load<u32>(ARENA_TOP) - load<u32>(BASE + (ARENA_TOP - LIVE))
}

export function saveHostState(): void {
  store<u32>(head, outputBytes)
  store<u32>(head, inodesLow, 4)
  store<u32>(head, inodesHigh, 8)
  store<u32>(head, contentsBytes(), 12)
  writeBytes(head, HEAD_BYTES)
  writeBytes(LIVE, WORDS_BYTES)
  if (inodesTouched()) writeBytes(INODES_LIVE + inodesLow * INODE_BYTES, inodesTouched() * INODE_BYTES)
  writeBytes(load<u32>(BASE + (ARENA_TOP - LIVE)), contentsBytes())
}

/** To be called where a run begins, right after `beginHostRun`. */
export function loadHostState(): void {
  readBytes(head, HEAD_BYTES)
  const contents = load<u32>(head, 12)
  outputBytes = load<u32>(head)
  inodesLow = load<u32>(head, 4)
  inodesHigh = load<u32>(head, 8)
  smallTouched = true
  readBytes(LIVE, WORDS_BYTES)
  if (inodesTouched()) readBytes(INODES_LIVE + inodesLow * INODE_BYTES, inodesTouched() * INODE_BYTES)
  readBytes(load<u32>(BASE + (ARENA_TOP - LIVE)), contents)
}

// ── clock and random numbers ────────────────────────────────────────────────────────────────────────────────────────

/** The time; it moves by a millisecond each time it is asked for, so that a program that waits for it gets on. */
export function nextTime(): u64 {
  touch()
  const now = load<u64>(CLOCK_NS)
  store<u64>(CLOCK_NS, now + TICK_NS)
  return now
}

/** Sleeping costs nothing: the clock is set forward. */
export function advanceTime(nanoseconds: u64): void {
  touch()
  store<u64>(CLOCK_NS, load<u64>(CLOCK_NS) + nanoseconds)
}

/** Now, without moving the clock. */
export function currentTime(): u64 {
  return load<u64>(CLOCK_NS)
}

/** The same numbers in every run: splitmix64 (Steele, Lea, Flood 2014). */
export function nextRandom(): u64 {
  touch()
  const state = load<u64>(RANDOM) + 0x9e37_79b9_7f4a_7c15
  store<u64>(RANDOM, state)
  let mixed = (state ^ (state >> 30)) * 0xbf58_476d_1ce4_e5b9
  mixed = (mixed ^ (mixed >> 27)) * 0x94d0_49bb_1331_11eb
  return mixed ^ (mixed >> 31)
}

// ── output ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Bytes of OUTPUT_BASE that the last run wrote. */
export function outputLength(): u32 {
  return outputBytes
}

/** Where `bytes` more of output may go, and in `outputRoom` how many of them fit. */
export function outputTop(): u32 {
  return OUTPUT_BASE + outputBytes
}

export function outputRoom(): u32 {
  return OUTPUT_MAX - outputBytes
}

export function outputAdvance(bytes: u32): void {
  outputBytes += bytes
}

/** True where standard input is the input under test, as for a command's `_start`; else it is empty. */
export function hostStdin(isInput: bool): void {
  stdinIsInput = isInput
}

export function stdinHoldsInput(): bool {
  return stdinIsInput
}

// ── inodes ──────────────────────────────────────────────────────────────────────────────────────────────────────────
//
//   +0 kind u8 · +4 parent u32 · +8 name length u32 · +12 data u32 · +16 size u32 · +20 capacity u32 · +24 mtime u64
//   +32 name, up to NAME_MAX bytes

export const INODE_FREE: u8 = 0
export const INODE_FILE: u8 = 1
export const INODE_DIRECTORY: u8 = 2
/** Removed from its directory, but perhaps still open. */
export const INODE_DETACHED: u32 = 0xffff_ffff
export const NAME_MAX: u32 = 96

export const DESCRIPTOR_CLOSED: u8 = 0
export const DESCRIPTOR_STREAM: u8 = 1
export const DESCRIPTOR_INODE: u8 = 2

// @ts-ignore: decorator
@inline
export function inodeAt(inode: u32): usize {
  return INODES_LIVE + inode * INODE_BYTES
}

export function inodeCount(): u32 {
  return load<u32>(INODE_COUNT)
}

/** A new inode at the end of the table, or 0 (the root, which is never new) when the table is full. */
export function newInode(kind: u8): u32 {
  const count = inodeCount()
  if (count == INODES_MAX) return 0
  touchInode(count)
  store<u32>(INODE_COUNT, count + 1)
  const at = inodeAt(count)
  memory.fill(at, 0, INODE_BYTES)
  store<u8>(at, kind)
  store<u64>(at + 24, currentTime())
  return count
}

/** Makes room for `size` bytes in a file that this run owns, by a copy where it must; false when the arena is full. */
export function reserveContents(inode: u32, size: u32): bool {
  const at = inodeAt(inode)
  const data = load<u32>(at + 12)
  const baseTop = load<u32>(BASE + (ARENA_TOP - LIVE))
  if (size <= load<u32>(at + 20) && data >= baseTop) return true
  const capacity = max<u32>(64, max<u32>(size, load<u32>(at + 16)))
  // Doubled where there is room, so that a program that appends byte by byte does not fill the arena with copies.
  const room = ARENA_END - load<u32>(ARENA_TOP)
  if (capacity > room) return false
  const wanted = min<u32>((capacity * 2 + 15) & ~15, room & ~15)
  if (wanted < capacity) return false
  touchInode(inode)
  const place = load<u32>(ARENA_TOP)
  store<u32>(ARENA_TOP, place + wanted)
  charge(load<u32>(at + 16))
  memory.copy(place, data, load<u32>(at + 16))
  store<u32>(at + 12, place)
  store<u32>(at + 20, wanted)
  return true
}
