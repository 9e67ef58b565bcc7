// How an engine function ends a run: the reason goes into the control block, then `unreachable` executes. No catch
// block of the target's can swallow that, unlike an exception of JavaScript's.
import { CONTROL_DETAIL, CONTROL_MESSAGE, CONTROL_MESSAGE_BYTES, CONTROL_REASON, REASON_IMPORT } from '../abi'
import { copyOut, copyString } from './target'
import { SCRATCH, SCRATCH_BYTES } from './state'

/** The message being put together, in the second half of the scratch area. */
const MESSAGE: usize = SCRATCH + (SCRATCH_BYTES >> 1)
const MESSAGE_MAX: u32 = SCRATCH_BYTES >> 1

let messageBytes: u32 = 0

export function messageBegin(): void {
  messageBytes = 0
}

/** `bytes` of the target's memory, as they are; what does not fit is left out. */
export function messageBytesOf(address: u32, bytes: u32): void {
  const taken = min<u32>(bytes, MESSAGE_MAX - messageBytes)
  copyOut(MESSAGE + messageBytes, address, taken)
  messageBytes += taken
}

/** A C string of the target's; a null pointer adds nothing. */
export function messageString(address: u32): void {
  if (address != 0) messageBytes += copyString(MESSAGE + messageBytes, address, MESSAGE_MAX - messageBytes)
}

/** UTF-16 text of the target's, as UTF-8. */
export function messageUtf16(address: u32, units: u32): void {
  // A unit becomes three bytes at most; the first half of the scratch area holds the text on its way.
  const taken = min<u32>(min<u32>(units, SCRATCH_BYTES >> 2), (MESSAGE_MAX - messageBytes) / 3)
  copyOut(SCRATCH, address, taken << 1)
  messageBytes += <u32>String.UTF8.encodeUnsafe(SCRATCH, taken, MESSAGE + messageBytes)
}

export function messageByte(byte: u8): void {
  if (messageBytes < MESSAGE_MAX) store<u8>(MESSAGE + messageBytes++, byte)
}

export function messageNumber(value: u32): void {
  if (value >= 10) messageNumber(value / 10)
  messageByte(<u8>(0x30 + (value % 10)))
}

/** Ends the run with the message put together so far. */
export function stopWithMessage(reason: u32, detail: u32): void {
  store<u32>(CONTROL_MESSAGE, <u32>MESSAGE)
  store<u32>(CONTROL_MESSAGE_BYTES, messageBytes)
  stopHere(reason, detail)
}

/** Ends the run without a message. */
export function stop(reason: u32, detail: u32): void {
  store<u32>(CONTROL_MESSAGE_BYTES, 0)
  stopHere(reason, detail)
}

function stopHere(reason: u32, detail: u32): void {
  store<u32>(CONTROL_REASON, reason)
  store<u32>(CONTROL_DETAIL, detail)
  unreachable()
}

/** What a stubbed import of an uninstrumented module does: the same as inserted code does in an instrumented one. */
export function stopAtImport(index: u32): void {
  stop(REASON_IMPORT, index)
}
