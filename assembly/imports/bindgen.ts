// What wasm-bindgen's JavaScript provides and a module cannot do without: the panic message, and hooks that may do nothing.
import { REASON_ABORT } from '../abi'
import { messageBegin, messageBytesOf, stopWithMessage } from '../wasi/stop'

/** The text of a Rust `throw_str`, in UTF-8. */
export function bindgen_throw(text: u32, bytes: u32): void {
  messageBegin()
  messageBytesOf(text, bytes)
  stopWithMessage(REASON_ABORT, 0)
}

/** Tells JavaScript something that needs no answer. */
export function notify_nothing(): void {}

export function notify_word(_word: u32): void {}
