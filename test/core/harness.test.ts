import { expect, test } from 'vitest'
import { CONTROL_TARGET_BYTES } from '../../assembly/abi.ts'
import { Engine } from '../../src/core/engine/engine.ts'
import { hasMultiMemory } from '../../src/core/engine/features.ts'
import { instrumentedConnector } from '../../src/core/link/instrumented.ts'
import { compileInstrumented } from '../../src/core/link/program.ts'
import { TargetRoom } from '../../src/core/link/room.ts'
import { startProgram } from '../../src/core/link/start.ts'
import type { PrepareOptions } from '../../src/core/target/prepare.ts'
import { prepareTarget } from '../../src/core/target/prepare.ts'
import { readArtifact } from '../support/artifacts.ts'
import { assemblyScript, input, openPrepared, openTarget, refusal, wat } from '../support/targets.ts'

/** A target with state, set-up code and a bug; `memory` are the limits of its memory. */
const target = (memory = '1', more = ''): ReturnType<typeof wat> =>
  wat(
    `(module (memory (export "heap") ${memory}) ${more}
      (global $ready (mut i32) (i32.const 0))
      (func (export "setup") (param i32) (global.set $ready (local.get 0)))
      (func $parse (export "parse") (param $text i32) (param $length i32) (result i32)
        (if (i32.and (i32.gt_u (local.get $length) (i32.const 1)) (i32.eq (i32.load8_u offset=1 (local.get $text)) (i32.const 0x21)))
          (then (unreachable)))
        (i32.store8 (i32.const 100) (i32.add (i32.load8_u (i32.const 100)) (i32.const 1)))
        (i32.add (global.get $ready) (i32.load8_u (i32.const 100)))))`,
    'dir/machine.wat',
  )

const SCRIPT = `
@external("target", "setup") declare function setup(level: i32): void
@external("target", "parse") declare function parse(text: usize, length: i32): i32
let runs = 0
const prefix = [1, 2, 3]
export function fuzz(data: usize, length: i32): i32 {
  setup(40)
  const copy = new Uint8Array(length)
  memory.copy(copy.dataStart, data, length)
  prefix[0] += 1
  runs++
  return parse(copy.dataStart, length) + prefix[0] * 100 + runs * 1000
}`

const harness = (text = SCRIPT): PrepareOptions => ({ harness: assemblyScript(text, 'harness.ts') })

test('an AssemblyScript harness drives the target, and both are as new in every run', async () => {
  const sandbox = await openTarget(target(), harness())
  for (let run = 0; run < 3; run++) expect(sandbox.runOnce(input('ab'))).toEqual({ kind: 'ok', result: 1241 })
})

test('a trap in the target is reported there, with the harness below it, and confirmed', async () => {
  const sandbox = await openTarget(target(), harness())
  const names = (frames: readonly { functionName: string }[]): string[] =>
    frames.map(({ functionName }) => functionName)
  const outcome = sandbox.runOnce(input('a!'))
  expect(outcome).toMatchObject({ kind: 'trap', trap: 'unreachable' })
  expect(outcome.kind === 'trap' && names(outcome.frames)).toEqual(['parse', 'harness/fuzz'])
  const confirmed = sandbox.confirm(input('a!'))
  expect(confirmed?.kind === 'trap' && names(confirmed.frames)).toEqual(['parse', 'harness/fuzz'])
  expect(confirmed?.kind === 'trap' && confirmed.frames[0]?.offset).toBeGreaterThan(0)
  expect(sandbox.runOnce(input('ab'))).toEqual({ kind: 'ok', result: 1241 })
})

test('a harness in text imports the memory under any of its names', async () => {
  for (const name of ['memory', 'heap']) {
    const text = `(module (import "target" "${name}" (memory 1))
      (import "target" "parse" (func $parse (param i32 i32) (result i32)))
      (func (export "LLVMFuzzerTestOneInput") (param i32 i32) (result i32)
        (i32.add (i32.load8_u (local.get 0)) (call $parse (local.get 0) (local.get 1)))))`
    const sandbox = await openTarget(target(), { harness: wat(text, 'h.wat') })
    expect(sandbox.runOnce(input('A'))).toEqual({ kind: 'ok', result: 66 })
    expect(sandbox.confirm(input('A'))).toEqual({ kind: 'ok', result: 66 })
  }
})

test('finds its range in a memory that may not grow', async () => {
  const sandbox = await openTarget(target('1 1'), harness())
  expect(sandbox.runOnce(input('ab'))).toEqual({ kind: 'ok', result: 1241 })
})

