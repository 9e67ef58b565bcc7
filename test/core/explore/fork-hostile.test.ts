// Programs that would not be forked: what cannot be held in a snapshot is run again, and the answer is the same.
import { expect, test } from 'vitest'
import type { JobResult, Moment, RunJob } from '../../../src/core/explore/timelines.ts'
import { refusal, wat } from '../../support/targets.ts'
import { job, openSimulation, prepareSimulation, seedsOf, startOf, told } from './runners.ts'

const IMPORTS = `
  (import "fuzzbox" "random64" (func $random64 (result i64)))
  (import "fuzzbox" "below" (func $below (param i32) (result i32)))
  (import "fuzzbox" "reachable" (func $reachable (param i32 i32)))
  (import "fuzzbox" "sometimes_gt" (func $sometimes_gt (param i64 i64 i32 i32)))`

/** A module whose memory holds the messages "aa" at 0, "bb" at 2 and so on, and a counter of runs at 256. */
const program = (simulate: string, rest = ''): ReturnType<typeof wat> =>
  wat(`(module ${IMPORTS} ${rest} (memory (export "memory") 1 4) (data (i32.const 0) "aabbccdd")
    (func (export "simulate") (result i32) (local $x i32) ${simulate}))`)

const mark = (n: number): string => `(call $reachable (i32.const ${2 * n}) (i32.const 2))`
const draw = `(i32.store (i32.const 128) (call $below (i32.const 1000000)))`

interface Answers {
  readonly forks: boolean
  readonly notes: readonly string[]
  readonly root: JobResult
  readonly children: JobResult
}

/** Forks at the last discovery of the first timeline, in a sandbox that forks and in one that replays: both must agree. */
async function agree(source: ReturnType<typeof wat>, changes: Partial<RunJob> = {}): Promise<Answers> {
  const prepared = await prepareSimulation(source, { limits: { fuel: 5_000 } })
  const boxes = [await openSimulation(prepared), await openSimulation(prepared, { forks: false })]
  const both = (given: RunJob): JobResult => {
    const [forked, replayed] = boxes.map((box) => box.run(given))
    expect(told(forked!)).toBe(told(replayed!))
    return forked!
  }
  const root = both(job(startOf(5n), [null], changes))
  const at: Moment = root.timelines[0]!.discoveries.at(-1)!.moment
  const children = both(job(at, [...seedsOf(1, 4), null], changes))
  both(job(startOf(5n), seedsOf(9, 2), changes))
  return { forks: prepared.module.map.forks === true, notes: prepared.module.map.notes, root, children }
}

const results = ({ timelines }: JobResult): unknown[] =>
  timelines.map(({ outcome }) => (outcome.kind === 'ok' ? outcome.result : outcome.trap))

test('ends a timeline at a trap and goes on with the next child', async () => {
  const { children } = await agree(
    program(`${mark(0)} ${draw} (if (i32.and (i32.load (i32.const 128)) (i32.const 1)) (then unreachable))
      (i32.div_u (i32.const 6) (i32.and (i32.load (i32.const 128)) (i32.const 2)))`),
  )
  expect(results(children)).toHaveLength(5)
  expect(new Set(results(children))).toContain('unreachable')
})

test('ends a child that never ends, and gives each child fuel of its own', async () => {
  const spend = `(local.set $x (i32.const 3000)) (loop $l (br_if $l (local.tee $x (i32.sub (local.get $x) (i32.const 1)))))`
  const { root, children } = await agree(
    program(`${spend} ${mark(0)} ${draw} (if (i32.and (i32.load (i32.const 128)) (i32.const 1)) (then (loop $for (br $for)))) 
      ${spend.replace('$l', '$m').replace('$l', '$m')} (i32.const 7)`),
  )
  // Each half fits its fuel, and so does the sum of all halves that came before.
  expect(results(root)).toEqual([expect.toBeOneOf([7, 'timeout'])])
  expect(new Set(results(children))).toEqual(new Set([7, 'timeout']))
})

test('forgets what a child has grown, and lets the next one trap where it ended', async () => {
  const { children } = await agree(
    program(`${mark(0)} ${draw} (if (i32.and (i32.load (i32.const 128)) (i32.const 1)) (then (drop (memory.grow (i32.const 2)))))
      (i32.store (i32.const 0x10000) (i32.const 9)) (memory.size)`),
  )
  expect(new Set(results(children))).toEqual(new Set([3, 'out-of-bounds']))
})

