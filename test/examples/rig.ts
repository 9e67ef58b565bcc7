// Opens an example as `fuzzbox run` would, and fuzzes it for a fixed number of executions with a fixed seed, so that
// what a test sees does not depend on the machine's speed.
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { Outcome } from '../../src/core/outcome.ts'
import { type CaughtTrap, Sandbox } from '../../src/core/sandbox.ts'
import type { TargetSource } from '../../src/core/target/load.ts'
import { type PrepareOptions, prepareTarget } from '../../src/core/target/prepare.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const CORPUS_BYTES = 8 * 1024 * 1024
const INPUT_MAX = 512
const SLICE_EXECUTIONS = 5_000

async function sourceOf(path: string): Promise<TargetSource> {
  const bytes = await readFile(join(root, path))
  const name = basename(path)
  if (path.endsWith('.ts')) return { kind: 'assemblyscript', name, text: bytes.toString() }
  return path.endsWith('.wat') ? { kind: 'wat', name, text: bytes.toString() } : { kind: 'wasm', name, bytes }
}

export interface Example {
  readonly target: string
  readonly harness?: string
  readonly importPolicy?: NonNullable<PrepareOptions['importPolicy']>
}

export async function openExample({ target, harness, importPolicy }: Example): Promise<Sandbox> {
  const prepared = await prepareTarget(await sourceOf(target), {
    inputMax: INPUT_MAX,
    ...(harness && { harness: await sourceOf(harness) }),
    ...(importPolicy && { importPolicy }),
  })
  const engine = await readFile(join(root, 'build/engine.wasm'))
  return await Sandbox.open(engine, prepared, { seedLow: 1, seedHigh: 0, corpusBytes: CORPUS_BYTES })
}

export interface Campaign {
  /** Edges reached after the seeds, after half of the executions, and in the end. */
  readonly edges: readonly [number, number, number]
  readonly corpus: readonly Uint8Array[]
  readonly traps: readonly CaughtTrap[]
}

/** At least `executions` runs beyond the seeds; ends at the first trap. */
export function fuzz(sandbox: Sandbox, seeds: readonly Uint8Array[], executions: number): Campaign {
  for (const seed of seeds) sandbox.addInput(seed)
  const atStart = sandbox.statistics().edges
  let atHalf = atStart
  const corpus = [...seeds]
  const traps: CaughtTrap[] = []
  for (let done = 0; done < executions && traps.length === 0;) {
    const result = sandbox.slice(SLICE_EXECUTIONS)
    done += Math.max(1, result.executions)
    corpus.push(...sandbox.drainDiscoveries().map((discovery) => discovery.input))
    if (result.ended === 'trap') traps.push(result.trap)
    if (result.ended === 'state-lost') sandbox.renewInstance()
    if (done < executions / 2) atHalf = sandbox.statistics().edges
  }
  return { edges: [atStart, atHalf, sandbox.statistics().edges], corpus, traps }
}

export interface Repetition {
  readonly first: Outcome
  readonly second: Outcome
  /** Edges whose count differs between two runs of the input, with another input run in between. */
  readonly differing: number
}

/** Runs `input` twice around `other` and compares the maps, count by count. */
export function repeat(sandbox: Sandbox, input: Uint8Array, other: Uint8Array): Repetition {
  const first = sandbox.runOnce(input)
  const before = sandbox.trace()
  sandbox.runOnce(other)
  const second = sandbox.runOnce(input)
  const after = sandbox.trace()
  const edges = new Set([...before.edges.keys(), ...after.edges.keys()])
  const differing = [...edges].filter((edge) => before.edges.get(edge) !== after.edges.get(edge)).length
  return { first, second, differing: differing + (before.hash === after.hash ? 0 : 1) }
}
