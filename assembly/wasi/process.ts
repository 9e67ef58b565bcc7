// WASI preview 1: the process. One argument, its own name; an empty environment.
import { REASON_EXIT } from '../abi'
import { NOSYS, SUCCESS } from './errno'
import { SCRATCH } from './state'
import { stop } from './stop'
import { copyIn, pokeU32 } from './target'

const NAME_BYTES: u32 = 7

export function args_sizes_get(count: u32, bytes: u32): u32 {
  pokeU32(count, 1)
  pokeU32(bytes, NAME_BYTES)
  return SUCCESS
}

export function args_get(pointers: u32, text: u32): u32 {
  pokeU32(pointers, text)
  // "target" and its zero.
  store<u64>(SCRATCH, 0x0000_7465_6772_6174)
  copyIn(text, SCRATCH, NAME_BYTES)
  return SUCCESS
}

export function environ_sizes_get(count: u32, bytes: u32): u32 {
  pokeU32(count, 0)
  pokeU32(bytes, 0)
  return SUCCESS
}

export function environ_get(_pointers: u32, _text: u32): u32 {
  return SUCCESS
}

export function proc_exit(status: u32): void {
  stop(REASON_EXIT, status)
}

/** Signals that end a process do so here; the status is the shell's, 128 and the signal. */
export function proc_raise(signal: u32): u32 {
  if (signal == 0) return SUCCESS
  if (signal > 31) return NOSYS
  stop(REASON_EXIT, 128 + signal)
  return SUCCESS
}
