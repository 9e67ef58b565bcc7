// Puts code at nodes of a control-flow graph, changing nothing else about what the function does.

import { type ExpressionRef, TYPE, type TypeRef, expressionId, expressionType, raw } from '../binaryen.ts'
import { type Builder, addLocal } from '../build.ts'
import { ID, child, childCount } from '../kinds.ts'
import { walk } from '../walk.ts'
import { distinctTargets } from './build.ts'
import { type Graph, PLACE } from './graph.ts'

const ifTrue = raw('_BinaryenIfGetIfTrue')
const setIfTrue = raw('_BinaryenIfSetIfTrue')
const ifFalse = raw('_BinaryenIfGetIfFalse')
const setIfFalse = raw('_BinaryenIfSetIfFalse')
const loopBody = raw('_BinaryenLoopGetBody')
const setLoopBody = raw('_BinaryenLoopSetBody')
const catchBody = raw('_BinaryenTryGetCatchBodyAt')
const setCatchBody = raw('_BinaryenTrySetCatchBodyAt')
const breakName = raw('_BinaryenBreakGetName')
const breakValue = raw('_BinaryenBreakGetValue')
const breakCondition = raw('_BinaryenBreakGetCondition')
const switchCount = raw('_BinaryenSwitchGetNumNames')
const switchNameAt = raw('_BinaryenSwitchGetNameAt')
const setSwitchNameAt = raw('_BinaryenSwitchSetNameAt')
const switchDefault = raw('_BinaryenSwitchGetDefaultName')
const setSwitchDefault = raw('_BinaryenSwitchSetDefaultName')
const switchValue = raw('_BinaryenSwitchGetValue')
const setSwitchValue = raw('_BinaryenSwitchSetValue')
const functionBody = raw('_BinaryenFunctionGetBody')
const setFunctionBody = raw('_BinaryenFunctionSetBody')
const appendChild = raw('_BinaryenBlockInsertChildAt')

/** The code for a node. Called once per node, at most one call at a time; nodes without code are left out. */
export type CodeFor = (node: number) => ExpressionRef

/** Inserts `codeFor(node)` at each of `nodes`. */
export function insertAt(func: number, build: Builder, graph: Graph, nodes: readonly number[], codeFor: CodeFor): void {
  new Inserter(func, build, graph, codeFor).run(nodes)
}

class Inserter {
  readonly #func: number
  readonly #build: Builder
  readonly #graph: Graph
  readonly #codeFor: CodeFor
  /** Nodes by the expression that they hang on. */
  readonly #at = new Map<ExpressionRef, number[]>()
  #labels = 0

  constructor(func: number, build: Builder, graph: Graph, codeFor: CodeFor) {
    this.#func = func
    this.#build = build
    this.#graph = graph
    this.#codeFor = codeFor
  }