test('replaces an instance whose state no snapshot can hold', async () => {
  const tables =
    '(table $t 4 8 funcref) (elem declare func $one) (func $one (result i32) (i32.const 1)) (data $late "zz")'
  const { children } = await agree(
    program(
      `${mark(0)} (if (call $below (i32.const 2)) (then (data.drop $late) (drop (table.grow $t (ref.func $one) (i32.const 1)))
        (table.set $t (i32.const 0) (ref.func $one)))) ${mark(1)} ${draw} ${mark(2)}
      (i32.add (table.size $t) (i32.mul (i32.const 100) (ref.is_null (table.get $t (i32.const 0)))))`,
      tables,
    ),
  )
  expect(results(children).every((result) => result === 104 || result === 5)).toBe(true)
})

test('is silent about marks of start functions', async () => {
  const source = program(`${mark(1)} ${draw} (i32.load (i32.const 128))`, `(func $start ${mark(0)}) (start $start)`)
  const { root } = await agree(source)
  expect(root.timelines[0]!.discoveries).toHaveLength(1)
  expect(root.timelines[0]!.end.markCalls).toBe(1)
})

test('forks in calls through a table, those of the marks themselves too', async () => {
  const { forks, children } = await agree(
    program(
      `(call_indirect (type $mark) (i32.const 0) (i32.const 2) (i32.const 0)) ${draw}
       (i32.add (i32.load (i32.const 128)) (call_indirect (type $inner) (i32.const 1)))`,
      `(type $mark (func (param i32 i32))) (type $inner (func (result i32)))
       (func $inner (type $inner) ${mark(1)} (call $below (i32.const 1000)))
       (table funcref (elem $reachable $inner))`,
    ),
  )
  expect(forks).toBe(true)
  expect(new Set(results(children)).size).toBe(5)
})

/** Recursion with many locals on each frame, a mark at the bottom, and one on the way up. */
const deep = (frames: number): ReturnType<typeof wat> => {
  const locals = Array.from({ length: 24 }, (_, i) => `$l${i}`)
  return program(
    `(i32.wrap_i64 (call $deep (i32.const ${frames})))`,
    `(func $deep (param $n i32) (result i64) ${locals.map((name) => `(local ${name} i64)`).join(' ')}
      ${locals.map((name) => `(local.set ${name} (call $random64))`).join(' ')}
      (if (local.get $n) (then (local.set $l0 (i64.add (local.get $l1) (call $deep (i32.sub (local.get $n) (i32.const 1))))))
        (else ${mark(0)} (local.set $l3 (call $random64))))
      (if (i32.eq (local.get $n) (i32.const 1)) (then ${mark(1)}))
      (i64.add ${locals.map((name) => `(local.get ${name})`).join(' (i64.add ')} (i64.const 0)${')'.repeat(locals.length)})`,
  )
}

/** The deep program as told by a sandbox that forks and by one that replays, and how many snapshots the first one took. */
async function deepIn(frames: number): Promise<{ forked: JobResult[]; replayed: JobResult[]; snapshots: number }> {
  const prepared = await prepareSimulation(deep(frames), { limits: { fuel: 4_000_000, depthMax: 1_000_000 } })
  const boxes = [await openSimulation(prepared), await openSimulation(prepared, { forks: false })] as const
  const [forked, replayed] = boxes.map((box) => {
    const root = box.run(job(startOf(5n), [null]))
    const moments = root.timelines[0]!.discoveries.map(({ moment }) => moment)
    return [root, ...moments.map((moment) => box.run(job(moment, seedsOf(1, 2))))]
  })
  return { forked: forked!, replayed: replayed!, snapshots: boxes[0].snapshots.count }
}

for (const [frames, takesSnapshots] of [
  [50, true],
  [2000, false],
] as const)
  test(`agrees below ${frames} frames, ${takesSnapshots ? 'from' : 'without'} snapshots`, async () => {
    const { forked, replayed, snapshots } = await deepIn(frames)
    expect(forked.map(told)).toEqual(replayed.map(told))
    expect(snapshots > 0).toBe(takesSnapshots)
  })

test('ends below more frames than a stack holds as replay does, wherever the engine ends it', async () => {
  // The engine's frames shrink as its optimizer comes to them: the same call may overflow at another depth.
  const { forked, replayed, snapshots } = await deepIn(30_000)
  expect([forked, replayed].map(([root]) => results(root!))).toEqual([['stack-overflow'], ['stack-overflow']])
  expect(snapshots).toBe(0)
})

