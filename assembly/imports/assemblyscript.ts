// What modules compiled from AssemblyScript import: abort with UTF-16 text, a seed for Math.random, trace, clocks.
import { REASON_ABORT } from '../abi'
import { currentTime, nextRandom, nextTime, outputAdvance, outputRoom, outputTop, SCRATCH, SCRATCH_BYTES } from '../wasi/state'
import { messageBegin, messageByte, messageNumber, messageUtf16, stopWithMessage } from '../wasi/stop'
import { copyOut, peekU32 } from '../wasi/target'

/** Bytes of a string stand in the word before it. */
const SIZE_BEFORE: u32 = 4

/** `message in file:line:column`, as AssemblyScript itself prints it. */
export function assemblyscript_abort(message: u32, file: u32, line: u32, column: u32): void {
  messageBegin()
  if (message) messageUtf16(message, peekU32(message - SIZE_BEFORE) >> 1)
  if (file) {
    messageByte(0x20)
    messageByte(0x69)
    messageByte(0x6e)
    messageByte(0x20)
    messageUtf16(file, peekU32(file - SIZE_BEFORE) >> 1)
    messageByte(0x3a)
    messageNumber(line)
    messageByte(0x3a)
    messageNumber(column)
  }
  stopWithMessage(REASON_ABORT, 0)
}

export function assemblyscript_seed(): f64 {
  return reinterpret<f64>((nextRandom() >> 12) | 0x3ff0_0000_0000_0000) - 1.0
}

/** Milliseconds since 1970, for Date.now. */
export function assemblyscript_date_now(): f64 {
  return <f64>(nextTime() / 1_000_000)
}

/** Milliseconds since the target was loaded, for performance.now. */
export function assemblyscript_performance_now(): f64 {
  const before = currentTime()
  nextTime()
  return <f64>(before % 1_000_000_000_000) / 1e6
}

/** console.log and its like: a line of output. */
export function assemblyscript_log(text: u32): void {
  if (text) print(text, peekU32(text - SIZE_BEFORE) >> 1)
}

/** trace(message, count, …numbers): the message alone becomes a line of output. */
export function assemblyscript_trace(
  text: u32,
  _count: i32,
  _a: f64,
  _b: f64,
  _c: f64,
  _d: f64,
  _e: f64,
): void {
  assemblyscript_log(text)
}

function print(address: u32, units: u32): void {
  const room = outputRoom()
  if (room == 0) return
  const taken = min<u32>(min<u32>(units, SCRATCH_BYTES >> 1), (room - 1) / 3)
  copyOut(SCRATCH, address, taken << 1)
  outputAdvance(<u32>String.UTF8.encodeUnsafe(SCRATCH, taken, outputTop()))
  store<u8>(outputTop(), 0x0a)
  outputAdvance(1)
}
