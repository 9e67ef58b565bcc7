import { expect, test, vi } from 'vitest'
import type { MemoryLayout } from '../../src/core/engine/features.ts'
import { Sandbox } from '../../src/core/sandbox.ts'
import { prepareTarget } from '../../src/core/target/prepare.ts'
import { readArtifact } from '../support/artifacts.ts'
import { input, openPrepared, openTarget, refusal, targetFile, wat } from '../support/targets.ts'

const KINDS: readonly (readonly [string, string, boolean])[] = [
  ['u', 'unreachable', true],
  ['o', 'out-of-bounds', true],
  ['d', 'divide-by-zero', true],
  ['r', 'divide-by-zero', true],
  ['v', 'integer-overflow', true],
  ['f', 'integer-overflow', true],
  ['i', 'indirect-call', true],
  ['n', 'indirect-call', true],
  ['s', 'indirect-call', true],
  ['x', 'uncaught-exception', true],
  ['l', 'timeout', false],
  ['R', 'stack-overflow', false],
  ['m', 'memory-limit', false],
]

test('names every kind of trap, its function and, on a plain instance, its offset', async () => {
  const sandbox = await openTarget(await targetFile('traps.wat'), { limits: { fuel: 100_000 } })
  for (const [letter, trap, confirmed] of KINDS) {
    const outcome = sandbox.runOnce(input(letter))
    expect(outcome, letter).toMatchObject({ kind: 'trap', trap })
    if (outcome.kind !== 'trap' || !confirmed) continue
    expect(outcome.message).toMatch(/\w{5}/)
    const plain = sandbox.confirm(input(letter))
    expect(plain, letter).toMatchObject({ kind: 'trap', trap })
    // Exceptions carry no stack in some engines.
    if (plain?.kind !== 'trap' || trap === 'uncaught-exception') continue
    expect(plain.frames.map(({ functionName }) => functionName)).toEqual(['trap', 'LLVMFuzzerTestOneInput'])
    expect(outcome.frames.map(({ functionName }) => functionName)).toEqual(['trap', 'LLVMFuzzerTestOneInput'])
    expect(outcome.frames[0]?.functionIndex).toBe(plain.frames[0]?.functionIndex)
    expect(plain.frames[0]?.offset).toBeGreaterThan(0)
  }
})

test('confirms nothing that only the sandbox can tell', async () => {
  const sandbox = await openTarget(await targetFile('traps.wat'), { limits: { fuel: 100_000 } })
  for (const letter of ['l', 'R', 'm']) expect(sandbox.confirm(input(letter)), letter).toBe(null)
  expect(sandbox.confirm(input(' '))).toEqual({ kind: 'ok', result: 0 })
})

test('is as new after every trap', async () => {
  const sandbox = await openTarget(await targetFile('traps.wat'), { limits: { fuel: 100_000 } })
  sandbox.runOnce(input('c'))
  const clean = sandbox.trace()
  for (const [letter] of KINDS) {
    sandbox.runOnce(input(letter))
    // "c" traps when a global or a byte of the memory still holds what the run before it wrote.
    expect(sandbox.runOnce(input('c')), letter).toEqual({ kind: 'ok', result: 3 })
    expect(sandbox.trace(), letter).toEqual(clean)
  }
})

test('keeps fuzzing after a crash, and tells places apart', async () => {
  const sandbox = await openTarget(
    wat(`(module (memory (export "memory") 1)
      (func $one (unreachable)) (func $two (unreachable))
      (func (export "fuzz") (param i32 i32)
        (if (i32.eq (i32.load8_u (local.get 0)) (i32.const 0x61)) (then (call $one)))
        (if (i32.eq (i32.load8_u (local.get 0)) (i32.const 0x62)) (then (call $two)))))`),
  )
  const places = new Map<string, string>()
  let executions = 0
  for (let slices = 0; slices < 2000; slices++) {
    const result = sandbox.slice(500)
    expect(result.executions).toBeGreaterThan(0)
    executions += result.executions
    if (result.ended !== 'trap') continue
    const { outcome, input: bytes, key } = result.trap
    const name = outcome.kind === 'trap' ? outcome.frames[0]!.functionName : ''
    expect(bytes[0]).toBe(name === 'one' ? 0x61 : 0x62)
    expect(places.get(key) ?? name).toBe(name)
    places.set(key, name)
  }
  expect(new Set(places.values())).toEqual(new Set(['one', 'two']))
  expect(sandbox.executionsBegun()).toBe(executions)
})

test('the same seed finds the same inputs', async () => {
  const steps = [0x66, 0x75, 0x7a].map(
    (byte, at) => `(br_if 0 (i32.ne (i32.load8_u offset=${at} (local.get 0)) (i32.const ${byte})))`,
  )
  const prepared = await prepareTarget(
    wat(`(module (memory (export "memory") 1) (func (export "fuzz") (param i32 i32) (block ${steps.join(' ')})))`),
  )
  const found = async (): Promise<unknown> => {
    const sandbox = await openPrepared(prepared)
    for (let done = 0; done < 20_000;) done += sandbox.slice(20_000 - done).executions
    const discoveries = sandbox.drainDiscoveries()
    expect(discoveries.length).toBeGreaterThan(3)
    expect(sandbox.drainDiscoveries()).toEqual([])
    return discoveries.map((discovery) => [...discovery.input])
  }
  expect(await found()).toEqual(await found())
})

