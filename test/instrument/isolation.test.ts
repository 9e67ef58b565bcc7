// Hostile targets: whatever they store, copy, grow or name, the engine's memory outside the words that inserted code
// writes stays as it was, and inserted code writes nowhere but in its regions.
import { describe, expect, test } from 'vitest'
import {
  CONTROL_BASE,
  CONTROL_BYTES,
  CONTROL_DETAIL,
  CONTROL_ENGINE,
  CONTROL_INPUT_ADDRESS,
  CONTROL_REASON,
  CONTROL_TARGET_BYTES,
  COUNTERS_BASE,
  FLAGS_BASE,
  INPUT_BASE,
  MARKS_BASE,
  MARKS_BYTES,
  REASON_MEMORY,
} from '../../assembly/abi.ts'
import type { InstrumentOptions } from '../../instrument/types.ts'
import { assemble } from '../generate/compare.ts'
import { generateModule } from '../generate/module.ts'
import { LANE_STORES, STORES } from '../generate/operators.ts'
import { IMAGE, type Layout, LAYOUTS, type Sandbox, engineMemory, observe, sandbox } from '../generate/sandbox.ts'

/** Bytes that inserted code may write, for a module of so many edges and functions. */
function writable(box: Sandbox): (readonly [number, number])[] {
  const bytes = box.memory?.buffer.byteLength ?? 0
  const marks = Math.ceil(bytes / 2 ** box.map.granuleShift)
  return [
    [CONTROL_BASE, CONTROL_ENGINE],
    [FLAGS_BASE, FLAGS_BASE + box.map.functions.length],
    [MARKS_BASE, MARKS_BASE + marks],
    [COUNTERS_BASE, COUNTERS_BASE + 4 * box.map.edges],
    ...(box.memoryBase === null ? [] : [[box.memoryBase, box.memoryBase + bytes] as const]),
  ]
}

const PATTERN = 0xa5
/** More would say no more. */
const DAMAGE_MAX = 20
/** What lies behind the room of a target that lies in the engine's memory is not its own either. */
const PAGES_BEHIND = 4
const PAGES_MAX = 32

/** A sandbox whose engine memory is full of a pattern wherever inserted code has no business. */
type Guard = (wat: string, changes?: Partial<InstrumentOptions>, imports?: WebAssembly.Imports) => Sandbox

function guardedIn(layout: Layout): Guard {
  return (wat, changes = {}, imports = {}) => {
    const engine = engineMemory()
    const box = sandbox(assemble(wat, true), { memoryPagesMax: PAGES_MAX, ...changes }, imports, engine, layout)
    engine.grow(PAGES_BEHIND)
    const size = box.word(CONTROL_TARGET_BYTES)
    const ranges = writable(box)
    const bytes = new Uint8Array(engine.buffer)
    bytes.fill(PATTERN)
    for (const [start, end] of ranges) bytes.fill(0, start, end)
    box.setWord(CONTROL_TARGET_BYTES, size)
    return box
  }
}

/** Addresses that changed and should not have. */
function damage(box: Sandbox): number[] {
  const bytes = new Uint8Array(box.engine.buffer).slice()
  for (const [start, end] of writable(box)) bytes.fill(PATTERN, start, end)
  const words = new Uint32Array(bytes.buffer)
  const whole = 0xa5a5_a5a5
  const found: number[] = []
  for (let i = 0; i < words.length && found.length < DAMAGE_MAX; i++) if (words[i] !== whole) found.push(i * 4)
  return found
}

const ADDRESSES = [
  0,
  -1,
  -16,
  65535,
  65536,
  0x7fffffff,
  -0x80000000,
  FLAGS_BASE,
  MARKS_BASE,
  COUNTERS_BASE,
  CONTROL_BASE,
]
const OFFSETS = [0, 1, 65535, 65536, MARKS_BASE, COUNTERS_BASE, 0x7fffffff, 0x80000000, 0xffffffff]

const VALUES = {
  i32: '(i32.const -1)',
  i64: '(i64.const -1)',
  f32: '(f32.const nan)',
  f64: '(f64.const nan)',
  v128: '(v128.const i64x2 -1 -1)',
}

