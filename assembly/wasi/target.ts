// The only way in which an engine function reaches the target's memory: the bridge's slots. Each of them traps outside
// that memory, which then counts as the target's own trap. Lengths that the target names are clamped before the engine's
// memory is written. Every copy costs the target fuel.
import { CONTROL_SLOTS, SLOT_COPY_IN, SLOT_COPY_OUT, SLOT_GROW, SLOT_MIX_WORDS, SLOT_PEEK, SLOT_PEEK_LONG, SLOT_SIZE } from '../abi'
import { charge } from './fuel'
import { SCRATCH } from './state'

/** Of the instance that runs. */
// @ts-ignore: decorator
@inline
function slot(index: u32): u32 {
  return index + load<u32>(CONTROL_SLOTS)
}

// @ts-ignore: decorator
@inline
export function peek(address: u32): u32 {
  return call_indirect<u32>(slot(SLOT_PEEK), address)
}

/** Eight bytes. What it costs is the caller's to charge. */
// @ts-ignore: decorator
@inline
export function peekLong(address: u32): u64 {
  return call_indirect<u64>(slot(SLOT_PEEK_LONG), address)
}

/** So many words, one at least, folded into a hash as mixWord of marks/text.ts does it. Charged by the caller too. */
// @ts-ignore: decorator
@inline
export function mixWords(hash: u64, address: u32, words: u32): u64 {
  return call_indirect<u64>(slot(SLOT_MIX_WORDS), hash, address, words)
}

// @ts-ignore: decorator
@inline
export function copyIn(target: u32, engine: usize, bytes: u32): void {
  charge(bytes)
  call_indirect<void>(slot(SLOT_COPY_IN), target, <u32>engine, bytes)
}

// @ts-ignore: decorator
@inline
export function copyOut(engine: usize, target: u32, bytes: u32): void {
  charge(bytes)
  call_indirect<void>(slot(SLOT_COPY_OUT), <u32>engine, target, bytes)
}

// @ts-ignore: decorator
@inline
export function growTarget(pages: u32): i32 {
  return call_indirect<i32>(slot(SLOT_GROW), pages)
}

// @ts-ignore: decorator
@inline
export function targetPages(): u32 {
  return call_indirect<u32>(slot(SLOT_SIZE))
}

export function peekU32(address: u32): u32 {
  copyOut(SCRATCH, address, 4)
  return load<u32>(SCRATCH)
}

export function pokeU32(address: u32, value: u32): void {
  store<u32>(SCRATCH, value)
  copyIn(address, SCRATCH, 4)
}

export function pokeU64(address: u32, value: u64): void {
  store<u64>(SCRATCH, value)
  copyIn(address, SCRATCH, 8)
}

/** Copies a C string to `engine`, at most `bytesMax`; returns its length. */
export function copyString(engine: usize, address: u32, bytesMax: u32): u32 {
  let length: u32 = 0
  while (length < bytesMax) {
    const byte = peek(address + length)
    if (byte == 0) break
    store<u8>(engine + length, <u8>byte)
    length++
  }
  return length
}