test('finds its range where start-up code has grown the memory', async () => {
  const grows = '(func (export "_initialize") (drop (memory.grow (i32.const 2))))'
  const sandbox = await openTarget(target('1', grows), harness())
  expect(sandbox.runOnce(input('ab'))).toEqual({ kind: 'ok', result: 1241 })
})

test('an allocator that takes all memory at its first call does not get the range', async () => {
  // Hands out what lies below the end of the memory as the first call finds it, from the end down.
  const allocator = `(global $top (mut i32) (i32.const 0))
    (func (export "malloc") (param i32) (result i32)
      (if (i32.eqz (global.get $top)) (then (global.set $top (i32.mul (memory.size) (i32.const 0x10000)))))
      (global.set $top (i32.sub (global.get $top) (local.get 0)))
      (global.get $top))`
  const prepared = await prepareTarget(target('1', allocator), harness())
  const sandbox = await openPrepared(prepared)
  expect(prepared.reserved).toEqual({ address: 0x1_0000, pages: 16 })
  expect(sandbox.runOnce(input('ab'))).toEqual({ kind: 'ok', result: 1241 })
})

test('new coverage is the target’s, not the harness’s', async () => {
  const text = `(module (import "target" "memory" (memory 1))
    (func (export "fuzz") (param i32 i32) (if (i32.eq (local.get 1) (i32.const 3)) (then (nop))) ))`
  const sandbox = await openTarget(target(), { harness: wat(text, 'h.wat') })
  expect(sandbox.addInput(input('abc')).newFeatures).toBe(0)
  expect(sandbox.addInput(input('a')).newFeatures).toBe(0)
})

test('a slice finds the bug behind a harness', async () => {
  const sandbox = await openTarget(target(), harness())
  let result = sandbox.slice(100)
  for (let slices = 0; result.ended !== 'trap' && slices < 1000; slices++) result = sandbox.slice(1000)
  expect(result.ended === 'trap' && result.trap.input[1]).toBe(0x21)
})

test('asks "did you mean" for an import that the target does not export', async () => {
  const { code, message } = await refusal(prepareTarget(target(), harness(SCRIPT.replace('"parse"', '"prase"'))))
  expect(code).toBe('E_HARNESS_IMPORT')
  expect(message).toContain('did you mean "parse"?')
})

test('shows both signatures where they differ', async () => {
  const text = SCRIPT.replace('level: i32', 'level: i64').replace('setup(40)', 'setup(<i64>40)')
  const { code, message } = await refusal(prepareTarget(target(), harness(text)))
  expect(code).toBe('E_HARNESS_SIGNATURE')
  expect(message).toContain('as (i64) → nothing, but it is (i32) → nothing')
})

test('the range comes on top of --memory', async () => {
  const grows = '(func $start (drop (memory.grow (i32.const 8)))) (start $start)'
  const sandbox = await openTarget(target('1 9', grows), { ...harness(), limits: { memoryPagesMax: 9 } })
  expect(sandbox.runOnce(input('ab'))).toEqual({ kind: 'ok', result: 1241 })
})

test('refuses a harness where the target has no memory to share', async () => {
  const noMemory = wat('(module (func (export "parse")))')
  const { code } = await refusal(prepareTarget(noMemory, harness('export function fuzz(a: i32, b: i32): void {}')))
  expect(code).toBe('E_NO_MEMORY')
})

test('says so where the target’s memory cannot grow by the range', async () => {
  const prepared = await prepareTarget(target(), harness())
  const { module, harness: second } = prepared
  const functionStarts = [...module.map.functions, ...second!.map.functions].map(({ firstEdge }) => firstEdge)
  const edges = module.map.edges + second!.map.edges
  const layout = { functionStarts, edges, inputMax: 16, corpusBytes: 4096, imageBytes: 1 << 20 }
  const engine = await Engine.open(await readArtifact('build/engine.wasm'), layout)
  const room = hasMultiMemory() ? null : TargetRoom.reserve(engine, prepared, CONTROL_TARGET_BYTES)
  const program = await compileInstrumented(prepared, false, room)
  const real = instrumentedConnector(program, engine, 0, room)
  const full = { ...real, instantiateTarget: () => ({ ...real.instantiateTarget(), grow: () => -1 }) }
  const started = async (): Promise<unknown> => startProgram(program, engine, full, (_where, work) => work())
  expect((await refusal(started())).code).toBe('E_HARNESS_MEMORY')
})
