// How deep a WebAssembly text nests. wabt reads it by recursion on a stack of 64 KiB and does not notice where that ends: it
// then writes over its own data, and traps, answers wrongly or never answers. So what is too deep never reaches it.

/** Four fifths of the least with which wabt was seen to fail: 145 blocks or 245 operators within each other. */
export const WAT_NESTING_MAX = 600
/** What each takes of the stack; the arms of a block take nothing. */
const BLOCK = 5
const OPERATOR = 3

const BLOCKS: ReadonlySet<string> = new Set(['block', 'loop', 'if', 'try', 'try_table'])
const ARMS: ReadonlySet<string> = new Set(['then', 'else', 'do', 'catch', 'catch_all'])

// Comments and strings first, so that no bracket in them counts. A comment in brackets may hold others.
const TOKEN = /;;[^\n]*|\(;|"(?:[^"\\]|\\.)*"|\(\s*([a-z_]*)|\)|[^\s()";]+|[";]/g

/** What the text needs of the stack at its deepest. */
export function watNesting(text: string): number {
  const open: number[] = []
  let depth = 0
  let deepest = 0
  const enter = (weight: number): void => {
    open.push(weight)
    depth += weight
    deepest = Math.max(deepest, depth)
  }
  const leave = (): void => {
    depth -= open.pop() ?? 0
  }
  TOKEN.lastIndex = 0
  for (let found = TOKEN.exec(text); found; found = TOKEN.exec(text)) {
    const [token, word] = found
    if (token === '(;') TOKEN.lastIndex = commentEnd(text, TOKEN.lastIndex)
    else if (token.startsWith('(')) enter(BLOCKS.has(word ?? '') ? BLOCK : ARMS.has(word ?? '') ? 0 : OPERATOR)
    else if (token === ')' || token === 'end') leave()
    else if (BLOCKS.has(token)) enter(BLOCK)
  }
  return deepest
}

function commentEnd(text: string, from: number): number {
  const mark = /\(;|;\)/g
  mark.lastIndex = from
  let within = 1
  for (let found = mark.exec(text); found; found = mark.exec(text)) {
    within += found[0] === '(;' ? 1 : -1
    if (within === 0) return mark.lastIndex
  }
  return text.length
}