test('says what fails before the first input, and where', async () => {
  const opening = (parts: string, options = {}): Promise<{ code: string; message: string }> =>
    refusal(
      openTarget(wat(`(module ${parts} (memory (export "memory") 1) (func (export "fuzz") (param i32 i32)))`), options),
    )
  const start = await opening('(func $start (unreachable)) (start $start)')
  expect(start).toMatchObject({
    code: 'E_INIT_TRAP',
    message: expect.stringContaining('in its start function: unreachable'),
  })
  const loops = await opening('(func (export "_initialize") (loop (br 0)))', { limits: { fuel: 10_000 } })
  expect(loops).toMatchObject({
    code: 'E_INIT_TRAP',
    message: expect.stringContaining('in _initialize: does not come to an end'),
  })
  const fuzzer = await opening(
    '(func (export "LLVMFuzzerInitialize") (param i32 i32) (result i32) (i32.div_u (i32.const 1) (local.get 0)))',
  )
  expect(fuzzer).toMatchObject({ code: 'E_INIT_TRAP', message: expect.stringContaining('in LLVMFuzzerInitialize') })
  const exits = await opening(
    '(import "env" "exit" (func $exit (param i32))) (func $start (call $exit (i32.const 0))) (start $start)',
  )
  expect(exits).toMatchObject({ code: 'E_INIT_TRAP', message: expect.stringContaining('proc_exit(0)') })
})

/** Returns the address of its input, after checking that nothing of a longer input lies behind it. */
const placed = (memory: string, more: string): ReturnType<typeof wat> =>
  wat(`(module (memory (export "memory") ${memory}) ${more}
    (func (export "fuzz") (param $at i32) (param $length i32) (result i32) (local $end i32)
      (local.set $end (i32.add (local.get $at) (i32.const 8)))
      (if (i32.load8_u (i32.sub (local.get $end) (i32.const 1))) (then (if (i32.lt_u (local.get $length) (i32.const 8)) (then (unreachable)))))
      (local.get $at)))`)

test.each([
  ['with malloc', '1', '(func (export "malloc") (param i32) (result i32) (i32.const 0x500))', 0x500],
  ['with __new', '1', '(func (export "__new") (param i32 i32) (result i32) (i32.const 0x600))', 0x600],
  ['on grown pages', '1', '', 0x1_0000],
  ['on grown pages of a memory that may not grow', '2 2', '', 0x2_0000],
  [
    'on grown pages where malloc has nothing left',
    '1',
    '(func (export "malloc") (param i32) (result i32) (i32.const 0))',
    0x1_0000,
  ],
  [
    'above the heap base, at the end of a memory that is full',
    '1 1',
    '(global (export "__heap_base") i32 (i32.const 0x100)) (func (export "malloc") (param i32) (result i32) (i32.const 0))',
    0x1_0000 - 64,
  ],
])('places the input %s', async (_where, memory, more, address) => {
  const sandbox = await openTarget(placed(memory, more), { inputMax: 64 })
  expect(sandbox.runOnce(input('a longer input'))).toEqual({ kind: 'ok', result: address })
  expect(sandbox.runOnce(input('short'))).toEqual({ kind: 'ok', result: address })
})

test('says so where there is no place for the input', async () => {
  const source = placed('1 1', '(func (export "malloc") (param i32) (result i32) (i32.const 0))')
  expect((await refusal(openTarget(source))).code).toBe('E_INPUT_PLACE')
  expect((await refusal(openTarget(source, { inputMax: 1 << 24 }))).code).toBe('E_INPUT_MAX')
})

test('takes a fresh instance where a run did what no restore can undo', async () => {
  const sandbox = await openTarget(
    wat(`(module (memory (export "memory") 1) (data $text "\\07") (table $table 1 funcref)
      (func (export "fuzz") (param i32 i32) (result i32)
        (memory.init $text (i32.const 0) (i32.const 0) (i32.const 1))
        (if (local.get 1) (then (data.drop $text) (drop (table.grow $table (ref.null func) (i32.const 1)))))
        (i32.add (i32.load8_u (i32.const 0)) (table.size $table))))`),
  )
  for (let run = 0; run < 3; run++) expect(sandbox.runOnce(input('x'))).toEqual({ kind: 'ok', result: 9 })
  const result = sandbox.slice(100)
  expect(result.ended).toBe('state-lost')
  sandbox.renewInstance()
  expect(sandbox.runOnce(input('x'))).toEqual({ kind: 'ok', result: 9 })
})

