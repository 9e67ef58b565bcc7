// One return to the base snapshot. The target writes one byte into each of N granules; the cost of writing alone is
// measured too and taken off all three ways back: by written granules, by copying the whole memory, by a fresh instance.
import { IMAGE_MEMORY } from '../assembly/abi.ts'
import { calibrate, cpuNanoseconds } from './lib/calibrate.ts'
import { IMAGE, instrumentWithout, load } from './lib/modules.ts'
import { parseBenchOptions, selected, type BenchOptions } from './lib/options.ts'
import { row, save, type Row } from './lib/result.ts'
import { textTable } from './lib/table.ts'
import { assemble } from './lib/wat.ts'

const KIB = 1024
const PAGE_BYTES = 64 * KIB
const MEMORY_KIB = [64, 1024, 16 * 1024, 64 * 1024] as const
const GRANULES = [1, 4, 16, 64, 1000] as const
const WARM_UP_SECONDS = 0.2
/** Memory in KiB, granules, and the share of a whole copy that restoring may take. */
const GOAL = { memoryKiB: 1024, granules: 4, ratio: 1 / 50 } as const

const target = (pages: number): string => `
(module
  (memory (export "memory") ${pages})
  (func (export "write") (param $stride i32) (param $granules i32) (result i32)
    (local $at i32)
    (loop $next
      (i32.store8 (local.get $at) (i32.const 1))
      (local.set $at (i32.add (local.get $at) (local.get $stride)))
      (br_if $next (local.tee $granules (i32.sub (local.get $granules) (i32.const 1)))))
    (i32.const 0)))`

const loopOf = (name: string, back: string): string => `
  (func (export "${name}") (param $count i32) (param $stride i32) (param $granules i32)
    (loop $next
      (drop (call $write (local.get $stride) (local.get $granules)))
      ${back}
      (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1))))))`

const driver = (bytes: number): string => `
(module
  (import "target" "write" (func $write (param i32 i32) (result i32)))
  (import "target" "fuzzbox.restore" (func $restore (param i32)))
  (import "target" "memory" (memory $target 1))
  (import "engine" "memory" (memory $engine 1))
  ${loopOf('write', '')}
  ${loopOf('restore', `(call $restore (i32.const ${IMAGE}))`)}
  ${loopOf('copy', `(memory.copy $target $engine (i32.const 0) (i32.const ${IMAGE + IMAGE_MEMORY}) (i32.const ${bytes}))`)})`

type Loop = (count: number, stride: number, granules: number) => void

interface Bench {
  readonly write: (count: number) => void
  readonly restore: (count: number) => void
  readonly copy: (count: number) => void
  readonly renew: (count: number) => void
}

async function prepare(memoryKiB: number): Promise<(granules: number) => Bench> {
  const bytes = memoryKiB * KIB
  const wat = await assemble('target.wat', target(bytes / PAGE_BYTES))
  const instrumented = instrumentWithout(wat, [], { kind: 'buffer', exportName: 'write' })
  const { exports, engineMemory } = load(instrumented, bytes)
  const capture = exports['fuzzbox.capture'] as (image: number) => void
  capture(IMAGE)
  const module = new WebAssembly.Module((await assemble('driver.wat', driver(bytes))) as BufferSource)
  const loops = new WebAssembly.Instance(module, { target: exports, engine: { memory: engineMemory } }).exports
  const stride = 1 << instrumented.map.granuleShift
  const plain = new WebAssembly.Module(wat as BufferSource)
  const writeOnce = (instance: WebAssembly.Instance, granules: number): void =>
    (instance.exports['write'] as (stride: number, granules: number) => void)(stride, granules)
  return (granules) => {
    const loop = (name: string) => (count: number) => (loops[name] as Loop)(count, stride, granules)
    const renew = (count: number): void => {
      for (let i = 0; i < count; i++) writeOnce(new WebAssembly.Instance(plain), granules)
    }
    return { write: loop('write'), restore: loop('restore'), copy: loop('copy'), renew }
  }
}

function measure(bench: Bench, name: string, granules: number, goal: number | null, options: BenchOptions): Row[] {
  const works = [bench.write, bench.restore, bench.copy, bench.renew]
  const counts = works.map((work) => calibrate(work, options.seconds, WARM_UP_SECONDS))
  const times: number[][] = works.map(() => [])
  for (let pair = 0; pair < options.pairs; pair++) {
    works.forEach((work, index) => times[index]!.push(cpuNanoseconds(work, counts[index]!)))
  }
  const backOnly = (index: number): number[] =>
    times[index]!.map((time, pair) => Math.max(0.1, time - times[0]![pair]!) / 1000)
  const [restore, copy, renew] = [backOnly(1), backOnly(2), backOnly(3)]
  const common = { target: `${name}, ${granules} written`, metric: 'restore', unit: 'µs', ours: restore }
  return [
    row({ ...common, peer: 'whole copy', theirs: copy, goal }),
    row({ ...common, peer: 'fresh instance', theirs: renew, goal: null }),
  ]
}

export async function restore(words: string[]): Promise<void> {
  const options = parseBenchOptions('restore', words, { seconds: 0.1 })
  const rows: Row[] = []
  for (const memoryKiB of MEMORY_KIB) {
    const name = memoryKiB < KIB ? `${memoryKiB} KiB` : `${memoryKiB / KIB} MiB`
    if (!selected(options, name)) continue
    const bench = await prepare(memoryKiB)
    for (const granules of GRANULES) {
      if (granules > memoryKiB) continue
      const goal = memoryKiB === GOAL.memoryKiB && granules === GOAL.granules ? GOAL.ratio : null
      rows.push(...measure(bench(granules), name, granules, goal, options))
    }
  }
  console.log(textTable(rows))
  if (options.save) await save('restore', options.command, rows, [])
}
