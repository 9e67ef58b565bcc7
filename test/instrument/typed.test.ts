// How `run` makes arguments of a record: every type arrives as it is, in every place, and no record leads out of the input.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CONTROL_INPUT_ADDRESS, CONTROL_INPUT_DIRTY, INPUT_BASE, INPUT_MAX } from '../../assembly/abi.ts'
import { PARAMETERS } from '../../instrument/bridge/arguments.ts'
import type { ArgumentType } from '../../instrument/types.ts'
import { decodeRecord, type Argument } from '../../src/core/typed/record.ts'
import { assemble } from '../generate/compare.ts'
import { type Sandbox, sandbox } from '../generate/sandbox.ts'

const PLACE = 4096
const WIDTHS = { i32: 4, i64: 8, f32: 4, f64: 8 } as const
const ALL = Object.keys(PARAMETERS) as ArgumentType[]

/** An entry that stores its parameters at 0, 8, 16 … */
function storing(params: readonly (keyof typeof WIDTHS)[]): Uint8Array {
  const stores = params.map((type, index) => `(${type}.store (i32.const ${8 * index}) (local.get ${index}))`)
  return assemble(`(module (memory (export "memory") 1)
    (func (export "entry") (param ${params.join(' ')}) (result i64 externref)
      ${stores.join(' ')} (i64.const -1) (ref.null extern)))`)
}

function open(types: readonly ArgumentType[], word: 'i32' | 'i64' = 'i64'): Sandbox {
  const params = types.flatMap((type) => PARAMETERS[type].map((one) => (one === 'word' ? word : one)))
  const box = sandbox(storing(params), { entry: { kind: 'typed', exportName: 'entry', types } })
  box.setWord(CONTROL_INPUT_ADDRESS, PLACE)
  box.capture()
  return box
}

interface Seen {
  readonly bits: bigint
  readonly bytes: Uint8Array | null
  readonly address: number
}

/** What the entry was given, by argument. */
function run(box: Sandbox, types: readonly ArgumentType[], record: Uint8Array, word: 'i32' | 'i64' = 'i64'): Seen[] {
  // What a longer input left behind the record in the engine's memory must not be read.
  box.setInput(new Uint8Array(600).fill(0xee))
  box.setInput(record)
  expect(box.exports['fuzzbox.run']!(record.length)).toBe(0)
  const memory = new DataView(box.memory!.buffer)
  let at = 0
  return types.map((type) => {
    const [param, second] = PARAMETERS[type]
    const wide = param === 'i64' || param === 'f64' || (param === 'word' && word === 'i64')
    const bits = wide ? memory.getBigUint64(at, true) : BigInt(memory.getUint32(at, true))
    at += 8
    if (second === undefined) return { bits, bytes: null, address: 0 }
    const length = memory.getUint32(at, true)
    at += 8
    return { bits, bytes: new Uint8Array(box.memory!.buffer, Number(bits), length).slice(), address: Number(bits) }
  })
}

function bitsOf(argument: Argument, word: 'i32' | 'i64'): bigint | null {
  if ('bytes' in argument) return null
  const [param] = PARAMETERS[argument.type]
  const wide = param === 'i64' || param === 'f64' || (param === 'word' && word === 'i64')
  return BigInt.asUintN(wide ? 64 : 32, argument.value)
}

const someTypes = fc.array(fc.constantFrom(...ALL), { minLength: 1, maxLength: 6 })
/** Bytes among which short lengths are frequent, and hostile ones occur. */
const record = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      fc.nat(20).map((length) => Uint8Array.of(length, 0, 0, 0)),
      fc.constantFrom(Uint8Array.of(255, 255, 255, 255), Uint8Array.of(0, 0, 0, 128), Uint8Array.of(0, 0, 16, 0)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])))

