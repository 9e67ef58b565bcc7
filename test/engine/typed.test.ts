// Mutants of records: what each family of types promises, and what every record keeps.
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { INPUT_BASE } from '../../assembly/abi.ts'
import type { ArgumentType } from '../../instrument/types.ts'
import { canonicalRecord, decodeRecord, encodeRecord, rangeOf, type ScalarType } from '../../src/core/typed/record.ts'
import { insides, type Inner, type Rig } from './rig.ts'
import { edge, enter, QUIET, target, when } from './targets.ts'

const INPUT_MAX = 200
const NOT_APPLIED = -1
type Insides = Rig & { inner: Inner }

const open = async (types: readonly ArgumentType[]): Promise<Insides> =>
  await insides(QUIET, { inputMax: INPUT_MAX, types })

/** Applies `mutate` to a record; returns the record after it. */
function after({ engine, inner }: Insides, record: Uint8Array, limit: number, mutate: 'record' | number): Uint8Array {
  engine.bytes().set(record, INPUT_BASE)
  inner.clearTouched()
  const length =
    mutate === 'record' ? inner.mutateRecord(record.length, limit) : inner.mutateField(mutate, record.length, limit)
  const bytes = engine.bytes().slice(INPUT_BASE, INPUT_BASE + (length === NOT_APPLIED ? record.length : length))
  // The loop brings back what `touched` names: everything else must be as it was.
  for (let at = 0; at < Math.max(bytes.length, record.length); at++) {
    const isTouched = at >= inner.touchedStart() >>> 0 && at < inner.touchedEnd() >>> 0
    if (engine.bytes()[INPUT_BASE + at] !== record[at] && at < record.length) expect(isTouched).toBe(true)
  }
  return bytes
}

/** The values that `count` changes of one argument give, each made from `from`. */
async function valuesOf(type: ScalarType, count: number, from = 0n): Promise<bigint[]> {
  const made = await open([type])
  made.engine.exports.seed(7, 7)
  const record = encodeRecord([{ type, value: from }])
  return Array.from({ length: count }, () => {
    const [argument] = decodeRecord([type], after(made, record, record.length, 0))
    return (argument as { value: bigint }).value
  })
}

