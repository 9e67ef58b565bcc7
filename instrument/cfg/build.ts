// From the structured code of a function to its control-flow graph, in one walk.

import { type ExpressionRef, type NamePointer, raw, tryTableTargets } from '../binaryen.ts'
import { ID } from '../kinds.ts'
import { walk } from '../walk.ts'
import { Graph, PLACE } from './graph.ts'

const blockName = raw('_BinaryenBlockGetName')
const loopName = raw('_BinaryenLoopGetName')
const ifElse = raw('_BinaryenIfGetIfFalse')
const breakName = raw('_BinaryenBreakGetName')
const breakCondition = raw('_BinaryenBreakGetCondition')
const switchCount = raw('_BinaryenSwitchGetNumNames')
const switchName = raw('_BinaryenSwitchGetNameAt')
const switchDefault = raw('_BinaryenSwitchGetDefaultName')
const brOnName = raw('_BinaryenBrOnGetName')
const callIsReturn = raw('_BinaryenCallIsReturn')
const indirectIsReturn = raw('_BinaryenCallIndirectIsReturn')
const refIsReturn = raw('_BinaryenCallRefIsReturn')

/** No node: the code at this point cannot be reached. */
const NOWHERE = -1

/** Distinct labels of a br_table, in order; `PLACE.target` slots count them. */
export function distinctTargets(ref: ExpressionRef): NamePointer[] {
  const names = new Set<NamePointer>()
  for (let i = 0; i < switchCount(ref); i++) names.add(switchName(ref, i))
  names.add(switchDefault(ref))
  return [...names]
}

/** What is known about a label: a loop's head, or the nodes that branch to the end of a block. */
interface Label {
  readonly head: number
  readonly sources: number[]
  /** An exception arrives here. */
  caught: boolean
}

interface Arms {
  /** Node in which the condition ended, or in which the try began. */
  readonly start: number
  readonly ends: number[]
}

/** The handlers around a piece of code: nodes from which an exception can start are collected for all of them. */
interface Handler {
  readonly throwers: Set<number>
  readonly labels: readonly NamePointer[]
}

/** Told of each instruction, in the order in which they stand in a binary, and of the node that it belongs to (-1: of none). */
export type Seen = (ref: ExpressionRef, id: number, node: number) => void

/** The graph of the code under `body`. */
export function buildGraph(body: ExpressionRef, seen: Seen = () => {}): Graph {
  return new GraphBuilder(seen).build(body)
}

class GraphBuilder {
  readonly #graph = new Graph()
  readonly #labels = new Map<NamePointer, Label[]>()
  readonly #arms: Arms[] = []
  readonly #handlers: Handler[] = []
  readonly #caught: Handler[] = []
  #current = NOWHERE
  /** Expressions seen since the current node began: none, for a node that is only `unreachable`. */
  #idle = true
  readonly #seen: Seen

  constructor(seen: Seen) {
    this.#seen = seen
  }

  build(body: ExpressionRef): Graph {
    this.#current = this.#graph.add(PLACE.entry, body, 0)
    this.#idle = false
    walk(body, {
      before: (parent, id, slot) => this.#before(parent, id, slot),
      after: (ref, id) => {
        if (id !== ID.if) this.#seen(ref, id, this.#current)
        this.#after(ref, id)
        return ref
      },
    })
    return this.#graph
  }