test('a memory that runs have grown is small again', async () => {
  const sandbox = await openTarget(
    wat(`(module (memory (export "memory") 1) (func (export "malloc") (param i32) (result i32) (i32.const 16))
      (func (export "fuzz") (param i32 i32) (result i32) (local i32)
        (local.set 2 (memory.size)) (drop (memory.grow (i32.const 3))) (i32.store (i32.const 0x30000) (i32.const 1))
        (local.get 2)))`),
  )
  expect(sandbox.runOnce(input('x'))).toEqual({ kind: 'ok', result: 1 })
  expect(sandbox.runOnce(input('x'))).toEqual({ kind: 'ok', result: 1 })
  expect(sandbox.slice(50)).toEqual({ ended: 'budget', executions: 50 })
  expect(sandbox.runOnce(input('x'))).toEqual({ kind: 'ok', result: 1 })
})

test('does not confirm on a module whose memory it cannot reach', async () => {
  const sandbox = await openTarget(wat('(module (memory 1) (func (export "fuzz") (param i32 i32) (unreachable)))'))
  expect(sandbox.runOnce(input('x'))).toMatchObject({ kind: 'trap', trap: 'unreachable' })
  expect(sandbox.confirm(input('x'))).toBe(null)
  expect(sandbox.currentInput()).toEqual(input('x'))
})

test('puts the engine back as it was after confirming', async () => {
  const sandbox = await openTarget(await targetFile('traps.wat'), { limits: { fuel: 100_000 } })
  sandbox.addInput(input('c'))
  const before = sandbox.statistics()
  sandbox.confirm(input('u'))
  expect(sandbox.statistics()).toEqual(before)
  expect(sandbox.runOnce(input('c'))).toEqual({ kind: 'ok', result: 3 })
})

test('an engine without multi-memory runs a target inside the engine, unless it is told not to: E_NO_MULTI_MEMORY', async () => {
  const engine = await readArtifact('build/engine.wasm')
  const open = async (layout?: MemoryLayout): Promise<Sandbox> => {
    const prepared = await prepareTarget(await targetFile('traps.wat'), layout ? { layout } : {})
    return await Sandbox.open(engine, prepared, { seedLow: 1, seedHigh: 2, corpusBytes: 4096 })
  }
  const validate = WebAssembly.validate
  const spy = vi.spyOn(WebAssembly, 'validate').mockImplementation((bytes) => bytes.byteLength > 15 && validate(bytes))
  try {
    expect((await open()).runOnce(input('c'))).toEqual({ kind: 'ok', result: 3 })
    const refused = await refusal(open('two'))
    expect(refused.code).toBe('E_NO_MULTI_MEMORY')
    expect(refused.message).toContain('Node 22')
  } finally {
    spy.mockRestore()
  }
})

test('an engine without vectors is told so: E_NO_SIMD', async () => {
  const prepared = await prepareTarget(await targetFile('traps.wat'))
  const engine = await readArtifact('build/engine.wasm')
  const spy = vi.spyOn(WebAssembly, 'validate').mockReturnValue(false)
  const refused = await refusal(Sandbox.open(engine, prepared, { seedLow: 1, seedHigh: 2, corpusBytes: 4096 }))
  spy.mockRestore()
  expect(refused.code).toBe('E_NO_SIMD')
})

test('says why an instrumented module is refused', async () => {
  const prepared = await prepareTarget(await targetFile('traps.wat'))
  const instrumented = prepared.module.instrumented.slice(0, -5)
  const refused = await refusal(openPrepared({ ...prepared, module: { ...prepared.module, instrumented } }))
  expect(refused.code).toBe('E_LINK')
  expect(refused.message).toContain('its instrumented form is refused')
})

const GROWS = wat(`(module (memory (export "memory") 1)
  (func (export "LLVMFuzzerTestOneInput") (param i32 i32) (result i32) (local $at i32)
    (drop (memory.grow (i32.const 1)))
    (block $end
      (loop $next
        (br_if $end (i32.ge_u (local.get $at) (local.get 1)))
        (block $d (block $c (block $b (block $a
          (br_table $a $b $c $d (i32.and (i32.const 3) (i32.load8_u (i32.add (local.get 0) (local.get $at))))))
          (local.set $at (i32.add (local.get $at) (i32.const 2))) (br $next))
          (local.set $at (i32.add (local.get $at) (i32.const 3))) (br $next))
          (local.set $at (i32.add (local.get $at) (i32.const 5))) (br $next))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $next)))
    (local.get $at)))`)

test('runs the same inputs however the work is cut into slices, in a target that gets a new instance after each', async () => {
  const ways: string[][] = []
  for (const executions of [1, 7, 2_000]) {
    const sandbox = await openTarget(GROWS)
    for (const seed of ['', '0']) sandbox.addInput(input(seed))
    const found: string[] = []
    for (let left = 2_000; left > 0;) {
      left -= sandbox.slice(Math.min(executions, left)).executions
      found.push(...sandbox.drainDiscoveries().map((discovery) => new TextDecoder().decode(discovery.input)))
    }
    ways.push([...found, JSON.stringify(sandbox.statistics())])
  }
  expect(ways[0]!.length).toBeGreaterThan(3)
  expect(ways[1]).toEqual(ways[0])
  expect(ways[2]).toEqual(ways[0])
})
