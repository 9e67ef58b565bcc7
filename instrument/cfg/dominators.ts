// Dominators and post-dominators, by the algorithm of Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm"
// (Rice University, 2001).

/** A dominator tree: who stands above whom. */
export class Dominators {
  /** Immediate dominator of each node; -1 for the root and for nodes that cannot be reached from it. */
  readonly above: Int32Array
  readonly #root: number
  readonly #enter: Int32Array
  readonly #leave: Int32Array

  constructor(root: number, successors: readonly (readonly number[])[], predecessors: readonly (readonly number[])[]) {
    const count = successors.length
    const { order, rank } = reversePostOrder(root, successors)
    this.#root = root
    this.above = new Int32Array(count).fill(-1)
    this.above[root] = root
    for (let changed = true; changed;) {
      changed = false
      for (const node of order) {
        if (node === root) continue
        let best = -1
        for (const from of predecessors[node]!) {
          if (this.above[from] === -1) continue
          best = best === -1 ? from : this.#meet(best, from, rank)
        }
        if (best !== this.above[node]) {
          this.above[node] = best
          changed = true
        }
      }
    }
    this.above[root] = -1
    this.#enter = new Int32Array(count)
    this.#leave = new Int32Array(count)
    this.#number(order)
  }

  #meet(one: number, other: number, rank: Int32Array): number {
    while (one !== other) {
      while (rank[one]! > rank[other]!) one = this.above[one]!
      while (rank[other]! > rank[one]!) other = this.above[other]!
    }
    return one
  }

  /** Numbers the tree so that "a dominates b" is two comparisons. */
  #number(order: readonly number[]): void {
    const children: number[][] = Array.from({ length: this.above.length }, () => [])
    for (const node of order) if (this.above[node] !== -1) children[this.above[node]!]!.push(node)
    const stack = [this.#root]
    let clock = 0
    while (stack.length > 0) {
      const node = stack.pop()!
      if (node < 0) {
        this.#leave[~node] = clock
        continue
      }
      this.#enter[node] = ++clock
      stack.push(~node, ...children[node]!)
    }
  }

  reached(node: number): boolean {
    return this.#enter[node]! > 0
  }

  /** True when every way from the root to `node` leads through `over`. A node dominates itself. */
  dominates(over: number, node: number): boolean {
    if (!this.reached(over) || !this.reached(node)) return false
    return this.#enter[over]! <= this.#enter[node]! && this.#leave[node]! <= this.#leave[over]!
  }
}

function reversePostOrder(
  root: number,
  successors: readonly (readonly number[])[],
): { order: number[]; rank: Int32Array } {
  const order: number[] = []
  const rank = new Int32Array(successors.length).fill(-1)
  const seen = new Uint8Array(successors.length)
  const stack = [root]
  const next = [0]
  seen[root] = 1
  while (stack.length > 0) {
    const top = stack.length - 1
    const node = stack[top]!
    const to = successors[node]![next[top]!]
    if (to === undefined) {
      order.push(node)
      stack.pop()
      next.pop()
    } else {
      next[top] = next[top]! + 1
      if (seen[to] === 0) {
        seen[to] = 1
        stack.push(to)
        next.push(0)
      }
    }
  }
  order.reverse()
  for (let i = 0; i < order.length; i++) rank[order[i]!] = i
  return { order, rank }
}
