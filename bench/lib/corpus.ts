// A fixed corpus for `replay`: what libFuzzer grew from the seeds in a fixed number of executions, made once and kept.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'

import { build } from './build.ts'
import { launch } from './launch.ts'
import { BUILD } from './paths.ts'
import { seedFolder, seedsOf } from './seeds.ts'
import type { CTarget } from './targets.ts'

const EXECUTIONS = 200_000
const INPUTS_MAX = 400

/** Inputs in a fixed order; the seeds alone where libFuzzer is missing. */
export async function fixedCorpus(target: CTarget): Promise<readonly Uint8Array[]> {
  const folder = `${BUILD}corpus-${target.name}`
  if (!existsSync(folder)) {
    mkdirSync(folder)
    const words = [`-runs=${EXECUTIONS}`, '-seed=1', `-max_len=${target.lengthMax}`, '-max_total_time=30']
    const done = await launch([build(target, 'libfuzzer'), ...words, folder, seedFolder(target.name)])
    if (done.status !== 0) throw new Error(`libFuzzer stopped at ${target.name}:\n${done.stderr.slice(-2000)}`)
  }
  const grown = readdirSync(folder).sort().slice(0, INPUTS_MAX)
  return [...seedsOf(target.name), ...grown.map((name) => readFileSync(`${folder}/${name}`))]
}

/** For the native driver: each input's length as u32, then its bytes. */
export function packCorpus(target: CTarget, inputs: readonly Uint8Array[]): string {
  const path = `${BUILD}${target.name}.corpus`
  const parts = inputs.flatMap((input) => {
    const length = Buffer.alloc(4)
    length.writeUInt32LE(input.length)
    return [length, input]
  })
  writeFileSync(path, Buffer.concat(parts))
  return path
}