const BY_REPLAY: readonly (readonly [string, string, RegExp])[] = [
  [
    'marks in a catch block',
    `(try (do (throw $tag)) (catch $tag ${mark(0)})) ${draw} (i32.load (i32.const 128))`,
    /catch block/,
  ],
  [
    'marks under try_table',
    `(block $out (try_table (catch_all $out) ${mark(0)} (throw $tag))) ${draw} (i32.load (i32.const 128))`,
    /try_table/,
  ],
  ['tail calls', `${mark(0)} ${draw} (return_call $below (i32.const 1000))`, /tail call/],
  ['references held over a mark', `(local $r funcref) ${mark(0)} ${draw} (ref.is_null (local.get $r))`, /references/],
]

for (const [what, body, why] of BY_REPLAY)
  test(`replays a module with ${what}, and says why`, async () => {
    const { forks, notes, children } = await agree(program(body, '(tag $tag)'))
    expect(forks).toBe(false)
    expect(notes.join()).toMatch(why)
    expect(results(children)).toHaveLength(5)
  })

test('replays a module that was built with Asyncify already', async () => {
  const taken = '(func (export "asyncify_start_unwind") (param i32))'
  const { forks, notes } = await agree(program(`${mark(0)} ${draw} (i32.load (i32.const 128))`, taken))
  expect([forks, notes.join()]).toEqual([false, expect.stringContaining('Asyncify already')])
})

test('stops at discoveries where it cannot fork, and goes on from there', async () => {
  const source = program(`${mark(0)} ${draw} ${mark(1)} ${draw} (return_call $below (i32.const 1000))`)
  const prepared = await prepareSimulation(source)
  const box = await openSimulation(prepared)
  const [first] = box.run(job(startOf(1n), [null], { stopAtDiscovery: true })).timelines
  const [second] = box.run(job(first!.end, [null], { stopAtDiscovery: true })).timelines
  const [last] = box.run(job(second!.end, [null], { stopAtDiscovery: true })).timelines
  expect([first, second, last].map((timeline) => timeline!.stopped)).toEqual([true, true, false])
  const fresh = await openSimulation(prepared)
  const [whole] = fresh.run(job(startOf(1n), [null])).timelines
  expect(whole!.end).toEqual(last!.end)
  expect(whole!.memoryHash).toBe(last!.memoryHash)
})

test('refuses a moment that the program does not come by', async () => {
  const box = await openSimulation(await prepareSimulation(program(`${mark(0)} ${draw} (i32.const 0)`)))
  const never = { rootSeed: 1n, reseeds: [], draws: 3, markCalls: 2 }
  const { code } = await refusal((async () => box.run(job(never, [null])))())
  expect(code).toBe('E_EXPLORE_DIVERGED')
  const [again] = box.run(job(startOf(1n), [null])).timelines
  expect(again).toMatchObject({ outcome: { kind: 'ok' }, end: { draws: 1, markCalls: 1 } })
})

test('refuses more snapshots than there is memory for, and more reseeds than can be followed', async () => {
  const prepared = await prepareSimulation(program(`${mark(0)} (i32.const 0)`))
  const { code } = await refusal(openSimulation(prepared, { snapshotBytes: 0xffff_0000, shared: false }))
  expect(code).toBe('E_EXPLORE_MEMORY')
  const box = await openSimulation(prepared)
  const reseeds = Array.from({ length: 70_000 }, () => ({ draws: 1, seed: 1n }))
  const far = { rootSeed: 1n, reseeds, draws: 0, markCalls: 2 }
  expect((await refusal((async () => box.run(job(far, [null])))())).code).toBe('E_EXPLORE_RESEEDS')
})

test('comes to a moment behind a reseed although the way without it has a snapshot at the same call', async () => {
  const source = program(`${mark(0)} ${mark(1)} ${draw} ${mark(2)} (i32.load (i32.const 128))`)
  const prepared = await prepareSimulation(source)
  const [holds, replays] = [await openSimulation(prepared), await openSimulation(prepared, { forks: false })]
  holds.run(job(startOf(5n), [null]))
  // Another worker took the first mark's child to the second one, with no draw between.
  const reseeds = [{ draws: 0, seed: 77n, markCalls: 1 }]
  const from: Moment = { rootSeed: 5n, reseeds, draws: 0, markCalls: 2 }
  const [held, replayed] = [holds, replays].map((box) => box.run(job(from, [null, ...seedsOf(1, 2)])))
  expect(results(held!)).toEqual(results(replayed!))
  expect(held!.timelines[0]!.end.reseeds).toEqual(reseeds)
})