describe('records', () => {
  const MIXED = ['bytes', 'bool', 'string', 'i16', 'int', 'f32', 'bytes', 'rune', 'f64'] as const
  const FIXED_BYTES = 4 + 1 + 4 + 2 + 8 + 4 + 4 + 4 + 8
  let mixed: Insides

  beforeAll(async () => {
    mixed = await open(MIXED)
  })

  test('what the host offers is completed before it runs, to what the host would have made of it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: INPUT_MAX - FIXED_BYTES }), (bytes) => {
        mixed.offer(bytes)
        expect(mixed.input()).toEqual(canonicalRecord(MIXED, bytes))
      }),
      { seed: 1 },
    )
    mixed.offer('')
    expect(mixed.input()).toEqual(new Uint8Array(FIXED_BYTES))
  })

  test('one that would not fit when it is complete loses the end of its last bytes', () => {
    const hostile = new Uint8Array(INPUT_MAX).fill(0xff)
    mixed.offer(hostile)
    expect(mixed.input().length).toBe(INPUT_MAX)
    expect(mixed.input()).toEqual(canonicalRecord(MIXED, mixed.input()))
  })

  test('stay complete, change, and keep the limit, whatever is drawn', () => {
    const argument = fc.uint8Array({ maxLength: INPUT_MAX - FIXED_BYTES })
    const seed = fc.nat()
    fc.assert(
      fc.property(argument, seed, fc.nat(40), (bytes, seed, spare) => {
        const record = canonicalRecord(MIXED, bytes)
        mixed.engine.exports.seed(seed, 3)
        const limit = Math.min(INPUT_MAX, record.length + spare)
        const mutant = after(mixed, record, limit, 'record')
        expect(mutant.length).toBeLessThanOrEqual(limit)
        expect(mutant).toEqual(canonicalRecord(MIXED, mutant))
        expect(mutant).not.toEqual(record)
      }),
      { numRuns: 2_000, seed: 1 },
    )
  })

  test('mostly one argument changes, at times several', () => {
    mixed.engine.exports.seed(2, 2)
    const record = canonicalRecord(MIXED, new Uint8Array(60).fill(3))
    const changes = Array.from({ length: 2_000 }, () => {
      const before = decodeRecord(MIXED, record)
      const mutant = decodeRecord(MIXED, after(mixed, record, INPUT_MAX, 'record'))
      return mutant.filter(
        (argument, index) => String(Object.values(argument)) !== String(Object.values(before[index]!)),
      ).length
    })
    expect(changes.filter((count) => count === 1).length).toBeGreaterThan(1_300)
    expect(changes.filter((count) => count > 1).length).toBeGreaterThan(200)
    expect(Math.max(...changes)).toBe(MIXED.length)
  })

  test('in the loop all of them are complete, the first among them', async () => {
    const types = ['string', 'i32', 'bytes'] as const
    const made = await insides(target([0], 1, '(i32.const 0)'), { types, inputMax: 64 })
    for (let run = 0; run < 3_000; run++) {
      made.engine.exports.slice(1)
      expect(made.input()).toEqual(canonicalRecord(types, made.input()))
      expect(made.input().length).toBeLessThanOrEqual(made.engine.exports.lengthLimit())
    }
  })

  test('a new input is shortened to what it is kept for, and stays a record', async () => {
    // Reaches edge 1 where the second text holds an x at its end; what else there is has nothing to do with it.
    const types = ['bytes', 'i32', 'string'] as const
    const at = (index: string): string => `(i32.load8_u $target (i32.add (i32.const 256) ${index}))`
    const last = at('(i32.sub (local.get $length) (i32.const 1))')
    const body = `${enter(0)} ${edge(0)} ${when(`(i32.and (i32.gt_u (local.get $length) (i32.const 12)) (i32.eq ${last} (i32.const 120)))`, 1)} (i32.const 0)`
    const made = await insides(target([0], 2, body), { types, inputMax: 120 })
    // One execution in eight may go into trimming, so it needs some that went elsewhere.
    const start = encodeRecord([
      { type: 'bytes', bytes: new Uint8Array(30).fill(1) },
      { type: 'i32', value: -9n },
      { type: 'string', bytes: new Uint8Array(20).fill(2) },
    ])
    expect(made.offer(start)).toBe(1)
    made.engine.drainDiscoveries()
    while (made.engine.exports.corpusLength() < 2 && made.engine.executions() < 200_000) made.engine.exports.slice(100)
    const [found] = made.engine.drainDiscoveries().filter(({ kind }) => kind === 'new')
    expect(found!.input).toEqual(canonicalRecord(types, found!.input))
    const [first, , second] = decodeRecord(types, found!.input)
    expect((first as { bytes: Uint8Array }).bytes.length).toBe(0)
    expect(new TextDecoder().decode((second as { bytes: Uint8Array }).bytes)).toBe('x')
  })

  test('a seed means the same first inputs on every platform', async () => {
    const made = await insides(QUIET, {
      types: ['f64', 'string', 'i32', 'rune', 'f32', 'bytes'],
      seed: 2026,
      inputMax: 96,
    })
    made.offer('')
    let hash = 0xcbf2_9ce4_8422_2325n
    while (made.engine.executions() < 5_000) {
      made.engine.exports.slice(1)
      for (const byte of made.input()) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100_0000_01b3n)
    }
    // Changing mutators, weights, schedule or generator changes this value: then replays of older campaigns differ, which the
    // changelog has to say.
    expect(hash.toString(16)).toBe('c427a94f20222f63')
  })
})

describe('integers', () => {
  const INTEGERS = ['u8', 'i8', 'u16', 'i16', 'u32', 'i32', 'u64', 'i64', 'int', 'uint'] as const

  test.each(INTEGERS)('%s: always another value; its bounds and those beside them are reached', async (type) => {
    const { least, most } = rangeOf(type)
    for (const from of [0n, least, most, 5n]) {
      const values = new Set(await valuesOf(type, 3_000, from))
      expect(values).not.toContain(from)
      for (const bound of [least, most, least + 1n, most - 1n]) if (bound !== from) expect(values).toContain(bound)
    }
  })

  test.each(['i8', 'u32', 'i64'] as const)('%s: all orders of magnitude are reached', async (type) => {
    const values = await valuesOf(type, 8_000)
    const lengths = new Set(values.map((value) => (value < 0n ? -value : value).toString(2).length))
    const longest = rangeOf(type).most.toString(2).length
    for (let bits = 1; bits <= longest; bits++) expect(lengths).toContain(bits)
  })

  test('bounds of narrower types are reached too', async () => {
    const values = await valuesOf('i64', 8_000)
    const bounds = [8n, 16n, 32n, 64n].flatMap((bits) => [
      -(1n << (bits - 1n)),
      (1n << (bits - 1n)) - 1n,
      (1n << bits) - 1n,
    ])
    for (const bound of bounds) expect(values).toContain(BigInt.asIntN(64, bound))
  })

  test('an int of a 32-bit program keeps within 32 bits, with its sign', async () => {
    const made = await open(['i64'])
    made.engine.setWord(0x604, (8 << 8) | (4 << 16))
    made.engine.exports.ready()
    const seen = new Set<bigint>()
    for (let i = 0; i < 3_000; i++) {
      const record = after(made, new Uint8Array(8), 8, 0)
      seen.add((decodeRecord(['i64'], record)[0] as { value: bigint }).value)
    }
    expect([...seen].every((value) => BigInt.asIntN(32, value) === value)).toBe(true)
    expect(seen).toContain(-(2n ** 31n))
  })

  test('takes over the value of another argument, and the length of bytes', async () => {
    const types = ['u32', 'u32', 'bytes'] as const
    const made = await open(types)
    const record = encodeRecord([
      { type: 'u32', value: 0n },
      { type: 'u32', value: 0xabcd_1234n },
      { type: 'bytes', bytes: new Uint8Array(77) },
    ])
    const values = Array.from({ length: 2_000 }, () => decodeRecord(types, after(made, record, INPUT_MAX, 0))[0])
    for (const value of [0xabcd_1234n, 0xabcd_1235n, 77n, 76n, 78n])
      expect(values).toContainEqual({ type: 'u32', value })
  })
})

