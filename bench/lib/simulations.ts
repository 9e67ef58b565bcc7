// Simulations for measurements: a small one whose forks are counted by the engine alone, and the examples in C.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

import {
  CONTROL_MODE,
  JOB_CHILDREN,
  JOB_CHILDREN_MAX,
  JOB_DRAWS,
  JOB_FLAGS,
  JOB_MARK_CALLS,
  JOB_RESEEDS_COUNT,
  JOB_ROOT_SEED,
  JOB_SEEDS,
  JOB_SNAPSHOT,
  MODE_EXPLORE,
  REGION_JOB,
  REGION_RESULTS,
  TIMELINE_END_DRAWS,
  TIMELINE_END_MARK_CALLS,
  TIMELINE_END_SNAPSHOT,
  JOB_STOP,
  WORK_DONE,
} from '../../assembly/abi.ts'
import type { PassName } from '../../instrument/types.ts'
import { ExploreSandbox } from '../../src/core/explore/explore-sandbox.ts'
import type { MarkState, Moment, RunJob } from '../../src/core/explore/timelines.ts'
import { LinkedTarget } from '../../src/core/link/linked-target.ts'
import { prepareTarget } from '../../src/core/target/prepare.ts'
import type { PreparedTarget } from '../../src/core/target/prepared.ts'
import { BUILD, ROOT } from './paths.ts'
import { assemble } from './wat.ts'

export const engineWasm = (): Uint8Array => readFileSync(`${ROOT}build/engine.wasm`)

export async function prepareWasm(
  bytes: Uint8Array,
  name: string,
  without: readonly PassName[] = [],
): Promise<PreparedTarget> {
  return await prepareTarget({ kind: 'wasm', name: `${name}.wasm`, bytes }, { explore: true, without })
}

/** An example simulation in C, compiled to Wasm; null where there is no compiler or no such example. */
export function exampleWasm(name: string): Uint8Array | null {
  const source = `${ROOT}examples/simulations/${name}.c`
  if (!existsSync(source)) return null
  const output = `${BUILD}${name}.simulation.wasm`
  const words = ['-O2', '--target=wasm32-wasi', '-mexec-model=reactor', `-I${ROOT}include`, '-Wl,--export=simulate']
  const { PATH = '' } = process.env
  const path = PATH.split(':').filter((folder) => !folder.includes('node_modules'))
  const env = { ...process.env, PATH: path.join(':') }
  const done = spawnSync('clang-19', [...words, source, '-o', output], { encoding: 'utf8', env })
  return done.status === 0 ? readFileSync(output) : null
}

/** The program of the measurement that is compared with native forks; what is native is in bench/targets/fork.c. */
export const forkProgram = (after: string): string => `(module
  (import "fuzzbox" "reachable" (func $reachable (param i32 i32)))
  (import "fuzzbox" "random64" (func $random64 (result i64)))
  (memory (export "memory") 2)
  (data (i32.const 0) "here")
  (func $below (param $frames i32)
    (local $held i64)
    (local.set $held (call $random64))
    (if (local.get $frames)
      (then (call $below (i32.sub (local.get $frames) (i32.const 1))))
      (else (call $reachable (i32.const 0) (i32.const 4)) ${after}))
    (i64.store (i32.add (i32.const 1024) (i32.shl (local.get $frames) (i32.const 3))) (local.get $held)))
  (func (export "simulate") (call $below (i32.const 8))))`

/** Writes to every granule of the two pages. */
export const WRITE_ALL = `(loop $next
  (i32.store8 (local.get $frames) (i32.const 1))
  (local.set $frames (i32.add (local.get $frames) (i32.const 512)))
  (br_if $next (i32.lt_u (local.get $frames) (i32.const 0x20000))))
  (local.set $frames (i32.const 0))`

/** Runs so many children from the program's first mark, in the engine alone: results are thrown away unread. */
export async function forkLoop(bytes: Uint8Array): Promise<(count: number) => void> {
  const prepared = await prepareWasm(bytes, 'fork')
  const linked = await LinkedTarget.open(engineWasm(), prepared, 0x10000, false, (engine) => {
    engine.setWord(CONTROL_MODE, MODE_EXPLORE)
    engine.exports.exploreForks(1)
  })
  const { engine } = linked
  const { exports } = engine
  const { map } = prepared.module
  exports.ready()
  exports.marksSetup(64, 4096)
  exports.exploreSetup(1 << 22, map.granuleShift, map.memory!.pagesMax, map.globals)
  exports.exploreJobSetup(1 << 20)
  const base = engine.address(REGION_JOB)
  const write = (flags: number, draws: bigint, calls: bigint, handle: number, children: number): void => {
    const view = engine.view()
    view.setBigUint64(base + JOB_ROOT_SEED, 1n, true)
    view.setBigUint64(base + JOB_DRAWS, draws, true)
    view.setBigUint64(base + JOB_MARK_CALLS, calls, true)
    view.setUint32(base + JOB_SNAPSHOT, handle, true)
    view.setUint32(base + JOB_FLAGS, flags, true)
    view.setUint32(base + JOB_RESEEDS_COUNT, 0, true)
    view.setUint32(base + JOB_CHILDREN, children, true)
    for (let i = 0; i < children; i++) view.setUint32(base + JOB_SEEDS + 16 * i + 8, flags === 0 ? 1 : 0, true)
    exports.exploreJob()
    while (exports.exploreWork() !== WORK_DONE) exports.exploreResultsClear()
  }
  write(JOB_STOP, 0n, 0n, 0, 1)
  const result = engine.address(REGION_RESULTS)
  const at = engine.view()
  const [draws, calls] = [TIMELINE_END_DRAWS, TIMELINE_END_MARK_CALLS].map((o) => at.getBigUint64(result + o, true))
  const handle = at.getUint32(result + TIMELINE_END_SNAPSHOT, true)
  if (handle === 0) throw new Error('the program was not forked')
  return (count) => {
    for (let left = count; left > 0; left -= JOB_CHILDREN_MAX) {
      exports.exploreResultsClear()
      write(0, draws!, calls!, handle, Math.min(left, JOB_CHILDREN_MAX))
    }
  }
}

