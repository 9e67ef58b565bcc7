// Where snapshots are kept: blocks of one size, that of a granule, handed out and taken back one by one, so that nothing is
// ever moved and no hole is too small. What is not a granule is written as a stream over a chain of them:
//
//   block   +0 next block, 0 at the end    +4 … bytes
import { GRANULE_SHIFT_MIN } from '../abi'
import { reserve } from '../memory'

const HEADER_BYTES: u32 = 4

let base: usize = 0
let shift: u32 = GRANULE_SHIFT_MIN
let count: u32 = 0
/** Blocks from here on were never used. */
let fresh: u32 = 0
/** Address of the first block that was given back; each holds the address of the next. */
let free: usize = 0
let used: u32 = 0

/** Room for blocks of 1 << granuleShift bytes; returns how many, 0 where the memory cannot be had. */
export function layOutBlocks(bytes: u32, granuleShift: u32): u32 {
  shift = granuleShift
  count = bytes >>> shift
  fresh = 0
  free = 0
  used = 0
  base = reserve(<u64>count << shift)
  if (!base) count = 0
  return count
}

export function blockBytes(): u32 {
  return 1 << shift
}

export function blocksFree(): u32 {
  return count - used
}

export function blocksUsed(): u32 {
  return used
}

/** Bytes of a chain that one block carries. */
export function streamBytesPerBlock(): u32 {
  return (1 << shift) - HEADER_BYTES
}

/** A block; there must be one. */
export function takeBlock(): usize {
  used++
  if (free) {
    const block = free
    free = load<u32>(block)
    return block
  }
  const block = base + (<usize>fresh << shift)
  fresh++
  return block
}

export function giveBlock(block: usize): void {
  used--
  store<u32>(block, <u32>free)
  free = block
}

export function giveChain(first: usize): void {
  for (let block = first; block; ) {
    const next = <usize>load<u32>(block)
    giveBlock(block)
    block = next
  }
}

// ── the stream being written, or read: one at a time ────────────────────────────────────────────────────────────────

let block: usize = 0
let at: usize = 0
let end: usize = 0

/** Begins a chain; returns its first block. Whoever writes has made sure that there are blocks enough. */
export function beginChain(): usize {
  openBlock(takeBlock())
  store<u32>(block, 0)
  return block
}

export function openChain(first: usize): void {
  openBlock(first)
}

function openBlock(address: usize): void {
  block = address
  at = address + HEADER_BYTES
  end = address + (<usize>1 << shift)
}

export function writeBytes(from: usize, bytes: usize): void {
  while (bytes) {
    if (at == end) {
      const next = takeBlock()
      store<u32>(next, 0)
      store<u32>(block, <u32>next)
      openBlock(next)
    }
    const piece = min(bytes, end - at)
    memory.copy(at, from, piece)
    at += piece
    from += piece
    bytes -= piece
  }
}

export function readBytes(to: usize, bytes: usize): void {
  while (bytes) {
    if (at == end) openBlock(load<u32>(block))
    const piece = min(bytes, end - at)
    memory.copy(to, at, piece)
    at += piece
    to += piece
    bytes -= piece
  }
}

export function skipBytes(bytes: usize): void {
  while (bytes) {
    if (at == end) openBlock(load<u32>(block))
    const piece = min(bytes, end - at)
    at += piece
    bytes -= piece
  }
}

/** Where in a chain the stream stands, to be gone back to with `seekChain`: block and address. */
export function chainBlock(): usize {
  return block
}
export function chainAt(): usize {
  return at
}
export function seekChain(toBlock: usize, to: usize): void {
  openBlock(toBlock)
  at = to
}
