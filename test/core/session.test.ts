// Whole campaigns in this thread: a real engine and real targets, only the thread boundary is left out.
import { beforeAll, describe, expect, test } from 'vitest'
import { MemoryCorpus, MemoryFindings } from '../../src/core/campaign/corpus.ts'
import { EventQueue } from '../../src/core/campaign/event-queue.ts'
import type { EndEvent, SessionEvent, StatusEvent } from '../../src/core/campaign/events.ts'
import { fuzzIn, prepareRequestOf, type FuzzOptions } from '../../src/core/fuzz.ts'
import type { WorkerLink } from '../../src/core/worker/protocol.ts'
import type { Runtime } from '../../src/core/runtime.ts'
import type { TargetSource } from '../../src/core/target/load.ts'
import { prepareTarget } from '../../src/core/target/prepare.ts'
import { WorkerService } from '../../src/core/worker/worker-service.ts'
import { readArtifact } from '../support/artifacts.ts'
import { input, refusal, targetFile, wat } from '../support/targets.ts'

let engine: Uint8Array
beforeAll(async () => {
  engine = await readArtifact('build/engine.wasm')
})

/** A worker that works in the host's own thread. */
function linkHere(): WorkerLink {
  return { api: new WorkerService(), died: new Promise(() => {}), terminate: async () => {} }
}

const here: Runtime = {
  engine: async () => engine,
  prepare: async (module, { harness: _, mutator: __, ...request }) =>
    await prepareTarget(module as TargetSource, request),
  startWorker: linkHere,
  parallelism: () => 1,
  corpus: () => new MemoryCorpus(),
  findings: () => new MemoryFindings(),
}

async function campaign(options: FuzzOptions): Promise<{ events: SessionEvent[]; end: EndEvent }> {
  const session = fuzzIn(here, options)
  const events: SessionEvent[] = []
  for await (const event of session) events.push(event)
  return { events, end: await session.done }
}

/** Four nested comparisons before the bug; a mutator that only guessed whole words would need 2^32 tries. */
const CANARY = wat(
  `(module (memory (export "memory") 1)
    (func $boom (unreachable))
    (func (export "LLVMFuzzerTestOneInput") (param $p i32) (param $n i32) (result i32)
      (if (i32.ge_u (local.get $n) (i32.const 4)) (then
        (if (i32.eq (i32.load8_u (local.get $p)) (i32.const 70)) (then
          (if (i32.eq (i32.load8_u offset=1 (local.get $p)) (i32.const 85)) (then
            (if (i32.eq (i32.load8_u offset=2 (local.get $p)) (i32.const 90)) (then
              (if (i32.eq (i32.load8_u offset=3 (local.get $p)) (i32.const 90)) (then (call $boom)))))))))))
      (i32.const 0)))`,
  'canary.wat',
)

