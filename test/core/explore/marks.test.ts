// What each kind of mark counts, and when it is a discovery. Programs are lists of calls; their text lies in memory.
import { expect, test } from 'vitest'
import type { ExploreOptions, ExploreSandbox } from '../../../src/core/explore/explore-sandbox.ts'
import type { JobResult, MarkState, RunJob } from '../../../src/core/explore/timelines.ts'
import { wat } from '../../support/targets.ts'
import { job, openSimulation, prepareSimulation, startOf } from './runners.ts'

/** Texts of the programs by name: address and bytes, as two operands. */
const TEXTS = { a: [16, 1], b: [24, 1], details: [32, 9], first: [48, 10], second: [64, 7], wide: [80, 0x8000_0001] }
const text = (name: keyof typeof TEXTS): string => `(i32.const ${TEXTS[name][0]}) (i32.const ${TEXTS[name][1]})`
const long = (value: bigint | number): string => `(i64.const ${value})`
const NO_DETAILS = '(i32.const 0) (i32.const 0)'

const sometimes = (condition: number, name: keyof typeof TEXTS = 'a'): string =>
  `(call $sometimes (i32.const ${condition}) ${text(name)})`
const compared = (kind: string, left: bigint | number, right: bigint | number): string =>
  `(call $${kind} ${long(left)} ${long(right)} ${text('a')} ${kind.startsWith('always') ? NO_DETAILS : ''})`
const all = (bits: number, howMany: number): string =>
  `(call $sometimes_all (i32.const ${bits}) (i32.const ${howMany}) ${text('a')})`
const always = (condition: number, name: keyof typeof TEXTS = 'a', details = NO_DETAILS): string =>
  `(call $always (i32.const ${condition}) ${text(name)} ${details})`
const each = (keys: readonly (bigint | number)[], quality: readonly (bigint | number)[] = []): string =>
  [
    ...keys.map((key, i) => `(i64.store (i32.const ${256 + 8 * i}) ${long(key)})`),
    ...quality.map((value, i) => `(i64.store (i32.const ${512 + 8 * i}) ${long(value)})`),
    `(call $each (i32.const 256) (i32.const ${keys.length}) (i32.const 512) (i32.const ${quality.length}) ${text('a')})`,
  ].join('\n')

const FOUR = ['gt', 'ge', 'lt', 'le']

async function open(calls: readonly string[], options: ExploreOptions = {}): Promise<ExploreSandbox> {
  const imported = (name: string, params: string): string =>
    `(import "fuzzbox" "${name}" (func $${name} (param ${params})))`
  const program = `(module ${imported('sometimes', 'i32 i32 i32')} ${imported('reachable', 'i32 i32')}
    ${imported('always', 'i32 i32 i32 i32 i32')} ${imported('always_or_unreachable', 'i32 i32 i32 i32 i32')}
    ${imported('unreachable', 'i32 i32 i32 i32')} ${imported('sometimes_all', 'i32 i32 i32 i32')}
    ${imported('each', 'i32 i32 i32 i32 i32 i32')}
    ${FOUR.map((name) => imported(`sometimes_${name}`, 'i64 i64 i32 i32')).join(' ')}
    ${FOUR.map((name) => imported(`always_${name}`, 'i64 i64 i32 i32 i32 i32')).join(' ')}
    (memory (export "memory") 1) (data (i32.const 16) "a") (data (i32.const 24) "b") (data (i32.const 32) "n=1 bad=\\ff")
    (data (i32.const 48) "costarring") (data (i32.const 64) "liquefy") (data (i32.const 80) "a\\00")
    (func (export "simulate") ${calls.join('\n')}))`
  return await openSimulation(await prepareSimulation(wat(program)), options)
}

const timeline = (changes: Partial<RunJob> = {}): RunJob => job(startOf(1n), [null], changes)

async function run(...calls: readonly string[]): Promise<JobResult> {
  return (await open(calls)).run(timeline())
}

const values = ({ timelines }: JobResult): number[] => timelines[0]!.discoveries.map(({ value }) => Number(value))
const calls = ({ timelines }: JobResult): number[] => timelines[0]!.discoveries.map(({ moment }) => moment.markCalls)

test('what should come to pass is a discovery when it does for the first time', async () => {
  const result = await run(sometimes(0), sometimes(1), sometimes(1), `(call $reachable ${text('b')})`)
  expect(calls(result)).toEqual([2, 4])
  expect(result.marks).toMatchObject([
    { name: { kind: 'sometimes', message: 'a' }, discovered: true, passes: 2, fails: 1 },
    { name: { kind: 'reachable', message: 'b' }, discovered: true, passes: 1, fails: 0 },
  ])
})

test('a discovery is one over all timelines', async () => {
  const sandbox = await open([sometimes(1), each([1])])
  expect(calls(sandbox.run(timeline()))).toEqual([1, 2])
  expect(calls(sandbox.run(timeline()))).toEqual([])
})

test.each([
  ['sometimes_gt', [5, 4, 5, 6, -1], [5, 6]],
  ['sometimes_ge', [-3, -3, 9], [-3, 9]],
  ['sometimes_lt', [5, 6, 5, 4], [5, 4]],
  ['sometimes_le', [0, 1, -1], [0, -1]],
] as const)(
  '%s is a discovery whenever its left value beats all before, holding or not',
  async (kind, lefts, found) => {
    const result = await run(...lefts.map((left) => compared(kind, left, 5)))
    expect(values(result)).toEqual(found)
    expect(result.marks[0]!.watermark).toBe(BigInt(found.at(-1)!))
  },
)