export const startOf = (rootSeed: bigint): Moment => ({ rootSeed, reseeds: [], draws: 0, markCalls: 0 })

export function jobFrom(from: Moment, seeds: RunJob['seeds'], stopAtDiscovery = false): RunJob {
  return { from, seeds, stopAtDiscovery, hashMemory: false, marks: [], features: new Uint32Array(0) }
}

/** Seeds that differ, one after the other. */
export function seedSource(): (count: number) => bigint[] {
  let next = 0n
  return (count) => Array.from({ length: count }, () => BigInt.asUintN(64, ++next * 0x9e37_79b9_7f4a_7c15n))
}

/** The last discovery first, so many children each, from root after root, each as if nothing were known of any mark. */
export async function exploreLoop(prepared: PreparedTarget, children: number): Promise<(count: number) => void> {
  const box = await ExploreSandbox.open(engineWasm(), prepared, { shared: false })
  const known = new Map<string, MarkState>()
  const seeds = seedSource()
  let root = 0n
  const exploreRoot = (limit: number): number => {
    const open: Moment[] = []
    let done = 0
    const run = (job: RunJob): void => {
      const { timelines, marks } = box.run(job)
      done += timelines.length
      for (const mark of marks) known.set(mark.id, mark)
      for (const { discoveries } of timelines) for (const { moment } of discoveries) open.push(moment)
    }
    const forgotten = [...known.values()].map((mark) => ({ ...mark, ...UNKNOWN }))
    run({ ...jobFrom(startOf(root++), [null]), marks: forgotten })
    for (let from = open.pop(); from && done < limit; from = open.pop()) run(jobFrom(from, seeds(children)))
    return done
  }
  return (count) => {
    for (let left = count; left > 0;) left -= exploreRoot(left)
  }
}

const UNKNOWN = { discovered: false, watermark: null, frontier: 0, quality: [] } as const

/** Whole runs from the start, in which nothing is new. */
export async function rootLoop(prepared: PreparedTarget): Promise<(count: number) => void> {
  const box = await ExploreSandbox.open(engineWasm(), prepared, { shared: false })
  const seeds = seedSource()
  return (count) => void box.run(jobFrom(startOf(1n), seeds(count)))
}

const SNAPSHOTS = 10_000

/** A program of 1 MiB that writes to four granules here and there before each mark. */
const WRITER = `(module
  (import "fuzzbox" "sometimes_gt" (func $gt (param i64 i64 i32 i32)))
  (import "fuzzbox" "below" (func $below (param i32) (result i32)))
  (memory (export "memory") 16)
  (data (i32.const 0) "step")
  (global $step (mut i64) (i64.const 0))
  (func $write (i32.store8 (i32.add (i32.const 1024) (call $below (i32.const 0xff000))) (i32.const 1)))
  (func (export "simulate")
    (loop $next
      (global.set $step (i64.add (global.get $step) (i64.const 1)))
      (call $write) (call $write) (call $write) (call $write)
      (call $gt (global.get $step) (i64.const 0) (i32.const 0) (i32.const 4))
      (br_if $next (i64.lt_u (global.get $step) (i64.const ${2 * SNAPSHOTS}))))))`

/** MiB that 10,000 snapshots of that program take. */
export async function snapshotMebibytes(): Promise<number> {
  const prepared = await prepareWasm(await assemble('writer.wat', WRITER), 'writer')
  const box = await ExploreSandbox.open(engineWasm(), prepared, { shared: false })
  let from = startOf(1n)
  for (let i = 0; i < SNAPSHOTS; i++) from = box.run(jobFrom(from, [null], true)).timelines[0]!.end
  const { count, bytes } = box.snapshots
  if (count !== SNAPSHOTS) throw new Error(`${count} snapshots are held, not ${SNAPSHOTS}`)
  return bytes / 2 ** 20
}
