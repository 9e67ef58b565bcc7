// How often a function can be entered while no loop and no recursion runs: the number of call paths that lead to it.
//
//   f() { g(); g() }   g() { h(); h() }   h() { … }        1 × f, 2 × g, 4 × h … a tree of calls, exponential in depth
//
// Loops and recursive functions are cut: their own counters carry fuel. What is left is acyclic, so one pass in
// topological order adds the paths up.

/** Calls of each node: callee → call sites. */
export type CallSites = readonly ReadonlyMap<number, number>[]

/** Paths to each node, as a float that may reach Infinity; 1 for a node that nobody calls. */
export function countPaths(calls: CallSites, recursive: Uint8Array): Float64Array {
  const paths = new Float64Array(calls.length)
  const waiting = new Uint32Array(calls.length)
  calls.forEach((callees, caller) => {
    for (const callee of callees.keys()) if (recursive[caller] === 0 && recursive[callee] === 0) waiting[callee]!++
  })
  const ready: number[] = []
  calls.forEach((callees, node) => {
    // A recursive caller starts its callees anew: how often it runs itself is bounded by its own counter.
    if (recursive[node] === 1) for (const [callee, sites] of callees) paths[callee]! += sites
    else if (waiting[node] === 0) ready.push(node)
  })
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    paths[node] = Math.max(paths[node]!, 1)
    for (const [callee, sites] of calls[node]!) {
      if (recursive[callee] === 1) continue
      paths[callee]! += paths[node]! * sites
      if (--waiting[callee]! === 0) ready.push(callee)
    }
  }
  return paths
}
