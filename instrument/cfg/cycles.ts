// Nodes that lie on a cycle of a directed graph: Tarjan's strongly connected components, with a stack of its own.

/** 1 for each node that can reach itself. */
export function cycles(successors: readonly ReadonlySet<number>[]): Uint8Array {
  const lists = successors.map((set) => [...set])
  const onCycle = new Uint8Array(lists.length)
  const index = new Int32Array(lists.length).fill(-1)
  const low = new Int32Array(lists.length)
  const open: number[] = []
  const isOpen = new Uint8Array(lists.length)
  let clock = 0

  const close = (root: number): void => {
    const first = open.lastIndexOf(root)
    const members = open.splice(first)
    for (const member of members) {
      isOpen[member] = 0
      if (members.length > 1 || successors[member]!.has(member)) onCycle[member] = 1
    }
  }

  for (let start = 0; start < lists.length; start++) {
    if (index[start] !== -1) continue
    const path = [start]
    const next = [0]
    while (path.length > 0) {
      const top = path.length - 1
      const node = path[top]!
      if (next[top] === 0) {
        index[node] = low[node] = clock++
        open.push(node)
        isOpen[node] = 1
      }
      const to = lists[node]![next[top]!]
      if (to === undefined) {
        if (low[node] === index[node]) close(node)
        path.pop()
        next.pop()
        const above = path.at(-1)
        if (above !== undefined) low[above] = Math.min(low[above]!, low[node]!)
        continue
      }
      next[top] = next[top]! + 1
      if (index[to] === -1) {
        path.push(to)
        next.push(0)
      } else if (isOpen[to] === 1) low[node] = Math.min(low[node]!, index[to]!)
    }
  }
  return onCycle
}
