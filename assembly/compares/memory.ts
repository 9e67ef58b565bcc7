// Memory for the compares stage, taken from behind everything else when a second instance is linked for the first time: a
// campaign that never asks for one does not have it.
//
//   image       the base snapshot of the second instance
//   log, bytes  what the run of the input as it is logged, drawn at COMPARES_LOG_BASE in abi.ts
//   original    the input as it is            fresh      other bytes of the same classes
//   colored     as much of `fresh` as changes nothing
//   combined    first patches of all compares put together
//   ranges      u32 from, u32 to: parts of the input that are still to be colored
//   patches     patches.ts
//   pairs       one bit per hash of a record that this input has been through
//   tries       u8 per site and what it asks for, which may share one: candidates that led nowhere
//   cases       u32 per site: how far its cases have been tried
//   done        u8 per corpus entry: it has been through the stage
//   saved       patches of the entry that deep.ts begins with
//   tried       the input that ran last in deep.ts
//   best, frontier   frontier.ts
import {
  COMPARES_LOG_BYTES,
  COMPARES_SITES_MAX,
  COMPARES_SLOTS_MAX,
  COMPARES_SLOT_BYTES,
  PAGE_BYTES,
} from '../abi'
import { entriesMax, imageBytesMax, inputMax } from '../memory'

export const RANGES_MAX: u32 = 256
export const PATCHES_MAX: u32 = 96
export const PATCH_BYTES: u32 = 160
export const PAIR_BITS: u32 = 0x1_0000
export const SAVED_MAX: u32 = 96
export const FRONTIER_SLOTS: u32 = 64
export const FRONTIER_MEASURES: u32 = 3
export const FRONTIER_HEADER: u32 = 32
/** Longest input of which the frontier keeps a copy. */
export const FRONTIER_INPUT_MAX: u32 = 4096

export let comparesImageBase: usize = 0
export let firstLogBase: usize = 0
export let firstBytesBase: usize = 0
export let originalBase: usize = 0
export let freshBase: usize = 0
export let coloredBase: usize = 0
export let combinedBase: usize = 0
export let rangesBase: usize = 0
export let patchesBase: usize = 0
export let pairsBase: usize = 0
export let triesBase: usize = 0
export let casesBase: usize = 0
export let doneBase: usize = 0
export let savedBase: usize = 0
export let triedBase: usize = 0
export let bestBase: usize = 0
export let frontierBase: usize = 0
/** Bytes of one slot of the frontier. */
export let slotBytes: u32 = 0

let cursor: u64 = 0

function place(bytes: u64): usize {
  const address = cursor
  cursor = (address + bytes + 64 + 63) & ~63
  return <usize>address
}

/** False where the memory cannot be had. */
export function layOutCompares(): bool {
  if (comparesImageBase) return true
  // Measured from 0 first, then moved to where the memory ends now.
  cursor = 0
  placeAll()
  const pages = <u32>((cursor + PAGE_BYTES - 1) / PAGE_BYTES)
  const end = memory.grow(pages)
  if (end < 0) {
    comparesImageBase = 0
    return false
  }
  cursor = <u64>(<u32>end) * PAGE_BYTES
  placeAll()
  return true
}

function placeAll(): void {
  comparesImageBase = place(imageBytesMax)
  firstLogBase = place(COMPARES_LOG_BYTES)
  firstBytesBase = place(COMPARES_SLOTS_MAX * COMPARES_SLOT_BYTES)
  originalBase = place(inputMax)
  freshBase = place(inputMax)
  coloredBase = place(inputMax)
  combinedBase = place(inputMax)
  rangesBase = place(8 * RANGES_MAX)
  patchesBase = place(PATCH_BYTES * PATCHES_MAX)
  pairsBase = place(PAIR_BITS >>> 3)
  triesBase = place(COMPARES_SITES_MAX)
  casesBase = place(4 * COMPARES_SITES_MAX)
  doneBase = place(entriesMax)
  savedBase = place(PATCH_BYTES * SAVED_MAX)
  triedBase = place(inputMax)
  bestBase = place(FRONTIER_MEASURES * COMPARES_SITES_MAX)
  slotBytes = FRONTIER_HEADER + ((min(inputMax, FRONTIER_INPUT_MAX) + 15) & ~15)
  frontierBase = place(slotBytes * FRONTIER_SLOTS)
}