  run(nodes: readonly number[]): void {
    let entry = 0
    for (const node of nodes) {
      const ref = this.#graph.ref[node]!
      const here = this.#at.get(ref)
      if (this.#graph.place[node] === PLACE.entry) entry = this.#codeFor(node)
      else if (here === undefined) this.#at.set(ref, [node])
      else here.push(node)
    }
    const body = functionBody(this.#func)
    let result = body
    if (this.#at.size > 0) result = walk(body, { after: (ref, id) => this.#after(ref, id) })
    if (entry !== 0) result = this.#ahead(entry, result)
    if (result !== body) setFunctionBody(this.#func, result)
  }

  #ahead(code: ExpressionRef, ref: ExpressionRef): ExpressionRef {
    return this.#build.sequence([code, ref], expressionType(ref))
  }

  #after(ref: ExpressionRef, id: number): ExpressionRef {
    const nodes = this.#at.get(ref)
    if (nodes === undefined) return ref
    if (id === ID.switch) return this.#targets(ref, nodes)
    let result = ref
    for (const node of nodes) {
      const place = this.#graph.place[node]!
      const slot = this.#graph.slot[node]!
      if (place === PLACE.arm) this.#arm(ref, slot, node)
      else if (place === PLACE.loop) setLoopBody(ref, this.#ahead(this.#codeFor(node), loopBody(ref)))
      else if (place === PLACE.catch) setCatchBody(ref, slot, this.#behindPop(catchBody(ref, slot), node))
      else if (place === PLACE.taken) result = this.#taken(ref, node)
      else result = this.#behind(result, node)
    }
    return result
  }

  #arm(ref: ExpressionRef, slot: number, node: number): void {
    const code = this.#codeFor(node)
    if (slot === 1) setIfTrue(ref, this.#ahead(code, ifTrue(ref)))
    else setIfFalse(ref, ifFalse(ref) === 0 ? code : this.#ahead(code, ifFalse(ref)))
  }

  #behind(ref: ExpressionRef, node: number): ExpressionRef {
    const type = expressionType(ref)
    if (type === TYPE.unreachable) return ref
    const code = this.#codeFor(node)
    if (type === TYPE.none) return this.#build.sequence([ref, code])
    const value = this.#keep(ref, type)
    return this.#build.sequence([value.set, code, value.get()], type)
  }

  #keep(ref: ExpressionRef, type: TypeRef): { set: ExpressionRef; get: () => ExpressionRef } {
    const local = addLocal(this.#func, type)
    return { set: this.#build.set(local, ref), get: () => this.#build.get(local, type) }
  }

  /** What a catch caught is on the stack when its body begins, and the first instruction must take it. */
  #behindPop(body: ExpressionRef, node: number): ExpressionRef {
    if (!beginsWithPop(body)) return this.#ahead(this.#codeFor(node), body)
    if (expressionId(body) !== ID.block) return this.#behind(body, node)
    appendChild(body, 1, this.#codeFor(node))
    return body
  }

  /** `br_if label` becomes `if { code; br label }`. */
  #taken(ref: ExpressionRef, node: number): ExpressionRef {
    const build = this.#build
    const value = breakValue(ref)
    const condition = breakCondition(ref)
    const code = this.#codeFor(node)
    const jump = (passed: ExpressionRef): ExpressionRef =>
      build.if(condition, build.sequence([code, build.br(breakName(ref), 0, passed)], TYPE.unreachable))
    if (value === 0) return jump(0)
    const type = expressionType(value)
    const kept = this.#keep(value, type)
    return build.sequence([kept.set, jump(kept.get()), kept.get()], type)
  }

  /**
   * Each counted target of a br_table gets a block of its own to jump to, behind which its code stands:
   * `block $b { block $a { br_table $a $b } code; br first } code; br second`.
   */
  #targets(ref: ExpressionRef, nodes: readonly number[]): ExpressionRef {
    const build = this.#build
    const names = distinctTargets(ref)
    const nodeOf = new Map(nodes.map((node) => [this.#graph.slot[node]!, node]))
    const value = switchValue(ref)
    const kept = value === 0 ? null : this.#keep(value, expressionType(value))
    const slots = names.map((_, slot) => slot).filter((slot) => kept !== null || nodeOf.has(slot))
    const labels = new Map(slots.map((slot) => [names[slot]!, `fuzzbox.case${this.#labels++}`]))
    this.#retarget(ref, labels)
    if (kept !== null) setSwitchValue(ref, 0)
    let inner = kept === null ? [ref] : [kept.set, ref]
    for (const slot of slots) {
      const node = nodeOf.get(slot)
      const code = node === undefined ? [] : [this.#codeFor(node)]
      const landed = build.block(labels.get(names[slot]!)!, inner)
      inner = [landed, ...code, build.br(names[slot]!, 0, kept === null ? 0 : kept.get())]
    }
    return build.sequence(inner, TYPE.unreachable)
  }

  #retarget(ref: ExpressionRef, labels: ReadonlyMap<number, string>): void {
    const pointer = (name: number): number => {
      const label = labels.get(name)
      return label === undefined ? name : this.#build.name(label)
    }
    for (let i = 0; i < switchCount(ref); i++) setSwitchNameAt(ref, i, pointer(switchNameAt(ref, i)))
    setSwitchDefault(ref, pointer(switchDefault(ref)))
  }
}

/** The value that a catch caught is the first thing that its body evaluates, if it wants it at all. */
function beginsWithPop(body: ExpressionRef): boolean {
  for (let ref = body; ;) {
    const id = expressionId(ref)
    if (id === ID.pop) return true
    if (id === ID.loop || id === ID.try || id === ID.tryTable || childCount(ref, id) === 0) return false
    ref = child(ref, id, 0)
    if (ref === 0) return false
  }
}
