// A walk over every node of a function body, children first, in the order in which Wasm evaluates them.
//
//   walkFunction(func, {
//     before(parent, id, slot) {…},   // about to enter child `slot` of `parent` (an `if` has condition 0, arms 1 and 2)
//     after(ref, id) { return ref },  // all children done; what it returns takes the node's place
//   })
//
// - It keeps its own stack, so the depth of an expression is limited by memory alone.
// - Nodes that `after` returns are not walked again.
// - Compare `id` with ID.* of kinds.ts, which also gives the children of a node (`childCount`, `child`, `setChild`).

import { type ExpressionRef, expressionId, raw } from './binaryen.ts'
import { child, childCount, setChild } from './kinds.ts'

export interface Visitor {
  /** Child `slot` of `parent` is about to be entered; absent children are not announced. */
  before?(parent: ExpressionRef, id: number, slot: number): void
  /** All children of `ref` are done. What is returned takes its place: `ref` itself changes nothing. */
  after(ref: ExpressionRef, id: number): ExpressionRef
}

/** Walks the tree under `root` and returns what takes its place. */
export function walk(root: ExpressionRef, visitor: Visitor): ExpressionRef {
  const refs = [root]
  const ids = [expressionId(root)]
  const slots = [0]
  const counts = [childCount(root, ids[0]!)]
  for (;;) {
    const top = refs.length - 1
    const ref = refs[top]!
    const id = ids[top]!
    const slot = slots[top]!
    if (slot < counts[top]!) {
      slots[top] = slot + 1
      const next = child(ref, id, slot)
      if (next === 0) continue
      visitor.before?.(ref, id, slot)
      const nextId = expressionId(next)
      refs.push(next)
      ids.push(nextId)
      slots.push(0)
      counts.push(childCount(next, nextId))
      continue
    }
    const replacement = visitor.after(ref, id)
    refs.pop()
    ids.pop()
    slots.pop()
    counts.pop()
    if (top === 0) return replacement
    if (replacement !== ref) setChild(refs[top - 1]!, ids[top - 1]!, slots[top - 1]! - 1, replacement)
  }
}

const functionBody = raw('_BinaryenFunctionGetBody')
const setFunctionBody = raw('_BinaryenFunctionSetBody')

/** Walks a function's body (`func` as `_BinaryenGetFunction` gives it); imported functions have none. */
export function walkFunction(func: number, visitor: Visitor): void {
  const body = functionBody(func)
  if (body === 0) return
  const replacement = walk(body, visitor)
  if (replacement !== body) setFunctionBody(func, replacement)
}