describe('arguments of a record', () => {
  test.each(['i32', 'i64'] as const)('arrive as the host decodes them, whatever the bytes; an int is an %s', (word) => {
    fc.assert(
      fc.property(someTypes, fc.array(record, { minLength: 1, maxLength: 4 }), (types, records) => {
        const box = open(types, word)
        for (const bytes of records) {
          const seen = run(box, types, bytes, word)
          decodeRecord(types, bytes).forEach((argument, index) => {
            if ('bytes' in argument) expect(seen[index]!.bytes).toEqual(argument.bytes)
            else expect(seen[index]!.bits).toBe(bitsOf(argument, word))
          })
          box.restore()
        }
      }),
      { numRuns: 60, seed: 1 },
    )
  })

  test('bytes never touch each other, and all around them is zero, whatever the inputs before held', () => {
    const types = ['bytes', 'string', 'i32', 'bytes'] as const
    const box = open(types)
    fc.assert(
      fc.property(record, (bytes) => {
        const pieces = run(box, types, bytes).filter((seen) => seen.bytes !== null)
        const end = PLACE + box.word(CONTROL_INPUT_DIRTY)
        const memory = new Uint8Array(box.memory!.buffer)
        let free = PLACE
        for (const { address, bytes: content } of pieces) {
          expect(memory.subarray(free, address).every((byte) => byte === 0)).toBe(true)
          if (free > PLACE) expect(address - free).toBeGreaterThanOrEqual(16)
          free = address + content!.length
        }
        expect(free).toBeLessThanOrEqual(end)
        expect(memory.subarray(free, PLACE + 4096).every((byte) => byte === 0)).toBe(true)
        box.restore()
      }),
      { numRuns: 200, seed: 1 },
    )
  })

  test('a length of 0xffffffff at the very end of the largest input leads nowhere', () => {
    const types = ['bytes', 'f64'] as const
    const box = open(types)
    for (const length of [INPUT_MAX, INPUT_MAX - 3]) {
      new Uint8Array(box.engine.buffer).fill(0xff, INPUT_BASE, INPUT_BASE + INPUT_MAX)
      expect(() => box.exports['fuzzbox.run']!(length)).toThrow(/out of bounds/)
    }
    // The copy into a memory of one page fails; that of a memory with room ends with the input, and nothing of what follows is read.
    ;(box.memory as WebAssembly.Memory).grow(32)
    new Uint8Array(box.engine.buffer).fill(0x77, INPUT_BASE + INPUT_MAX, INPUT_BASE + INPUT_MAX + 64)
    box.exports['fuzzbox.run']!(INPUT_MAX)
    const memory = new DataView(box.memory!.buffer)
    expect(memory.getUint32(8, true)).toBe(INPUT_MAX - 4)
    expect(memory.getBigUint64(16, true)).toBe(0n)
  })

  test('NaNs keep their payload, and zeros their sign', () => {
    const types = ['f32', 'f64'] as const
    const box = open(types)
    for (const [single, double] of [
      [0x7fa0_0001, 0x7ff4_0000_0000_0001n],
      [0x8000_0000, 0x8000_0000_0000_0000n],
      [0xffff_ffff, 0xffff_ffff_ffff_ffffn],
    ] as const) {
      const view = new DataView(new ArrayBuffer(12))
      view.setUint32(0, single, true)
      view.setBigUint64(4, double, true)
      expect(run(box, types, new Uint8Array(view.buffer)).map(({ bits }) => bits)).toEqual([BigInt(single), double])
      box.restore()
    }
  })

  test('an entry with other parameters is refused, and the message shows those', () => {
    const wasm = storing(['i64', 'i32'])
    const open = (): unknown =>
      sandbox(wasm, { entry: { kind: 'typed', exportName: 'entry', types: ['int', 'bytes'] } })
    expect(open).toThrow(expect.objectContaining({ code: 'E_ENTRY' }))
    expect(open).toThrow(/entry is \(i64, i32\) -> \(i64, ref\) and has to be \(word, i32, i32\) -> anything/)
  })
})
