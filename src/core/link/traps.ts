// What a trap was. The reason that inserted code or an engine function left in the control block comes first; a trap of
// the target's own is told by the JavaScript engine's message, and each engine has its own words.
import {
  REASON_ABORT,
  REASON_DEPTH,
  REASON_EXIT,
  REASON_FUEL,
  REASON_IMPORT,
  REASON_MEMORY,
  REASON_NONE,
  REASON_THROW,
  REASON_VIOLATION,
} from '../../../assembly/abi.ts'
import type { TrapKind } from '../outcome.ts'

/** The control block at the moment of the trap. */
export interface Reason {
  readonly reason: number
  readonly detail: number
  readonly message: string
}

export interface Classified {
  readonly kind: TrapKind
  readonly message: string
}

/** In this order: "indirect call" must be seen before "out of bounds", which V8 says of tables too. */
const MESSAGES: readonly (readonly [RegExp, TrapKind])[] = [
  // V8: "unreachable" · SpiderMonkey: "unreachable executed" · JavaScriptCore: "Unreachable code should not be executed"
  [/unreachable/i, 'unreachable'],
  // V8: "null function or function signature mismatch", "table index is out of bounds" · SpiderMonkey: "indirect call to
  // null", "indirect call signature mismatch" · JavaScriptCore: "Out of bounds call_indirect", "call_indirect to a null …"
  [/call_indirect|indirect call|null function|signature|table index|table access|undefined element/i, 'indirect-call'],
  // V8: "divide by zero", "remainder by zero" · SpiderMonkey: "integer divide by zero" · JavaScriptCore: "Division by zero"
  [/(divi\w*|remainder) by zero/i, 'divide-by-zero'],
  // V8: "divide result unrepresentable", "float unrepresentable in integer range" · SpiderMonkey: "integer overflow",
  // "invalid conversion to integer" · JavaScriptCore: "Integer overflow", "Out of bounds Trunc operation"
  [/unrepresentable|integer overflow|invalid conversion|trunc/i, 'integer-overflow'],
  // V8: "memory access out of bounds" · SpiderMonkey: "index out of bounds" · JavaScriptCore: "Out of bounds memory access"
  [/out of bounds|out-of-bounds|too large/i, 'out-of-bounds'],
]

/** Null where the exception is no trap: a mistake of ours, to be thrown on. `importName` names a stub by its index. */
export function classify(error: unknown, reason: Reason, importName: (index: number) => string): Classified | null {
  if (reason.reason !== REASON_NONE) return ofReason(reason, importName)
  if (isException(error)) return { kind: 'uncaught-exception', message: 'an exception that nothing caught' }
  if (!(error instanceof Error)) return null
  if (error instanceof RangeError || /call stack|too much recursion/i.test(error.message)) {
    return { kind: 'stack-overflow', message: 'the call stack is exhausted' }
  }
  if (!(error instanceof WebAssembly.RuntimeError)) return null
  const kind = MESSAGES.find(([pattern]) => pattern.test(error.message))?.[1] ?? 'unreachable'
  return { kind, message: error.message }
}

function isException(error: unknown): boolean {
  return 'Exception' in WebAssembly && error instanceof (WebAssembly.Exception as unknown as typeof Object)
}

function ofReason({ reason, detail, message }: Reason, importName: (index: number) => string): Classified {
  switch (reason) {
    case REASON_FUEL:
      return { kind: 'timeout', message: 'does not come to an end within its --timeout' }
    case REASON_DEPTH:
      return { kind: 'stack-overflow', message: 'calls nested too deeply' }
    case REASON_MEMORY:
      return { kind: 'memory-limit', message: `asks for ${detail} pages or entries, more than --memory allows` }
    case REASON_EXIT:
      return { kind: 'exit', message: `proc_exit(${detail | 0})` }
    case REASON_ABORT:
      return { kind: 'abort', message: message === '' ? 'abort' : `abort: ${message}` }
    case REASON_THROW:
      return {
        kind: 'uncaught-exception',
        message: detail === 1 ? 'a longjmp out of the module' : 'a C++ exception that nothing caught',
      }
    case REASON_IMPORT:
      return {
        kind: 'missing-import',
        message: `calls the import ${importName(detail)}, which the sandbox does not provide`,
      }
    case REASON_VIOLATION:
      return { kind: 'violation', message }
    default:
      return { kind: 'unreachable', message: `unreachable, with the unknown reason ${reason}` }
  }
}
