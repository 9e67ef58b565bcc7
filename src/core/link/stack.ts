// Frames from an Error's stack. V8 and SpiderMonkey give index and offset, JavaScriptCore an index or a name:
//
//   V8             at parse (wasm://wasm/json-8ec6d4ba:wasm-function[12]:0x1a2)
//   SpiderMonkey   parse@http://host/worker.js line 3 > WebAssembly.Module:wasm-function[12]:0x1a2
//   JavaScriptCore <?>.wasm-function[12]@[wasm code]

export interface RawFrame {
  /** What stands before `:wasm-function`: equal for frames of one module; empty where the engine does not say. */
  readonly moduleKey: string
  readonly index: number
  /** The engine's idea of the name; empty where it has none. */
  readonly name: string
  readonly offset: number | null
}

const FRAME = /wasm-function\[(\d+)\](?::0x([0-9a-f]+))?/i
/** Frames that are captured: enough for a key after allocators and panic machinery. */
export const STACK_FRAMES_MAX = 20
/** The same where a finding is confirmed, which is rare and wants the whole story. */
export const STACK_FRAMES_WHOLE = 200
/** Lines, the message among them, by which a trap is known to be at the same place. */
const PLACE_LINES = 6

/** Wasm frames, innermost first. */
export function parseStack(stack: string): readonly RawFrame[] {
  return stack.split('\n').flatMap((line) => {
    const match = FRAME.exec(line)
    return match ? [parseFrame(line, match)] : []
  })
}

function parseFrame(line: string, match: RegExpExecArray): RawFrame {
  const before = line.slice(0, match.index)
  const v8 = /^\s*at (?:(.*) \()?([^(]*):$/.exec(before)
  const gecko = /^(.*?)@(.*):$/.exec(before)
  const [, name = '', moduleKey = ''] = v8 ?? gecko ?? []
  const offset = match[2] === undefined ? null : Number.parseInt(match[2], 16)
  return { moduleKey, index: Number(match[1]), name, offset }
}

/** The message and the innermost frames, unparsed: equal for traps at the same place. */
export function placeOf(stack: string): string {
  let end = -1
  for (let line = 0; line < PLACE_LINES; line++) {
    end = stack.indexOf('\n', end + 1)
    if (end < 0) return stack
  }
  return stack.slice(0, end)
}

/** The key of a module's frames, learned from a trap that happens in it; empty where the engine does not tell modules apart. */
export function moduleKeyOf(trap: () => unknown): string {
  try {
    trap()
  } catch (error) {
    if (error instanceof Error) return parseStack(error.stack ?? '')[0]?.moduleKey ?? ''
  }
  return ''
}

/** V8 captures ten frames unless told otherwise, too few below an allocator's; a page's own setting is put back. */
export function withStackLimit<T>(work: () => T, frames: number = STACK_FRAMES_MAX): T {
  const errors = Error as { stackTraceLimit?: number }
  const before = errors.stackTraceLimit
  errors.stackTraceLimit = frames
  try {
    return work()
  } finally {
    if (before !== undefined) errors.stackTraceLimit = before
  }
}
