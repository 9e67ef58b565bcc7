// Programs with one bug behind one compare, and how many executions it takes to find it.
import { firstInputs } from '../../src/core/campaign/first-inputs.ts'
import { withoutWord, type Mechanism } from '../../src/core/mechanisms.ts'
import { Sandbox } from '../../src/core/sandbox.ts'
import { prepareTarget, type PrepareOptions } from '../../src/core/target/prepare.ts'
import { readArtifact } from './artifacts.ts'
import { wat } from './targets.ts'

/** `body` runs with `$at` and `$size`; it calls $bug where the input is right. */
export const target = (body: string, more = ''): string => `(module
  (memory (export "memory") 2)
  ${more}
  (func $bug unreachable)
  (func (export "fuzz") (param $at i32) (param $size i32) (result i32) (local $i i32) (local $sum i32)
    ${body} (i32.const 0)))`

export const shorter = (bytes: number): string =>
  `(if (i32.lt_u (local.get $size) (i32.const ${bytes})) (then (return (i32.const 0))))`
export const when = (condition: string): string => `(if ${condition} (then (call $bug)))`
export const byteAt = (index: number): string => `(i32.load8_u offset=${index} (local.get $at))`
export const word = (offset: number): string => `(i32.load offset=${offset} align=1 (local.get $at))`

export async function open(
  text: string,
  options: PrepareOptions = {},
  compares = true,
  without: readonly Mechanism[] = [],
): Promise<Sandbox> {
  const prepared = await prepareTarget(wat(text), { entry: 'fuzz', compares: true, ...options })
  const engine = await readArtifact('build/engine.wasm')
  const sandbox = await Sandbox.open(engine, prepared, {
    seedLow: 1,
    seedHigh: 2,
    corpusBytes: 1 << 20,
    compares,
    without: withoutWord(without),
  })
  for (const input of firstInputs(prepared)) sandbox.addInput(input)
  return sandbox
}

/** Executions until the bug, or null after so many. */
export function solve(sandbox: Sandbox, most: number, perSlice: number = most): number | null {
  while (sandbox.executionsBegun() < most) {
    const result = sandbox.slice(Math.min(perSlice, most - sandbox.executionsBegun()))
    if (result.ended === 'trap') return sandbox.executionsBegun()
    if (result.ended === 'discoveries-full') sandbox.drainDiscoveries()
  }
  return null
}