describe('a campaign', () => {
  test('finds the canary, shrinks it to its four bytes and goes on', async () => {
    const { end } = await campaign({ module: CANARY, seed: 1, limits: { runs: 400_000 } })
    expect(end).toMatchObject({ reason: 'runs', executions: 400_000 })
    expect(end.findings).toMatchObject([
      { kind: 'unreachable', key: 'unreachable|boom < LLVMFuzzerTestOneInput', sizeBytes: 4, confirmed: true },
    ])
    expect(atob(end.findings[0]!.inputBase64)).toBe('FUZZ')
    expect(end.findings[0]).toMatchObject({ reproduced: 3, reproduceRuns: 3 })
  })

  test('finds nothing where there is nothing', async () => {
    const quiet = wat(`(module (memory (export "memory") 1)
      (func (export "LLVMFuzzerTestOneInput") (param i32 i32) (result i32)
        (if (result i32) (i32.gt_u (local.get 1) (i32.const 3)) (then (i32.load8_u (local.get 0))) (else (i32.const 0)))))`)
    const { end } = await campaign({ module: quiet, seed: 2, limits: { runs: 100_000 } })
    expect(end).toMatchObject({ findings: [], edges: end.edgesTotal })
  })

  test('runs the same way again with the same seed, and another way with another', async () => {
    const told = async (seed: number): Promise<unknown> => {
      const { events, end } = await campaign({ module: CANARY, seed, compares: false, limits: { runs: 150_000 } })
      const inputs = events.flatMap((event) => (event.type === 'input' ? [event.id] : []))
      return { inputs, edges: end.edges, found: end.findings.map((finding) => finding.inputBase64) }
    }
    const first = await told(7)
    expect(await told(7)).toEqual(first)
    expect(await told(8)).not.toEqual(first)
  })

  test('keeps what it finds in the corpus it was given, and starts from there', async () => {
    const corpus = new MemoryCorpus([input('FU__')])
    const { end } = await campaign({ module: CANARY, seed: 1, corpus, limits: { runs: 100_000 } })
    // Shorter inputs took the place of longer ones, so there is one for each that was kept.
    expect(corpus.inputs.size).toBe(end.inputsNew)
    expect([...corpus.inputs.values()].some((bytes) => new TextDecoder().decode(bytes).startsWith('FUZ'))).toBe(true)
  })

  test('uses the tokens of a dictionary', async () => {
    const word = wat(`(module (memory (export "memory") 1)
      (func (export "LLVMFuzzerTestOneInput") (param i32 i32) (result i32)
        (if (i32.ge_u (local.get 1) (i32.const 8)) (then
          (if (i64.eq (i64.load (local.get 0)) (i64.const 0x7964616572206f67)) (then unreachable))))
        (i32.const 0)))`)
    const options = { module: word, seed: 3, compares: false, limits: { runs: 200_000 } }
    expect((await campaign(options)).end.findings).toEqual([])
    expect((await campaign({ ...options, dictionary: ['go ready'] })).end.findings).toMatchObject([{ sizeBytes: 8 }])
  })

  test('ends cleanly when it is stopped, and its session can be left early', async () => {
    await using session = fuzzIn(here, { module: CANARY, seed: 1 })
    for await (const event of session) if (event.type === 'input') break
    session.stop()
    expect(await session.done).toMatchObject({ reason: 'stopped' })
  })

  test('listens to a signal', async () => {
    const abort = new AbortController()
    const session = fuzzIn(here, { module: CANARY, seed: 1, signal: abort.signal })
    for await (const event of session) if (event.type === 'status') abort.abort()
    expect(await session.done).toMatchObject({ reason: 'stopped' })
  })
})

describe('a hostile target', () => {
  test.each([
    ['loops-for-ever', 'timeout'],
    ['grows-memory', 'memory-limit'],
    ['recurses', 'stack-overflow'],
    ['writes-everywhere', 'out-of-bounds'],
    ['exits', 'exit'],
    ['floods-output', 'unreachable'],
  ])('that %s is one finding, of the kind %s, and nothing else', async (name, kind) => {
    const module = await targetFile(`hostile/${name}.wat`)
    const { end } = await campaign({ module, seed: 1, limits: { runs: 10_000, timeout: 5, memory: '1MiB' } })
    expect(end.findings).toMatchObject([{ kind, sizeBytes: 1 }])
    expect(end).toMatchObject({ reason: 'runs', executions: 10_000 })
  })

  test.each(['traps-in-start', 'loops-in-start'])('that %s is refused: E_INIT_TRAP', async (name) => {
    const module = await targetFile(`hostile/${name}.wat`)
    expect(await refusal(campaign({ module, limits: { runs: 10, timeout: 5 } }))).toMatchObject({ code: 'E_INIT_TRAP' })
  })
})