function storingModule(): { wat: string; names: string[] } {
  const plain = Object.entries(STORES).flatMap(([type, stores]) =>
    stores.map(
      ([name]) =>
        (offset: number) =>
          `(${name} offset=${offset} (local.get 0) ${VALUES[type as 'i32']})`,
    ),
  )
  const lanes = LANE_STORES.map(
    ([name]) =>
      (offset: number) =>
        `(${name} offset=${offset} 1 (local.get 0) ${VALUES.v128})`,
  )
  const atomics = ['i32.atomic.store', 'i32.atomic.rmw.xchg', 'i32.atomic.rmw8.or_u'].map(
    (name) => (offset: number) => {
      const access = `(${name} offset=${offset} (local.get 0) (i32.const -1))`
      return name.endsWith('store') ? access : `(drop ${access})`
    },
  )
  const functions = [...plain, ...lanes, ...atomics].flatMap((write) => OFFSETS.map(write))
  const bulk = ['fill', 'copy', 'init'].map((kind) => {
    const source = kind === 'init' ? `(memory.init $bytes` : `(memory.${kind}`
    return `(func (export "${kind}") (param i32 i32 i32) ${source} (local.get 0) (local.get 1) (local.get 2)))`
  })
  const names = functions.map((_, i) => `s${i}`)
  const wat = `(module (memory 1) (data $bytes "0123456789abcdef") ${bulk.join('\n')}
    ${functions.map((body, i) => `(func (export "s${i}") (param i32) ${body})`).join('\n')})`
  return { wat, names }
}