describe('bools and runes', () => {
  test('a bool always turns round', async () => {
    expect(new Set(await valuesOf('bool', 50, 0n))).toEqual(new Set([1n]))
    expect(new Set(await valuesOf('bool', 50, 1n))).toEqual(new Set([0n]))
  })

  test('runes: ASCII, every edge of UTF-8 and of surrogates, marks, all lengths, and some that are none', async () => {
    const values = await valuesOf('rune', 20_000, 0x61n)
    expect(values).not.toContain(0x61n)
    for (let rune = 0n; rune < 128n; rune++) if (rune !== 0x61n) expect(values).toContain(rune)
    const edges = [
      0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x10000, 0x10ffff, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0x110000, -1,
    ]
    for (const edge of edges) expect(values).toContain(BigInt(edge))
    expect(values.some((rune) => rune >= 0x300n && rune < 0x370n)).toBe(true)
    expect(values.some((rune) => rune < 0n)).toBe(true)
    for (const [from, to] of [
      [0x80n, 0x800n],
      [0x800n, 0xd800n],
      [0x10000n, 0x110000n],
    ] as const)
      // prettier-ignore
      expect(new Set(values.filter((rune) => rune >= from && rune < to)).size).toBeGreaterThan(300)
  })
})

describe('floats', () => {
  const bits64 = (value: number): bigint => new BigUint64Array(Float64Array.of(value).buffer)[0]!
  const bits32 = (value: number): bigint => BigInt(new Uint32Array(Float32Array.of(value).buffer)[0]!)
  const COMMON = [-0, 1, -1, Infinity, -Infinity, 2 ** 24, -(2 ** 24), 2 ** 53, 0.5, 10]

  test('f64: every special value is reached, with both signs', async () => {
    const values = new Set(await valuesOf('f64', 6_000))
    const special = [
      ...COMMON,
      Number.MAX_VALUE,
      -Number.MAX_VALUE,
      Number.MIN_VALUE,
      2 ** -1022,
      Number.EPSILON,
      2 ** 24 + 1,
      2 ** 53 - 1,
    ]
    for (const value of special) expect(values, String(value)).toContain(bits64(value))
    for (const pattern of [
      0x7ff8_0000_0000_0000n,
      0x7ff8_0000_0000_0001n,
      0x7ff0_0000_0000_0001n,
      0xfff8_0000_0000_0000n,
    ])
      expect(values).toContain(pattern)
    expect(values).not.toContain(0n)
  })

  test('f32: every special value is reached, with both signs', async () => {
    const values = new Set(await valuesOf('f32', 6_000))
    const special = [...COMMON, 3.4028234663852886e38, 2 ** -149, 2 ** -126, 2 ** -23, 2 ** 24 - 1]
    for (const value of special) expect(values, String(value)).toContain(bits32(value))
    for (const pattern of [0x7fc0_0000n, 0x7fc0_0001n, 0x7f80_0001n, 0xffc0_0000n]) expect(values).toContain(pattern)
    expect(values).not.toContain(0n)
  })

  test('small integers, halves, neighbours, products and other exponents are reached', async () => {
    const from = 1234.5
    const values = new Set(await valuesOf('f64', 20_000, bits64(from)))
    for (const value of [from + 1, from - 1, from * 2, from / 2, from * 16, -from])
      expect(values).toContain(bits64(value))
    for (const step of [-2n, -1n, 1n, 2n]) expect(values).toContain(bits64(from) + step)
    for (let integer = 1; integer <= 16; integer++) expect(values).toContain(bits64(integer))
  })

  test('what arithmetic makes of a NaN is the same on every machine', async () => {
    const values = await valuesOf('f64', 4_000, 0x7ff8_0000_0000_0005n)
    expect(values).toContain(0x7ff8_0000_0000_0000n)
    expect(values).not.toContain(0x7ff8_0000_0000_0005n)
  })
})

