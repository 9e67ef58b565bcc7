// The form of bench/results/NAME.json, one row per target and metric. Rows stay, whether met or not.
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'

import { format } from 'prettier'

import { summarize, type Summary } from './statistics.ts'

export interface Row {
  readonly target: string
  readonly metric: string
  /** A unit that ends in "/s" or "seeds", and "edges": more is better. Every other unit: less is better. */
  readonly unit: string
  readonly ours: Summary
  readonly peer: string
  readonly theirs: Summary
  /** ours / theirs, pair by pair. */
  readonly ratio: Summary
  /** The ratio asked for; null where the row only informs. */
  readonly goal: number | null
  readonly met: boolean | null
  /** Of samples that are compared by ranks: the chance that ours is smaller (Vargha and Delaney's A12) … */
  readonly smallerShare?: number
  /** … and the p of the Mann-Whitney test. */
  readonly p?: number
}

export interface Result {
  readonly name: string
  readonly date: string
  readonly machine: { readonly cpu: string; readonly cores: number; readonly node: string; readonly load: number }
  readonly command: string
  readonly rows: readonly Row[]
  /** Peers and targets that were left out, and why. */
  readonly skipped: readonly string[]
}

export interface Measured {
  readonly target: string
  readonly metric: string
  readonly unit: string
  readonly ours: readonly number[]
  readonly peer: string
  readonly theirs: readonly number[]
  readonly goal: number | null
}

export function moreIsBetter(unit: string): boolean {
  return unit.endsWith('/s') || unit === 'edges' || unit.endsWith('seeds')
}

export function row(measured: Measured): Row {
  const ratio = summarize(measured.ours.map((value, pair) => value / measured.theirs[pair]!))
  const { target, metric, unit, peer, goal } = measured
  return {
    target,
    metric,
    unit,
    ours: summarize(measured.ours),
    peer,
    theirs: summarize(measured.theirs),
    ratio,
    goal,
    met: goal === null ? null : moreIsBetter(unit) ? ratio.median >= goal : ratio.median <= goal,
  }
}

const resultsFolder = new URL('../results/', import.meta.url)

export async function save(
  name: string,
  command: string,
  rows: readonly Row[],
  skipped: readonly string[],
): Promise<void> {
  const result: Result = {
    name,
    date: new Date().toISOString(),
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      node: process.version,
      load: Number(loadavg()[0]!.toFixed(2)),
    },
    command,
    rows,
    skipped,
  }
  mkdirSync(resultsFolder, { recursive: true })
  const text = await format(JSON.stringify(result, null, 2), { parser: 'json', printWidth: 120 })
  writeFileSync(new URL(`${name}.json`, resultsFolder), text)
}
