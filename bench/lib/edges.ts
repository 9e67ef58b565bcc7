import { build } from './build.ts'
import { packCorpus } from './corpus.ts'
import { launch } from './launch.ts'
import type { CTarget } from './targets.ts'

/** Edges of the one neutral build, native and with unpruned counters, that any of the inputs reaches. */
export async function edgesOf(target: CTarget, inputs: readonly Uint8Array[]): Promise<number> {
  const done = await launch([build(target, 'edges'), packCorpus(target, inputs)])
  if (done.status !== 0) throw new Error(`the edges of ${target.name} could not be counted: ${done.stderr}`)
  return Number(done.stdout.split(' ')[0])
}