describe('an allocator that lies', () => {
  test.each(['0xfffffff0', '65530'])(
    'is refused, not taken for a bug of the program: malloc returns %s',
    async (pointer) => {
      const module = wat(`(module (memory (export "memory") 1)
      (func (export "malloc") (param i32) (result i32) (i32.const ${pointer}))
      (func (export "LLVMFuzzerTestOneInput") (param i32 i32)))`)
      const refused = await refusal(campaign({ module, limits: { runs: 100 } }))
      expect(refused).toMatchObject({ code: 'E_INPUT_PLACE', message: expect.stringMatching(/beyond its memory/) })
    },
  )
})

describe('options that make no sense', () => {
  test.each([
    [{ limits: { time: 'soon' } }, /"time" is no duration/],
    [{ limits: { timeout: 0 } }, /"timeout" must be longer than nothing/],
    [{ limits: { timeout: '1m' } }, /"timeout" must be at most 10 s/],
    [{ limits: { untilStable: 0 } }, /"untilStable" must be longer than nothing/],
    [{ limits: { untilStable: 'soon' } }, /"untilStable" is no duration/],
    [{ limits: { time: '25d' } }, /"time" must be at most 24 days; leave it out/],
    [{ limits: { memory: '4GiB' } }, /"memory" must be at most 3 GiB/],
    [{ limits: { memory: 'much' } }, /"memory" is no size/],
    [{ limits: { maxLen: 0 } }, /"maxLen" must be a whole number/],
    [{ limits: { runs: -1 } }, /"runs" must be a whole number/],
    [{ seed: 1.5 }, /"seed" must be a whole number/],
    [{ dictionary: ['x'.repeat(128)] }, /"dictionary" must have tokens of 1 to 127 bytes/],
    [{ dictionary: new Array(4_097).fill('x') }, /"dictionary" has 4097 tokens/],
  ])('%#: E_OPTION, from the iteration and from done', async (options, message) => {
    const session = fuzzIn(here, { module: CANARY, ...options })
    const iterate = async (): Promise<void> => {
      for await (const event of session) expect(event).toBeNull()
    }
    expect(await refusal(iterate())).toMatchObject({ code: 'E_OPTION', message: expect.stringMatching(message) })
    expect(await refusal(session.done)).toMatchObject({ code: 'E_OPTION' })
  })

  test('limits reach the sandbox in its own units', () => {
    expect(prepareRequestOf({ limits: { timeout: '2s', memory: '1MiB', maxLen: 9 } })).toMatchObject({
      inputMax: 9,
      limits: { fuel: 800_000_000, memoryPagesMax: 16 },
    })
  })
})

describe('events that wait to be read', () => {
  const status = (executions: number): StatusEvent => ({ type: 'status', executions }) as StatusEvent

  const readAll = async (queue: EventQueue): Promise<SessionEvent[]> => {
    const read: SessionEvent[] = []
    for await (const event of queue) read.push(event)
    return read
  }

  test('are dropped, the old status events first, never a warning', async () => {
    const queue = new EventQueue(3)
    queue.push({ type: 'warning', version: 1, code: 'W_X', message: 'kept' })
    for (let executions = 1; executions <= 5; executions++) queue.push(status(executions))
    queue.close()
    expect(await readAll(queue)).toMatchObject([{ code: 'W_X' }, { executions: 4 }, { executions: 5 }])
  })

  test('go to one reader each, and their end to all that wait', async () => {
    const queue = new EventQueue()
    const readers = [readAll(queue), readAll(queue)]
    const events = [1, 2, 3].map(status)
    for (const event of events) queue.push(event)
    queue.close()
    const read = (await Promise.all(readers)).flat()
    expect(read).toHaveLength(events.length)
    expect(new Set(read)).toEqual(new Set(events))
  })

  test('that a failure cuts off: every reader that waits hears of it', async () => {
    const queue = new EventQueue()
    const readers = [readAll(queue), readAll(queue)]
    const failure = new Error('the campaign failed')
    queue.close(failure)
    const ends = await Promise.allSettled(readers)
    expect(ends).toEqual([1, 2].map(() => ({ status: 'rejected', reason: failure })))
  })
})