describe('bytes and strings', () => {
  const text = (value: string): Uint8Array => new TextEncoder().encode(value)
  const contents = (types: readonly ArgumentType[], record: Uint8Array): Uint8Array[] =>
    decodeRecord(types, record).flatMap((argument) => ('bytes' in argument ? [argument.bytes] : []))

  test('only the argument that is changed changes, and it takes blocks of the other one, or all of it', async () => {
    const types = ['bytes', 'i32', 'bytes'] as const
    const made = await open(types)
    const [first, second] = [text('first: aaaaaaaa'), text('second: 0123456789')]
    const record = encodeRecord([
      { type: 'bytes', bytes: first },
      { type: 'i32', value: -7n },
      { type: 'bytes', bytes: second },
    ])
    let copied = 0
    let swapped = 0
    for (let i = 0; i < 4_000; i++) {
      const mutant = after(made, record, INPUT_MAX, 0)
      const [one, two] = contents(types, mutant) as [Uint8Array, Uint8Array]
      expect(decodeRecord(types, mutant)[1]).toEqual({ type: 'i32', value: -7n })
      if (String(one) === String(second) && String(two) === String(first)) swapped++
      else expect(two).toEqual(second)
      if (String(one) === String(second) && String(two) === String(second)) copied++
    }
    expect(swapped).toBeGreaterThan(100)
    expect(copied).toBeGreaterThan(20)
  })

  test('strings get characters of every length, mostly whole ones; bytes of all kinds occur in both', async () => {
    const made = await open(['string'])
    const record = encodeRecord([{ type: 'string', bytes: text('grüße, 世界 🙂') }])
    const decoder = new TextDecoder('utf-8', { fatal: true })
    let valid = 0
    const found = new Set<string>()
    for (let i = 0; i < 6_000; i++) {
      const [content] = contents(['string'], after(made, record, INPUT_MAX, 0))
      try {
        for (const character of decoder.decode(content)) found.add(character)
        valid++
      } catch {
        // Invalid text occurs as well, and shall.
      }
    }
    expect(valid).toBeGreaterThan(1_500)
    expect(valid).toBeLessThan(5_500)
    for (const bytes of [1, 2, 3, 4]) {
      const some = [...found].filter((character) => text(character).length === bytes)
      expect(some.length, `${bytes} bytes`).toBeGreaterThan(20)
    }
  })

  test('takes blocks of the same argument of other inputs', async () => {
    const types = ['u8', 'bytes'] as const
    // Each first byte is an edge of its own, so that all inputs are kept.
    const body = `(i32.store $engine (i32.add (i32.const ${0x0100_0000}) (i32.shl (i32.load8_u $target (i32.const 256)) (i32.const 2))) (i32.const 1)) (i32.store8 $engine (i32.const ${0x0010_0000}) (i32.const 1)) (i32.const 0)`
    const made = await insides(target([0], 256, body), { types, inputMax: INPUT_MAX })
    for (const [value, content] of [[1n, 'donated words'], [2n, '']] as const) // prettier-ignore
      expect(made.offer(encodeRecord([{ type: 'u8', value }, { type: 'bytes', bytes: text(content) }]))).toBe(1) // prettier-ignore
    const record = encodeRecord([{ type: 'u8', value: 2n }, { type: 'bytes', bytes: text('x') }]) // prettier-ignore
    const seen = Array.from({ length: 3_000 }, () => {
      const [content] = contents(types, after(made, record, INPUT_MAX, 1))
      return new TextDecoder('latin1').decode(content)
    })
    expect(seen).toContain('donated words')
    expect(seen.filter((content) => content !== 'donated words' && content.includes('donate')).length).toBeGreaterThan(
      3,
    )
  })

  test('tokens of the dictionary go into bytes and strings', async () => {
    for (const type of ['bytes', 'string'] as const) {
      const made = await open(['i64', type])
      made.engine.writeDictionary([text('<token>')])
      made.inner.prepareOperators(-1)
      const record = canonicalRecord(['i64', type], new Uint8Array(0))
      const seen = Array.from({ length: 2_000 }, () => {
        // Nothing can be put into an empty input but a byte, so there is one already.
        const longer = encodeRecord([...decodeRecord(['i64'], record), { type, bytes: text('x') }])
        return new TextDecoder('latin1').decode(after(made, longer, INPUT_MAX, 1))
      })
      expect(seen.filter((content) => content.includes('<token>')).length).toBeGreaterThan(20)
    }
  })

  test('an argument that is empty where nothing may grow is left alone, and another one changes', async () => {
    const types = ['bytes', 'bool'] as const
    const made = await open(types)
    const record = canonicalRecord(types, new Uint8Array(0))
    for (let i = 0; i < 50; i++)
      expect(after(made, record, record.length, 'record')).toEqual(Uint8Array.of(0, 0, 0, 0, 1))
  })
})
