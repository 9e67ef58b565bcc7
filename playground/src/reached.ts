// Which functions were reached, and in which lines of the source they begin.
import type { PreparedTarget } from 'fuzzbox/browser'

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

/** Lines, counted from 1, in which functions begin that were reached: by their names, as people write them. */
export function linesOf(text: string, functions: readonly FunctionReach[]): number[] {
  const lines = text.split('\n')
  return functions.flatMap(({ name, reached }) => {
    if (reached === 0) return []
    const short = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('#'), name.lastIndexOf('.')) + 1)
    const begins = new RegExp(
      `^\\s*(\\(func \\$?|(export )?function |(static |get |set )?)${escape(short)}\\b|"${escape(short)}"\\)`,
    )
    const index = lines.findIndex(
      (line) =>
        begins.test(line) ||
        line.includes(`(export "${short}")`) ||
        new RegExp(`^\\w[\\w *]*\\b${escape(short)}\\s*\\(`).test(line),
    )
    return index < 0 ? [] : [index + 1]
  })
}

function escape(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)
}