  #node(place: number, ref: ExpressionRef, slot: number, from: readonly number[]): number {
    const node = this.#graph.add(place, ref, slot)
    for (const source of from) if (source !== NOWHERE) this.#graph.connect(source, node)
    return node
  }

  /** Goes on in a new node, or nowhere when nothing leads to it. */
  #continue(place: number, ref: ExpressionRef, slot: number, from: readonly number[]): void {
    const reached = from.filter((source) => source !== NOWHERE)
    this.#current = reached.length === 0 ? NOWHERE : this.#node(place, ref, slot, reached)
    this.#idle = true
  }

  #before(parent: ExpressionRef, id: number, slot: number): void {
    if (id === ID.block) {
      if (slot === 0) this.#open(blockName(parent), NOWHERE)
    } else if (id === ID.loop) {
      this.#continue(PLACE.loop, parent, 0, [this.#current])
      if (this.#current !== NOWHERE) this.#graph.heads.push(this.#current)
      this.#open(loopName(parent), this.#current)
    } else if (id === ID.if && slot > 0) this.#beforeArm(parent, slot)
    else if (id === ID.try) this.#beforeTry(parent, slot)
    else if (id === ID.tryTable) this.#handlers.push({ throwers: new Set(), labels: tryTableTargets(parent) })
  }

  #beforeArm(parent: ExpressionRef, slot: number): void {
    if (slot === 1) {
      this.#seen(parent, ID.if, this.#current)
      this.#arms.push({ start: this.#current, ends: [] })
    } else this.#arms.at(-1)!.ends.push(this.#current)
    this.#continue(PLACE.arm, parent, slot, [this.#arms.at(-1)!.start])
  }

  #beforeTry(parent: ExpressionRef, slot: number): void {
    if (slot === 0) {
      this.#arms.push({ start: this.#current, ends: [] })
      this.#handlers.push({ throwers: new Set(), labels: [] })
      return
    }
    this.#arms.at(-1)!.ends.push(this.#current)
    if (slot === 1) this.#caught.push(this.#handlers.pop()!)
    this.#continue(PLACE.catch, parent, slot - 1, [...this.#caught.at(-1)!.throwers])
    if (this.#current !== NOWHERE) this.#graph.forced.add(this.#current)
  }

  #open(name: NamePointer, head: number): void {
    if (name === 0) return
    const label = { head, sources: [], caught: false }
    const open = this.#labels.get(name)
    if (open === undefined) this.#labels.set(name, [label])
    else open.push(label)
  }

  #branch(name: NamePointer, from: number): void {
    if (from === NOWHERE) return
    const label = this.#labels.get(name)!.at(-1)!
    if (label.head === NOWHERE) label.sources.push(from)
    else this.#graph.connect(from, label.head)
  }

  #after(ref: ExpressionRef, id: number): void {
    if (id === ID.block) this.#afterBlock(ref)
    else if (id === ID.loop) this.#afterLoop(ref)
    else if (id === ID.if) this.#afterIf(ref)
    else if (id === ID.try) this.#afterTry(ref)
    else if (id === ID.tryTable) this.#afterTryTable()
    else if (this.#current === NOWHERE) return
    else if (id === ID.break) this.#afterBreak(ref)
    else if (id === ID.switch) this.#afterSwitch(ref)
    else if (id === ID.brOn) {
      this.#branch(brOnName(ref), this.#current)
      this.#continue(PLACE.after, ref, 0, [this.#current])
    } else if (id === ID.unreachable) {
      if (this.#idle) this.#graph.traps.add(this.#current)
      this.#current = NOWHERE
    } else if (id === ID.return) this.#current = NOWHERE
    else if (id === ID.throw || id === ID.rethrow || id === ID.throwRef) {
      this.#throws()
      this.#current = NOWHERE
    } else if (id === ID.call || id === ID.callIndirect || id === ID.callRef) this.#afterCall(ref, id)
    else this.#idle = false
  }

  #afterCall(ref: ExpressionRef, id: number): void {
    this.#idle = false
    const isReturn = id === ID.call ? callIsReturn : id === ID.callIndirect ? indirectIsReturn : refIsReturn
    if (isReturn(ref) !== 0) this.#current = NOWHERE
    else this.#throws()
  }

  /** What runs now may end in any handler around it. */
  #throws(): void {
    for (const { throwers, labels } of this.#handlers) {
      if (throwers.has(this.#current)) continue
      throwers.add(this.#current)
      for (const name of labels) {
        const label = this.#labels.get(name)!.at(-1)!
        this.#branch(name, this.#current)
        label.caught = true
        if (label.head !== NOWHERE) this.#graph.forced.add(label.head)
      }
    }
  }

  #afterBlock(ref: ExpressionRef): void {
    const name = blockName(ref)
    const open = name === 0 ? undefined : this.#labels.get(name)
    const label = open?.pop()
    if (label === undefined || label.sources.length === 0) return
    this.#continue(PLACE.after, ref, 0, [this.#current, ...label.sources])
    if (label.caught) this.#graph.forced.add(this.#current)
  }

  #afterLoop(ref: ExpressionRef): void {
    const name = loopName(ref)
    if (name !== 0) this.#labels.get(name)!.pop()
  }

  #afterIf(ref: ExpressionRef): void {
    const { start, ends } = this.#arms.pop()!
    ends.push(this.#current)
    if (ifElse(ref) === 0) {
      this.#continue(PLACE.arm, ref, 2, [start])
      ends.push(this.#current)
    }
    this.#join(ref, ends)
  }

  #afterTry(ref: ExpressionRef): void {
    const { ends } = this.#arms.pop()!
    if (ends.length === 0) this.#handlers.pop()
    else this.#caught.pop()
    this.#join(ref, [...ends, this.#current])
  }

  #afterTryTable(): void {
    this.#handlers.pop()
  }

  /** Goes on behind `ref`: in a new node where several ways meet, in the same one where there is only one. */
  #join(ref: ExpressionRef, ends: readonly number[]): void {
    const reached = ends.filter((end) => end !== NOWHERE)
    if (reached.length < 2) {
      this.#current = reached[0] ?? NOWHERE
      this.#idle = false
    } else this.#continue(PLACE.after, ref, 0, reached)
  }

  #afterBreak(ref: ExpressionRef): void {
    if (breakCondition(ref) === 0) {
      this.#branch(breakName(ref), this.#current)
      this.#current = NOWHERE
      return
    }
    const from = this.#current
    this.#branch(breakName(ref), this.#node(PLACE.taken, ref, 0, [from]))
    this.#continue(PLACE.after, ref, 0, [from])
  }

  #afterSwitch(ref: ExpressionRef): void {
    const from = this.#current
    distinctTargets(ref).forEach((name, slot) => this.#branch(name, this.#node(PLACE.target, ref, slot, [from])))
    this.#current = NOWHERE
  }
}
