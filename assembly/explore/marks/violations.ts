// What becomes of a mark that must not come to pass and did. A run of the fuzzer's ends there; a timeline goes on, and the
// violation is listed in the region of the run, so that it is part of every snapshot taken later and of none before.
import {
  EXPLORE_DRAWS,
  EXPLORE_MARK_CALLS,
  EXPLORE_RESEEDS,
  EXPLORE_RUN_BASE,
  EXPLORE_RUN_BYTES,
  EXPLORE_USED,
  EXPLORE_VIOLATIONS,
  EXPLORE_VIOLATIONS_BASE,
  EXPLORE_VIOLATIONS_LOST,
  MARK_EXCHANGE_BASE,
  MARK_UTF16,
  REASON_VIOLATION,
  VIOLATION_DETAILS_BYTES,
  VIOLATION_DRAWS,
  VIOLATION_HEADER_BYTES,
  VIOLATION_ID,
  VIOLATION_MARK_CALLS,
  VIOLATION_MESSAGE_BYTES,
  VIOLATION_RESEEDS,
} from '../../abi'
import { chargeSteps } from '../../wasi/fuel'
import { messageBegin, messageByte, messageBytesOf, messageUtf16, stopWithMessage } from '../../wasi/stop'
import { fetchMessage } from './text'

/** Ends a run of the fuzzer's. */
export function stopViolated(message: u32, bytes: u32, details: u32, detailsBytes: u32): void {
  messageBegin()
  addText(message, bytes)
  if (isText(detailsBytes)) {
    messageByte(0x20)
    messageByte(0x7c)
    messageByte(0x20)
    addText(details, detailsBytes)
  }
  stopWithMessage(REASON_VIOLATION, 0)
}

/** An empty string of AssemblyScript's has a length too. */
function isText(length: u32): bool {
  return (length & ~(<u32>MARK_UTF16)) != 0
}

function addText(pointer: u32, bytes: u32): void {
  if (bytes & <u32>MARK_UTF16) messageUtf16(pointer, bytes & ~(<u32>MARK_UTF16))
  else messageBytesOf(pointer, bytes)
}

/** Lists a violation, if it is the mark's first in this timeline. The message lies, as UTF-8, at MARK_EXCHANGE_BASE. */
export function listViolation(id: u64, bytes: u32, details: u32, detailsBytes: u32): void {
  if (isListed(id)) return
  const end: usize = EXPLORE_RUN_BASE + EXPLORE_RUN_BYTES
  const at: usize = EXPLORE_RUN_BASE + load<u32>(EXPLORE_USED)
  const text = at + VIOLATION_HEADER_BYTES
  if (text + bytes > end) return loseViolation()
  memory.copy(text, MARK_EXCHANGE_BASE, bytes)
  let taken: u32 = 0
  if (isText(detailsBytes)) {
    taken = min<u32>(fetchMessage(details, detailsBytes), <u32>(end - text - bytes))
    memory.copy(text + bytes, MARK_EXCHANGE_BASE, taken)
  }
  store<u64>(at, id, VIOLATION_ID)
  store<u32>(at, bytes, VIOLATION_MESSAGE_BYTES)
  store<u32>(at, taken, VIOLATION_DETAILS_BYTES)
  store<u64>(at, load<u64>(EXPLORE_DRAWS), VIOLATION_DRAWS)
  store<u64>(at, load<u64>(EXPLORE_MARK_CALLS), VIOLATION_MARK_CALLS)
  store<u32>(at, load<u32>(EXPLORE_RESEEDS), VIOLATION_RESEEDS)
  store<u32>(EXPLORE_USED, <u32>((text + bytes + taken + 7) & ~7) - EXPLORE_RUN_BASE)
  store<u32>(EXPLORE_VIOLATIONS, load<u32>(EXPLORE_VIOLATIONS) + 1)
}

function loseViolation(): void {
  store<u32>(EXPLORE_VIOLATIONS_LOST, load<u32>(EXPLORE_VIOLATIONS_LOST) + 1)
}

function isListed(id: u64): bool {
  let at: usize = EXPLORE_VIOLATIONS_BASE
  const count = load<u32>(EXPLORE_VIOLATIONS)
  chargeSteps(count)
  for (let i: u32 = 0; i < count; i++) {
    if (load<u64>(at, VIOLATION_ID) == id) return true
    const bytes = load<u32>(at, VIOLATION_MESSAGE_BYTES) + load<u32>(at, VIOLATION_DETAILS_BYTES)
    at = (at + VIOLATION_HEADER_BYTES + bytes + 7) & ~7
  }
  return false
}
