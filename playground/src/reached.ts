// What of the code was reached: functions by their counters, lines by the edges that their code belongs to.
import type { PreparedTarget } from 'fuzzbox/browser'
import type { Place } from '../../instrument/types.ts'
import type { LineTable } from './lines.ts'

export interface FunctionReach {
  readonly name: string
  readonly reached: number
  readonly edges: number
}

/** Of functions that carry counters; what the language's own library adds is left out. */
export function functionsReached(target: PreparedTarget, hasReached: (edge: number) => boolean): FunctionReach[] {
  return target.module.map.functions
    .filter(({ name, edges }) => edges > 0 && !name.startsWith('~lib/'))
    .map(({ name, firstEdge, edges }) => {
      let reached = 0
      for (let edge = firstEdge; edge < firstEdge + edges; edge++) reached += hasReached(edge) ? 1 : 0
      return { name, reached, edges }
    })
}

/** Lines that were reached, and those that could be and were not yet. */
export class ReachedLines {
  readonly #waiting: Map<number, Set<number>>
  readonly #reached = new Set<number>()

  constructor(places: readonly Place[], table: LineTable) {
    this.#waiting = edgesOfLines(places, table)
  }

  /** Reached so far, counted from 1. An edge that was reached once stays so, and its line is not asked about again. */
  update(hasReached: (edge: number) => boolean): { reached: readonly number[]; missing: readonly number[] } {
    for (const [line, edges] of this.#waiting) {
      for (const edge of edges) {
        if (!hasReached(edge)) continue
        this.#waiting.delete(line)
        this.#reached.add(line)
        break
      }
    }
    return { reached: [...this.#reached], missing: [...this.#waiting.keys()] }
  }
}

function edgesOfLines(places: readonly Place[], table: LineTable): Map<number, Set<number>> {
  const lines = new Map<number, Set<number>>()
  let at = -1
  for (const [offset, line] of table) {
    while (at + 1 < places.length && places[at + 1]!.offset <= offset) at++
    const edges = places[at]?.edges ?? []
    if (line === 0 || edges.length === 0) continue
    const known = lines.get(line)
    if (known === undefined) lines.set(line, new Set(edges))
    else for (const edge of edges) known.add(edge)
  }
  return lines
}

/** The line that code at this offset comes from; null where nobody knows. */
export function lineAt(table: LineTable, offset: number | null): number | null {
  if (offset === null) return null
  const entry = table.findLast(([start]) => start <= offset)
  return entry === undefined || entry[1] === 0 ? null : entry[1]
}
