// What Emscripten's JavaScript provides to a module, by name. A minified module hides the names; then policy decides.
import { PAGE_BYTES, REASON_ABORT, REASON_EXIT, REASON_THROW } from '../abi'
import { nextTime } from '../wasi/state'
import { messageBegin, messageByte, messageNumber, messageString, stop, stopWithMessage } from '../wasi/stop'
import { copyIn, copyOut, growTarget, targetPages } from '../wasi/target'
import { SCRATCH, SCRATCH_BYTES } from '../wasi/state'

const HEAP_MAX: u32 = 0x8000_0000

export function emscripten_abort(): void {
  stop(REASON_ABORT, 0)
}

/** `condition, at: file:line, function`, as Emscripten prints it. */
export function emscripten_assert_fail(condition: u32, file: u32, line: u32, name: u32): void {
  messageBegin()
  messageString(condition)
  messageByte(0x20)
  messageByte(0x61)
  messageByte(0x74)
  messageByte(0x20)
  messageString(file)
  messageByte(0x3a)
  messageNumber(line)
  if (name) {
    messageByte(0x20)
    messageString(name)
  }
  stopWithMessage(REASON_ABORT, 0)
}

/** The heap as large as asked for, or false: malloc then returns null. */
export function emscripten_resize_heap(bytes: u32): u32 {
  if (bytes > HEAP_MAX) return 0
  const wanted = (bytes + <u32>PAGE_BYTES - 1) / <u32>PAGE_BYTES
  const pages = targetPages()
  if (wanted <= pages) return 1
  return growTarget(wanted - pages) == -1 ? 0 : 1
}

export function emscripten_heap_max(): u32 {
  return HEAP_MAX
}

export function emscripten_heap_size(): u32 {
  return targetPages() * <u32>PAGE_BYTES
}

/** memcpy for large blocks, in pieces through the engine. */
export function emscripten_memcpy(to: u32, from: u32, bytes: u32): void {
  for (let done: u32 = 0; done < bytes; ) {
    const piece = min<u32>(bytes - done, SCRATCH_BYTES)
    copyOut(SCRATCH, from + done, piece)
    copyIn(to + done, SCRATCH, piece)
    done += piece
  }
}

/** The older form, which returns its destination. */
export function emscripten_memcpy_big(to: u32, from: u32, bytes: u32): u32 {
  emscripten_memcpy(to, from, bytes)
  return to
}

/** Milliseconds, for emscripten_get_now and Date.now. */
export function emscripten_now(): f64 {
  return <f64>nextTime() / 1e6
}

export function emscripten_exit(status: u32): void {
  stop(REASON_EXIT, status)
}

/** A C++ exception that leaves the module; nothing outside would catch it. */
export function emscripten_cxa_throw(_exception: u32, _type: u32, _destructor: u32): void {
  stop(REASON_THROW, 0)
}

export function emscripten_throw_longjmp(): void {
  stop(REASON_THROW, 1)
}
