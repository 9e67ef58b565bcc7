// From offsets in a module to lines of its source: by the compiler's source map, or by the text itself.
import { bodiesOf } from '../../instrument/sections/instructions.ts'

/** What begins at this offset comes from this line, counted from 1, up to the next entry; 0: from another file. */
export type LineTable = readonly (readonly [offset: number, line: number])[]

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Of the file that the map names `source`. In maps of Wasm everything is one line, and the column is the offset. */
export function linesOfSourceMap(json: string, source: string): LineTable {
  const { sources, mappings } = JSON.parse(json) as { sources: readonly string[]; mappings: string }
  const wanted = sources.indexOf(source)
  let [offset, file, line] = [0, 0, 0]
  return mappings.split(',').map((segment) => {
    const [column = 0, fileStep = 0, lineStep = 0] = numbersOf(segment)
    offset += column
    file += fileStep
    line += lineStep
    return [offset, file === wanted ? line + 1 : 0] as const
  })
}

/** Base64 digits of five bits each, the sixth says that more follow; the lowest bit of the whole is the sign. */
function numbersOf(segment: string): number[] {
  const numbers: number[] = []
  let value = 0
  let shift = 0
  for (const character of segment) {
    const digit = DIGITS.indexOf(character)
    value += (digit & 31) << shift
    shift += 5
    if (digit & 32) continue
    numbers.push(value & 1 ? -(value >> 1) : value >> 1)
    value = 0
    shift = 0
  }
  return numbers
}

/** Parts of WebAssembly text that matter here: parentheses and words; strings and comments are passed over. */
const WAT_TOKEN = /;;[^\n]*|\(;[\s\S]*?;\)|"(?:[^"\\]|\\.)*"|[()]|[^\s()";]+/g
const INSTRUCTION =
  /^(unreachable|if|br|br_if|br_table|return|call|call_indirect|call_ref|return_call\w*|drop|select|throw|throw_ref|rethrow|ref\.\w+|[a-z0-9]+\.[\w.]+)$/
/** What stands in a function and is none of its instructions, with all that it contains. */
const HEADS = new Set(['param', 'result', 'local', 'export', 'import', 'type'])
/** Opcodes that have no word of their own in the list above: nop, block, loop, else, end and their like. */
const UNNAMED = new Set([0x01, 0x02, 0x03, 0x05, 0x06, 0x07, 0x0b, 0x18, 0x19, 0x1f])

/** Of a module that was assembled from this text: its instructions in their order. */
export function linesOfWat(text: string, wasm: Uint8Array): LineTable {
  const functions = watFunctions(text)
  return bodiesOf(wasm).flatMap(({ instructions, end }, index) => {
    const real = instructions?.filter(({ opcode }) => !UNNAMED.has(opcode)) ?? []
    const lines = functions[index] ?? []
    // Another count means that something was not understood: better no line than a wrong one.
    if (lines.length !== real.length) return []
    return [...real.map(({ offset }, at) => [offset, lines[at]!] as const), [end, 0] as const]
  })
}

interface Form {
  readonly head: string
  readonly line: number
  told: boolean
}

/** For each function with a body, the line of each instruction, in the order in which they are encoded. */
function watFunctions(text: string): number[][] {
  const functions: number[][] = []
  const open: Form[] = []
  let line = 1
  let before = 0
  let isHead = false
  for (const { 0: token, index } of text.matchAll(WAT_TOKEN)) {
    for (; before < index; before++) if (text[before] === '\n') line++
    const inner = open.at(-1)
    if (token === '(') isHead = true
    else if (token === ')') {
      const form = open.pop()
      if (form && !form.told) functions.at(-1)?.push(form.line)
    } else if (isHead) {
      isHead = false
      // The condition of a folded `if` comes before it, its arms after it.
      if ((token === 'then' || token === 'else') && inner && !inner.told) {
        inner.told = true
        functions.at(-1)?.push(inner.line)
      }
      if (token === 'func' && open.length === 1) functions.push([])
      open.push({ head: token, line, told: !INSTRUCTION.test(token) || !isInFunction(open) })
    } else if (inner && (inner.head === 'func' || inner.told) && INSTRUCTION.test(token) && isInFunction(open)) {
      functions.at(-1)?.push(line)
    }
  }
  return functions
}

function isInFunction(open: readonly Form[]): boolean {
  return open.some(({ head }) => head === 'func') && !open.some(({ head }) => HEADS.has(head))
}
