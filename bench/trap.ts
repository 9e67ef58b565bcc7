// How long a trap of the target keeps the loop: from the trap, through JavaScript, back to the next execution with
// everything restored and the trap named. Each execution of these targets traps, so a slice is one trap; the cost of an
// execution that does not trap is nanoseconds.
import { readFileSync } from 'node:fs'

import { Sandbox } from '../src/core/sandbox.ts'
import { prepareTarget } from '../src/core/target/prepare.ts'
import { calibrate, cpuNanoseconds } from './lib/calibrate.ts'
import { parseBenchOptions, selected } from './lib/options.ts'
import { ROOT } from './lib/paths.ts'
import { row, save, type Row } from './lib/result.ts'
import { textTable } from './lib/table.ts'
import { assemble } from './lib/wat.ts'

const GOAL_MICROSECONDS = 20
const WARM_UP_SECONDS = 0.5

const KINDS: Readonly<Record<string, string>> = {
  unreachable: 'unreachable',
  'out of bounds': '(drop (i32.load (i32.const -8)))',
  'divide by zero': '(drop (i32.div_u (local.get $size) (i32.load (i32.const 0))))',
  'indirect call': '(call_indirect (type $none) (i32.const 1))',
  'missing import': '(call $missing)',
}

const target = (trap: string): string => `
(module
  (type $none (func))
  (import "env" "missing" (func $missing))
  (memory (export "memory") 1)
  (table 2 funcref)
  (func (export "LLVMFuzzerTestOneInput") (param $data i32) (param $size i32) (result i32)
    ${trap}
    (i32.const 0)))`

/** The same trap in the module as it came, caught in JavaScript: what the engine asks for it, with nothing done. */
function bareCatch(wasm: Uint8Array): (count: number) => void {
  const module = new WebAssembly.Module(wasm as BufferSource)
  const missing = (): never => {
    throw new WebAssembly.RuntimeError('missing')
  }
  const { exports } = new WebAssembly.Instance(module, { env: { missing } })
  const entry = exports['LLVMFuzzerTestOneInput'] as (data: number, size: number) => number
  return (count) => {
    let caught = 0
    for (let i = 0; i < count; i++) {
      try {
        entry(0, 0)
      } catch {
        caught++
      }
    }
    if (caught !== count) throw new Error('a run did not trap')
  }
}

async function trapping(wasm: Uint8Array): Promise<(count: number) => void> {
  const prepared = await prepareTarget({ kind: 'wasm', name: 'trap.wasm', bytes: wasm }, { inputMax: 64 })
  const engine = readFileSync(`${ROOT}build/engine.wasm`)
  const sandbox = await Sandbox.open(engine, prepared, { seedLow: 1, seedHigh: 0, corpusBytes: 1 << 20 })
  const seen = new Set<string>()
  return (count) => {
    for (let i = 0; i < count; i++) {
      const result = sandbox.slice(1000)
      if (result.ended !== 'trap') throw new Error(`a run did not trap: ${result.ended}`)
      seen.add(result.trap.key)
    }
    if (seen.size !== 1) throw new Error(`one trap has ${seen.size} keys`)
  }
}

export async function trap(words: string[]): Promise<void> {
  const options = parseBenchOptions('trap', words, { seconds: 0.3 })
  const rows: Row[] = []
  for (const [name, code] of Object.entries(KINDS)) {
    if (!selected(options, name)) continue
    const wasm = await assemble('trap.wat', target(code))
    const works = [await trapping(wasm), bareCatch(wasm)]
    const counts = works.map((work) => calibrate(work, options.seconds, WARM_UP_SECONDS))
    const [ours, bare]: number[][] = [[], []]
    for (let pair = 0; pair < options.pairs; pair++) {
      ours!.push(cpuNanoseconds(works[0]!, counts[0]!) / 1000)
      bare!.push(cpuNanoseconds(works[1]!, counts[1]!) / 1000)
    }
    const common = { target: name, metric: 'trap to next execution', unit: 'µs', ours: ours! }
    rows.push(row({ ...common, peer: 'the limit', theirs: ours!.map(() => GOAL_MICROSECONDS), goal: 1 }))
    rows.push(row({ ...common, peer: 'bare catch', theirs: bare!, goal: null }))
  }
  console.log(textTable(rows))
  if (options.save) await save('trap', options.command, rows, [])
}
