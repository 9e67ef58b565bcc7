// The instructions around a trap, as WebAssembly text, with an arrow at the one that trapped. wabt is loaded when the
// first of them is printed.

import { SHOWN_MODULE_BYTES_MAX } from '../core/limits.ts'
import type { Frame } from '../core/outcome.ts'
import { loadWabt, WABT_FEATURES } from '../core/target/wabt.ts'
import { instructionAt } from './instructions.ts'

const LINES_BEFORE = 6
const LINES_AFTER = 3

/** Null where the offset is not known, or wabt cannot read the module (GC, too large). */
export async function codeAround(wasm: Uint8Array, frame: Frame): Promise<readonly string[] | null> {
  if (frame.offset === null || wasm.length > SHOWN_MODULE_BYTES_MAX) return null
  const place = instructionAt(wasm, frame.offset)
  const text = place && (await textOf(wasm))
  if (!text) return null
  const body = bodyOf(text, place.definedFunction)
  const trapped = body && body.firstInstruction + place.instruction
  if (!body || trapped === null || trapped >= body.lines.length) return null
  const first = Math.max(body.firstInstruction, trapped - LINES_BEFORE)
  const shown = body.lines.slice(first, trapped + LINES_AFTER + 1)
  const margin = Math.min(...shown.map((line) => line.search(/\S/)))
  const pointed = shown.map((line, index) => (first + index === trapped ? '  → ' : '    ') + line.slice(margin))
  return [`    ${(body.lines[0] as string).trim()}`, ...(first > body.firstInstruction ? ['      …'] : []), ...pointed]
}

async function textOf(wasm: Uint8Array): Promise<string | null> {
  try {
    const wabt = await loadWabt()
    // wabt reads from the beginning of the buffer, whatever part of it the array shows.
    const module = wabt.readWasm(wasm.slice(), { ...WABT_FEATURES, readDebugNames: true })
    try {
      return module.toText({ foldExprs: false, inlineExport: false })
    } finally {
      module.destroy()
    }
  } catch {
    return null
  }
}

/** The lines of one function, its head first, and where its instructions begin. */
function bodyOf(text: string, definedFunction: number): { lines: readonly string[]; firstInstruction: number } | null {
  const lines = text.split('\n')
  let seen = -1
  const start = lines.findIndex((line) => line.startsWith('  (func ') && ++seen === definedFunction)
  if (start < 0) return null
  const length = lines.slice(start + 1).findIndex((line) => /^ {2}\(|^\)/.test(line))
  const own = lines.slice(start, length < 0 ? undefined : start + 1 + length)
  // The parenthesis that closes the function hangs on its last instruction.
  own.push((own.pop() as string).replace(/\)$/, ''))
  const firstInstruction = own.findIndex((line, index) => index > 0 && !/^\s*\(local /.test(line))
  return firstInstruction < 0 ? null : { lines: own, firstInstruction }
}
