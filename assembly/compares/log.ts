// Records of the two logs: the input as it is, and its colored form. Both runs take the same way, so records come in the
// same order, but for loops that turn a little more or less often.
import {
  COMPARES_BYTES_BASE,
  COMPARES_LOG_BASE,
  COMPARES_LOG_BYTES,
  COMPARES_SIDE_BYTES,
  COMPARES_SLOTS_MAX,
  COMPARES_SLOT_BYTES,
  COMPARE_FLAGS,
  COMPARE_FLAG_MASK,
  COMPARE_HIT,
  COMPARE_KIND,
  COMPARE_LEFT,
  COMPARE_LENGTH_LEFT,
  COMPARE_LENGTH_RIGHT,
  COMPARE_RECORD_BYTES,
  COMPARE_RIGHT,
  COMPARE_SITE,
  COMPARE_SLOT,
  COMPARE_WIDTH,
  CONTROL_COMPARES_LOG,
  CONTROL_COMPARES_SLOTS,
} from '../abi'
import { firstBytesBase, firstLogBase } from './memory'

/** How far ahead the partner of a record is looked for. */
const LOOK_AHEAD: u32 = 64

let firstCount: u32 = 0
let secondCount: u32 = 0
/** Record of the second log behind the last one that was found. */
let secondNext: u32 = 0

function written(): u32 {
  return min(load<u32>(CONTROL_COMPARES_LOG), <u32>COMPARES_LOG_BYTES) / COMPARE_RECORD_BYTES
}

/** Puts the log of the run that just ended by as the first one. */
export function keepFirstLog(): void {
  firstCount = written()
  secondCount = 0
  secondNext = 0
  memory.copy(firstLogBase, COMPARES_LOG_BASE, firstCount * COMPARE_RECORD_BYTES)
  const slots = min(load<u32>(CONTROL_COMPARES_SLOTS), <u32>COMPARES_SLOTS_MAX)
  memory.copy(firstBytesBase, COMPARES_BYTES_BASE, slots * COMPARES_SLOT_BYTES)
}

/** The log of the run that just ended is the second one. It stays where it is. */
export function keepSecondLog(): void {
  secondCount = written()
  secondNext = 0
}

export function firstRecords(): u32 {
  return firstCount
}

export function firstRecord(index: u32): usize {
  return firstLogBase + <usize>index * COMPARE_RECORD_BYTES
}

/** Records of the run that ended last, whichever it was, until the next one. */
export function lastRecords(): u32 {
  return written()
}

export function lastRecord(index: u32): usize {
  return <usize>COMPARES_LOG_BASE + <usize>index * COMPARE_RECORD_BYTES
}

/** The record of the second log for the same time at the same site; 0 where there is none. To be asked in order. */
export function partnerOf(record: usize): usize {
  const end = min(secondCount, secondNext + LOOK_AHEAD)
  for (let index = secondNext; index < end; index++) {
    const candidate = <usize>COMPARES_LOG_BASE + <usize>index * COMPARE_RECORD_BYTES
    if (siteOf(candidate) != siteOf(record) || hitOf(candidate) != hitOf(record)) continue
    secondNext = index + 1
    return candidate
  }
  return 0
}

export function siteOf(record: usize): u32 {
  return load<u32>(record, COMPARE_SITE)
}
export function kindOf(record: usize): u32 {
  return load<u8>(record, COMPARE_KIND)
}
export function widthOf(record: usize): u32 {
  return load<u8>(record, COMPARE_WIDTH)
}
export function flagsOf(record: usize): u32 {
  return load<u8>(record, COMPARE_FLAGS)
}
export function hitOf(record: usize): u32 {
  return load<u8>(record, COMPARE_HIT)
}

/** Side 0 is the left one. */
export function wordOf(record: usize, side: u32): u64 {
  if (flagsOf(record) & <u32>COMPARE_FLAG_MASK) {
    return side ? 0 : load<u64>(record, COMPARE_LEFT) & load<u64>(record, COMPARE_RIGHT)
  }
  return side ? load<u64>(record, COMPARE_RIGHT) : load<u64>(record, COMPARE_LEFT)
}

export function bytesLength(record: usize, side: u32): u32 {
  const length: u32 = side ? load<u16>(record, COMPARE_LENGTH_RIGHT) : load<u16>(record, COMPARE_LENGTH_LEFT)
  return min(length, <u32>COMPARES_SIDE_BYTES)
}

/** Bytes of one side; records of the first log keep theirs with it. */
export function bytesAt(record: usize, side: u32): usize {
  const base = record >= firstLogBase ? firstBytesBase : <usize>COMPARES_BYTES_BASE
  const slot = load<u32>(record, COMPARE_SLOT) & (COMPARES_SLOTS_MAX - 1)
  return base + <usize>slot * COMPARES_SLOT_BYTES + <usize>side * COMPARES_SIDE_BYTES
}