test.each([
  ['always_gt', [9, 2, 7], 2n, 1],
  ['always_ge', [9, 5, 7], 5n, 0],
  ['always_lt', [1, 6, 3], 6n, 1],
  ['always_le', [1, 5, 3], 5n, 0],
] as const)('%s remembers its worst value and is never a discovery', async (kind, lefts, worst, fails) => {
  const result = await run(...lefts.map((left) => compared(kind, left, 5)))
  expect(values(result)).toEqual([])
  expect(result.marks).toMatchObject([{ watermark: worst, fails, passes: 3 - fails }])
  expect(result.timelines[0]!.violations).toHaveLength(fails)
})

test('values at both ends of 64 bits are compared as they are', async () => {
  const [least, most] = [-(2n ** 63n), 2n ** 63n - 1n]
  const result = await run(compared('sometimes_gt', least, 0), compared('sometimes_gt', most, 0))
  expect(result.timelines[0]!.discoveries.map(({ value }) => value)).toEqual([least, most])
})

test('conditions that should hold together are a discovery whenever more of them do', async () => {
  const result = await run(all(0, 3), all(0b010, 3), all(0b100, 3), all(0b1000, 3), all(0b111, 3), all(0b011, 3))
  expect(values(result)).toEqual([1, 3])
  expect(result.marks).toMatchObject([{ frontier: 3, passes: 1, fails: 5 }])
})

test('each bucket is a discovery once, whatever its keys are', async () => {
  const keys = [[0], [0x8000], [0xffff_ffffn], [-1n], [-(2n ** 63n)], [0, 0], [], [0x8000]]
  const result = await run(...keys.map((each_) => each(each_)))
  expect(calls(result)).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(result.marks.map(({ name }) => name.keys)).toEqual(keys.slice(0, 7).map((list) => list.map(BigInt)))
})

test('a bucket is a discovery again with a better quality, of which the first value counts most', async () => {
  const result = await run(
    each([1], [2, 9]),
    each([1], [2, 9]),
    each([1], [1, 100]),
    each([1], [2, 10]),
    each([1], [100_000, -5]),
    each([1], [99_999, 7]),
    each([1], [100_000, -4]),
  )
  expect(calls(result)).toEqual([1, 4, 5, 7])
  expect(result.marks).toMatchObject([{ quality: [100_000n, -4n], passes: 7 }])
})

test('a first quality as large as 64 bits hold is better, not worse', async () => {
  expect(calls(await run(each([1], [1]), each([1], [0x8000]), each([1], [2n ** 62n])))).toEqual([1, 2, 3])
})

test('the first visit of a new root seed is a discovery and keeps the better quality', async () => {
  const sandbox = await open([each([1], [5])])
  const known = sandbox.run(timeline()).marks[0]!
  const warm = sandbox.run(timeline({ marks: [{ ...known, discovered: false, quality: [9n] }] }))
  expect(calls(warm)).toEqual([1])
  expect(warm.marks).toMatchObject([{ quality: [9n], discovered: true }])
})

test('what must hold is never a discovery', async () => {
  const result = await run(always(1), always(0), `(call $unreachable ${text('b')} ${NO_DETAILS})`)
  expect(calls(result)).toEqual([])
})

test('a violation is listed once for each mark, with its details, and the run goes on', async () => {
  const result = await run(
    always(0, 'a', text('details')),
    always(0),
    `(call $always_or_unreachable (i32.const 0) ${text('a')} ${NO_DETAILS})`,
    `(call $unreachable ${text('b')} ${NO_DETAILS})`,
    always(1),
  )
  expect(result.timelines[0]).toMatchObject({
    outcome: { kind: 'ok' },
    violations: [
      { message: 'a', details: 'n=1 bad=?', moment: { markCalls: 1 } },
      { message: 'a', details: '', moment: { markCalls: 3 } },
      { message: 'b', details: '', moment: { markCalls: 4 } },
    ],
  })
  expect(result.marks[0]).toMatchObject({ passes: 1, fails: 2 })
})

test('messages that 32 bits of FNV take for one are two marks', async () => {
  const result = await run(sometimes(1, 'first'), sometimes(1, 'second'))
  expect(result.marks.map(({ name }) => name.message)).toEqual(['costarring', 'liquefy'])
  expect(calls(result)).toEqual([1, 2])
})

test('one message of two kinds is two marks, and in two encodings one', async () => {
  const result = await run(sometimes(1), always(1), sometimes(1, 'wide'))
  expect(result.marks.map(({ name }) => name.kind)).toEqual(['sometimes', 'always'])
  expect(result.marks[0]!.passes).toBe(2)
})

test('a message that changes where it lies is another mark', async () => {
  const result = await run(sometimes(1), '(i32.store8 (i32.const 16) (i32.const 0x7a))', sometimes(1))
  expect(result.marks.map(({ name }) => name.message)).toEqual(['a', 'z'])
})

test('a table that is full loses marks, not violations', async () => {
  const sandbox = await open([each([1]), each([2]), each([3]), always(0, 'b')], { marksMax: 2 })
  const result = sandbox.run(timeline())
  expect(result.marks).toHaveLength(2)
  expect(calls(result)).toEqual([1, 2])
  expect(result.timelines[0]!.violations).toMatchObject([{ message: 'b' }])
  expect(sandbox.marksLost).toBe(2)
})

test('what one engine knows of its marks is the same in another', async () => {
  const program = [sometimes(1), compared('sometimes_lt', -7, 0), all(0b11, 3), each([1, -2], [3, 4]), each([9])]
  const known: readonly MarkState[] = (await open(program)).run(timeline()).marks
  const other = await open(program)
  const result = other.run(timeline({ marks: known }))
  expect(calls(result)).toEqual([])
  const states = (marks: readonly MarkState[]): unknown =>
    marks.map(({ id, name, quality, watermark, frontier }) => ({ id, name, quality, watermark, frontier }))
  expect(states(result.marks)).toEqual(states(known))
})
