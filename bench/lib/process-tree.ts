// What a process and all that it started have taken of the CPU, read from /proc: `wait4` tells nothing of processes that
// nobody waits for, and a limit has to be watched while they run.
import { readdirSync, readFileSync } from 'node:fs'

interface ProcessLine {
  readonly parent: number
  readonly ticks: number
}

/** Linux counts them a hundred a second for every program that asks. */
const TICKS_PER_SECOND = 100

function readProcesses(): Map<number, ProcessLine> {
  const found = new Map<number, ProcessLine>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1')
      // The name of the program stands in brackets and may hold anything; fields are counted from behind it.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
      found.set(Number(name), { parent: Number(fields[1]), ticks })
    } catch {
      // It has ended meanwhile.
    }
  }
  return found
}

/** CPU time below `root`, waited-for children included, and the first child of `root`: the program that was launched. */
export function cpuSecondsOfTree(root: number): { readonly cpuSeconds: number; readonly first: number | null } {
  const processes = readProcesses()
  const inside = new Set([root])
  let first: number | null = null
  for (let grown = true; grown;) {
    grown = false
    for (const [pid, { parent }] of processes) {
      if (inside.has(pid) || !inside.has(parent)) continue
      if (parent === root) first ??= pid
      inside.add(pid)
      grown = true
    }
  }
  const ticks = [...inside].reduce((sum, pid) => sum + (processes.get(pid)?.ticks ?? 0), 0)
  return { cpuSeconds: ticks / TICKS_PER_SECOND, first }
}
