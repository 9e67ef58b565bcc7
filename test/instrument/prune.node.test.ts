// Fuel on functions that others compiled: whatever way a loop goes round, it meets a counter that is compared.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { modulePointer, raw, readModule } from '../../instrument/binaryen.ts'
import { buildGraph } from '../../instrument/cfg/build.ts'
import type { Graph } from '../../instrument/cfg/graph.ts'
import { plan } from '../../instrument/cfg/prune.ts'
import { FEATURES } from '../../instrument/features.ts'

const require = createRequire(import.meta.url)
const functionCount = raw('_BinaryenGetNumFunctions')
const functionAt = raw('_BinaryenGetFunctionByIndex')
const functionBody = raw('_BinaryenFunctionGetBody')

/** True when some cycle meets no node of `without`: taking away nodes that nothing leads to, one by one, leaves some. */
function hasCycle({ size, predecessors, successors }: Graph, without: ReadonlySet<number>): boolean {
  const waiting = predecessors.map((from) => from.filter((node) => !without.has(node)).length)
  const ready = waiting.flatMap((count, node) => (count === 0 || without.has(node) ? [node] : []))
  const gone = new Set(ready)
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    if (without.has(node)) continue
    for (const to of successors[node]!)
      if (!gone.has(to) && --waiting[to]! === 0) {
        gone.add(to)
        ready.push(to)
      }
  }
  return gone.size < size
}

test.each(['source-map/lib/mappings.wasm', '@bokuweb/zstd-wasm/dist/web/zstd.wasm'])(
  'compares a counter on every cycle of every function of %s',
  (path) => {
    const file = readFileSync(`${require.resolve('binaryen').split('binaryen')[0]}${path}`)
    const module = readModule(new Uint8Array(file), FEATURES)
    const pointer = modulePointer(module)
    let loops = 0
    for (let index = 0; index < functionCount(pointer); index++) {
      const body = functionBody(functionAt(pointer, index))
      if (body === 0) continue
      const graph = buildGraph(body)
      if (hasCycle(graph, new Set())) loops++
      for (const prune of [true, false]) {
        const { counted, checked } = plan(graph, prune, false)
        expect(hasCycle(graph, checked)).toBe(false)
        expect([...checked].every((node) => counted.includes(node))).toBe(true)
      }
    }
    expect(loops).toBeGreaterThan(10)
    module.dispose()
  },
  60_000,
)