describe.each(LAYOUTS)('a hostile target, %s,', (layout) => {
  const guarded = guardedIn(layout)
  test('reaches nothing of the engine with any store, at any address and offset', () => {
    const { wat, names } = storingModule()
    const box = guarded(wat)
    let trapped = 0
    for (const name of names)
      for (const address of ADDRESSES) if (observe(() => box.exports[name]!(address)).startsWith('trap')) trapped++
    expect(trapped).toBeGreaterThan(names.length)
    expect(trapped).toBeLessThan(names.length * ADDRESSES.length)
    expect(damage(box)).toEqual([])
  })

  test('reaches nothing of the engine with bulk operations', () => {
    const { wat } = storingModule()
    const box = guarded(wat)
    const outcomes = new Set<string>()
    for (const kind of ['fill', 'copy', 'init'])
      for (const to of ADDRESSES)
        for (const from of [0, 1, -1, 65536])
          for (const size of [0, 1, 16, 65536, -1, 0x7fffffff])
            outcomes.add(observe(() => box.exports[kind]!(to, from, size)))
    expect(outcomes).toEqual(new Set(['undefined', 'trap: memory access out of bounds']))
    expect(damage(box)).toEqual([])
  })

  test('marks nothing for a store that trapped', () => {
    const box = guarded(
      '(module (memory 1) (func (export "store") (param i32) (i64.store (local.get 0) (i64.const 1))))',
    )
    for (const address of [65529, 65536, -1, MARKS_BYTES]) observe(() => box.exports['store']!(address))
    const granules = 65536 >> box.map.granuleShift
    const marks = new Uint8Array(box.engine.buffer, MARKS_BASE, granules)
    expect(marks.every((mark) => mark === 0)).toBe(true)
    box.exports['store']!(65528)
    expect(marks[granules - 1]).not.toBe(0)
    expect(damage(box)).toEqual([])
  })

  test('has no way to name the engine memory: not by import, not by name section, not by export', () => {
    const imported = guarded(
      `(module (import "fuzzbox" "memory" (memory 1)) (func (export "store") (param i32) (i32.store (local.get 0) (i32.const -1))))`,
    )
    imported.exports['store']!(0)
    expect(damage(imported)).toEqual([])
    expect(imported.memory).not.toBe(imported.engine)

    const named = guarded(
      `(module (memory $fuzzbox.engine 1) (global $fuzzbox.pages (mut i32) (i32.const 9))
        (func $fuzzbox.restore (export "store") (param i32) (i32.store (local.get 0) (i32.const -1))))`,
    )
    named.exports['store']!(0)
    expect(damage(named)).toEqual([])
    expect(named.map.notes.join()).toContain('names of functions were dropped')

    for (const name of ['fuzzbox.run', 'fuzzbox.memory'])
      expect(() => sandbox(assemble(`(module (memory 1) (func (export "${name}")))`))).toThrow(
        `already exports ${name}`,
      )
  })

  test('reaches nothing of the engine through table tricks', () => {
    const box = guarded(`(module (table $t 4 funcref) (memory 1) (type $v (func))
      (func (export "set") (param i32) (table.set $t (local.get 0) (ref.null func)))
      (func (export "fill") (param i32 i32) (table.fill $t (local.get 0) (ref.null func) (local.get 1)))
      (func (export "copy") (param i32 i32 i32) (table.copy $t $t (local.get 0) (local.get 1) (local.get 2)))
      (func (export "grow") (param i32) (result i32) (table.grow $t (ref.null func) (local.get 0)))
      (func (export "call") (param i32) (call_indirect $t (type $v) (local.get 0))))`)
    for (const at of ADDRESSES)
      for (const size of [0, 1, 4, -1])
        for (const name of ['set', 'fill', 'copy', 'call']) observe(() => box.exports[name]!(at, size, size))
    expect(box.exports['grow']!(-1)).toBe(-1)
    expect(box.exports['grow']!(10_001)).toBe(-1)
    expect(damage(box)).toEqual([])
  })

  test('keeps its marks in their region when its memory has grown, and cannot grow beyond the sandbox', () => {
    const box = guarded(
      `(module (memory 1) (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
        (func (export "store") (param i32) (i32.store (local.get 0) (i32.const -1))))`,
      { memoryPagesMax: 16 },
    )
    expect(box.exports['grow']!(15)).toBe(1)
    // The marks of what grew were beyond the region when the pattern was laid.
    const marks = new Uint8Array(box.engine.buffer, MARKS_BASE, MARKS_BYTES)
    marks.fill(0, 64, 16 * 64)
    for (const address of [0, 65536, 16 * 65536 - 4, 16 * 65536 - 3, -1]) observe(() => box.exports['store']!(address))
    expect(damage(box)).toEqual([])
    expect(observe(() => box.exports['grow']!(1))).toBe('trap: unreachable')
    expect([box.word(CONTROL_REASON), box.word(CONTROL_DETAIL)]).toEqual([REASON_MEMORY, 17])
  })

  test('cannot use the slots of the bridge with wild pointers to write outside its own memory', () => {
    const box = guarded('(module (memory 1))')
    for (const address of ADDRESSES)
      for (const size of [0, 1, 65536, -1]) {
        observe(() => box.exports['fuzzbox.peek']!(address))
        observe(() => box.exports['fuzzbox.poke']!(address, 255))
        observe(() => box.exports['fuzzbox.copyIn']!(address, INPUT_BASE, size))
      }
    expect(damage(box)).toEqual([])
  })

  test('cannot make `run` write outside its own memory, wherever the input was placed', () => {
    const box = guarded('(module (memory 1) (func (export "entry") (param i32 i32)))', {
      entry: { kind: 'buffer', exportName: 'entry' },
    })
    for (const address of ADDRESSES)
      for (const length of [0, 1, 64, 65, 65536]) {
        box.setWord(CONTROL_INPUT_ADDRESS, address)
        observe(() => box.exports['fuzzbox.run']!(length))
      }
    expect(damage(box)).toEqual([])
    expect(CONTROL_ENGINE).toBeLessThan(CONTROL_BASE + CONTROL_BYTES)
  })

  test('reaches nothing of the engine in hundreds of calls of random modules', () => {
    for (let seed = 1001; seed <= 1010; seed++) {
      const { wat, calls } = generateModule(seed)
      const box = guarded(
        wat,
        { provided: { 'env mix': { params: ['i32', 'i32'], results: ['i32'] } } },
        {
          env: { mix: (a: number, b: number) => a ^ b },
        },
      )
      for (let turn = 0; turn < 50; turn++) {
        const call = calls[turn % calls.length]!
        box.exports['refuel']!()
        observe(() =>
          box.exports[call.name]!(...call.params.map((type) => (type === 'i64' ? BigInt(turn) : turn * 4097))),
        )
      }
      const grown = (box.memory!.buffer.byteLength * 2 ** -box.map.granuleShift) | 0
      const wrong = damage(box).filter((at) => at < MARKS_BASE || at >= MARKS_BASE + grown)
      expect(wrong, `seed ${seed}`).toEqual([])
      expect(IMAGE).toBeGreaterThan(MARKS_BASE + MARKS_BYTES)
    }
  })
})
