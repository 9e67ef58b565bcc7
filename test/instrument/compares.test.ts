// The compares build: it behaves as the module was written, has the edges of the build that fuzzes, and logs what is
// compared, whatever the target does.
import { expect, test } from 'vitest'
import {
  COMPARES_BYTES_BASE,
  COMPARES_LOG_BASE,
  COMPARE_BYTES,
  COMPARE_EQUAL,
  COMPARE_FLAG_RIGHT_CONSTANT,
  COMPARE_FLOAT_ORDER,
  COMPARE_HITS_MAX,
  COMPARE_ORDER,
  COMPARE_PLACES,
  COMPARE_RECORD_BYTES,
  COMPARE_SWITCH,
  CONTROL_COMPARES_LOG,
} from '../../assembly/abi.ts'
import { instrument } from '../../instrument/index.ts'
import { assemble, compare } from '../generate/compare.ts'
import { generateModule } from '../generate/module.ts'
import { type Sandbox, options, sandbox } from '../generate/sandbox.ts'

interface Logged {
  readonly kind: number
  readonly width: number
  readonly flags: number
  readonly left: bigint
  readonly right: bigint
  readonly bytes: readonly [string, string]
}

function logged(box: Sandbox): Logged[] {
  const view = new DataView(box.engine.buffer)
  const text = (at: number, length: number): string =>
    new TextDecoder('latin1').decode(new Uint8Array(box.engine.buffer.slice(at, at + length)))
  return Array.from({ length: box.word(CONTROL_COMPARES_LOG) / COMPARE_RECORD_BYTES }, (_, index) => {
    const at = COMPARES_LOG_BASE + index * COMPARE_RECORD_BYTES
    const kind = view.getUint8(at + 4)
    const slot = COMPARES_BYTES_BASE + 256 * view.getUint32(at + 24, true)
    const side = (offset: number): number => (kind < COMPARE_BYTES ? 0 : view.getUint16(at + offset, true))
    return {
      kind,
      width: view.getUint8(at + 5),
      flags: view.getUint8(at + 6),
      left: view.getBigUint64(at + 8, true),
      right: view.getBigUint64(at + 16, true),
      bytes: [text(slot, side(28)), text(slot + 128, side(30))],
    }
  })
}

const open = (wat: string): Sandbox => sandbox(assemble(wat), { compares: true })

test('behaves as written and restores completely', () => {
  for (let seed = 1; seed <= 40; seed++)
    expect(compare(seed, { compares: true }).differences, `seed ${seed}`).toEqual([])
})

test('has the edges and functions of the build that fuzzes', () => {
  for (let seed = 1; seed <= 12; seed++) {
    const wasm = assemble(generateModule(seed).wat)
    const numbered = (compares: boolean): unknown => {
      const { edges, functions } = instrument(wasm, options({ compares })).map
      return [edges, functions.map(({ index, firstEdge, edges: own }) => [index, firstEdge, own])]
    }
    expect(numbered(true), `seed ${seed}`).toEqual(numbered(false))
  }
})

test('logs both operands of compares, as wide as they are', () => {
  const box = open(`(module (func (export "f") (param i32 i64 f64)
    (drop (i32.eq (local.get 0) (i32.const 77)))
    (drop (i64.gt_s (local.get 1) (i64.const -5)))
    (drop (f64.lt (local.get 2) (f64.const 2)))))`)
  box.exports['f']!(-1, 8n, 1)
  const [first, second, third] = logged(box)
  expect(first).toMatchObject({ kind: COMPARE_EQUAL, width: 4, flags: COMPARE_FLAG_RIGHT_CONSTANT, left: 0xffff_ffffn, right: 77n }) // prettier-ignore
  expect(second).toMatchObject({ kind: COMPARE_ORDER, width: 8, left: 8n, right: 2n ** 64n - 5n })
  expect(third).toMatchObject({ kind: COMPARE_FLOAT_ORDER, width: 8, left: 0x3ff0_0000_0000_0000n, right: 1n << 62n })
})

test('logs the value of a br_table and how many cases it has', () => {
  const box = open(`(module (func (export "f") (param i32)
    (block $a (block $b (br_table $a $b $a $b (local.get 0))))))`)
  box.exports['f']!(9)
  expect(logged(box)).toMatchObject([{ kind: COMPARE_SWITCH, left: 9n, right: 3n }])
})

test('logs whole strings where single bytes of them are compared', () => {
  const box = open(`(module (memory 1) (data (i32.const 16) "secret word\\00") (data (i32.const 64) "something\\00")
    (func (export "f") (result i32)
      (i32.eq (i32.load8_u (i32.const 16)) (i32.load8_u offset=60 (i32.const 4)))))`)
  box.exports['f']!()
  const places = logged(box).filter(({ kind }) => kind === COMPARE_PLACES)
  expect(places.map(({ bytes }) => bytes.map((text) => text.split('\0')[0]))).toEqual([['secret word', 'something']])
})

test('logs no more of a routine than there is memory, wherever its pointers lead', () => {
  const box = open(`(module (memory 1) (data (i32.const 65532) "tail")
    (func (export "memcmp") (param i32 i32 i32) (result i32) (i32.const 0)))`)
  box.exports['memcmp']!(65_532, -1, -1)
  expect(logged(box)).toMatchObject([{ kind: COMPARE_BYTES, bytes: ['tail', ''] }])
})

test('logs a compare in a loop so many times, and no longer', () => {
  const box = open(`(module (func (export "f") (param i32)
    (loop $next
      (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
      (br_if $next (i32.ne (local.get 0) (i32.const 0))))))`)
  box.exports['f']!(100_000)
  expect(logged(box)).toHaveLength(COMPARE_HITS_MAX)
})

test('finds the constants and strings of a module, what must be equal first', () => {
  const wasm = assemble(`(module (memory 1) (data (i32.const 0) "keyword\\00a sentence of many words\\00")
    (func (export "f") (param i32) (result i32)
      (i32.and (i32.lt_u (local.get 0) (i32.const 0x11223344)) (i32.eq (local.get 0) (i32.const 0x7ffe01aa)))))`)
  const text = (value: string): string => [...value].map((char) => char.charCodeAt(0).toString(16)).join('')
  expect(instrument(wasm, options()).map.tokens).toEqual([
    'aa01fe7f',
    '7ffe01aa',
    text('keyword'),
    '44332211',
    '11223344',
    text('a sentence of many words'),
  ])
})
