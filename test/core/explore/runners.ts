// Explorers' sandboxes for tests, and jobs for them.
import { ExploreSandbox, type ExploreOptions } from '../../../src/core/explore/explore-sandbox.ts'
import type { JobResult, Moment, RunJob } from '../../../src/core/explore/timelines.ts'
import type { TargetSource } from '../../../src/core/target/load.ts'
import { prepareTarget, type PrepareOptions } from '../../../src/core/target/prepare.ts'
import type { PreparedTarget } from '../../../src/core/target/prepared.ts'
import { readArtifact } from '../../support/artifacts.ts'

export async function prepareSimulation(source: TargetSource, options: PrepareOptions = {}): Promise<PreparedTarget> {
  return await prepareTarget(source, { explore: true, ...options })
}

export async function openSimulation(prepared: PreparedTarget, options: ExploreOptions = {}): Promise<ExploreSandbox> {
  const engine = await readArtifact('build/engine.wasm')
  return await ExploreSandbox.open(engine, prepared, { snapshotBytes: 1 << 22, ...options })
}

export function startOf(rootSeed: bigint): Moment {
  return { rootSeed, reseeds: [], draws: 0, markCalls: 0 }
}

/** A job with nothing to tell about marks. */
export function job(from: Moment, seeds: RunJob['seeds'], changes: Partial<RunJob> = {}): RunJob {
  const nothing = { marks: [], features: new Uint32Array(0) }
  return { from, seeds, stopAtDiscovery: false, hashMemory: true, ...nothing, ...changes }
}

/** All that a result promises to be the same wherever it comes from, as text. */
export function told({ timelines, marks }: JobResult): string {
  return JSON.stringify({ timelines, marks }, (_, value: unknown) =>
    typeof value === 'bigint' ? `${value}n` : value instanceof Uint32Array ? [...value] : value,
  )
}

/** The same seeds for the same number, and all different. */
export function seedsOf(first: number, count: number): bigint[] {
  return Array.from({ length: count }, (_, i) => BigInt.asUintN(64, BigInt(first + i + 1) * 0x9e37_79b9_7f4a_7c15n))
}
