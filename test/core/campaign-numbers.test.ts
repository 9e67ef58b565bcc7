// What a campaign says of itself: its phases, its workers, how it ends, and what it thinks is left.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Coordinator, type CampaignOptions } from '../../src/core/campaign/coordinator.ts'
import { MemoryCorpus, MemoryFindings } from '../../src/core/campaign/corpus.ts'
import type { EndEvent, SessionEvent, StatusEvent } from '../../src/core/campaign/events.ts'
import { STATUS_EVERY_MS } from '../../src/core/limits.ts'
import { openTarget, wat } from '../support/targets.ts'
import type { AddReply, SliceReply } from '../../src/core/worker/protocol.ts'
import { discovery, forever, NO_TARGET, scriptedLink, trapReport, type Script } from './scripted-worker.ts'

interface Told {
  readonly end: EndEvent
  readonly events: readonly SessionEvent[]
  readonly statuses: readonly StatusEvent[]
}

const LIMITS = {
  timeMs: null,
  runs: 1_000,
  minimizeMs: 1_000,
  minimizeRuns: 1_000,
  patienceMs: 1_000,
  openPatienceMs: 1_000,
} as const

/** Runs a campaign whose n-th worker follows the n-th script; the last script serves all further workers. */
async function campaign(scripts: readonly Script[], changes: Partial<CampaignOptions> = {}): Promise<Told> {
  const events: SessionEvent[] = []
  let started = 0
  const end = await new Coordinator({
    target: NO_TARGET,
    engine: new Uint8Array(),
    startWorker: () => scriptedLink(scripts[Math.min(started++, scripts.length - 1)]!),
    workers: 1,
    corpus: new MemoryCorpus(),
    findings: new MemoryFindings(),
    seed: 1,
    dictionary: [],
    limits: LIMITS,
    stopOnFinding: false,
    deterministic: false,
    regressions: [],
    rescue: null,
    signal: null,
    emit: (event) => events.push(event),
    ...changes,
  }).run()
  return { end, events, statuses: events.filter((event) => event.type === 'status') }
}

describe('the phases of a campaign', () => {
  afterEach(() => void vi.useRealTimers())

  /** Lets the beat of status events come now: a scripted worker answers before any clock moves. */
  const beat = (): void => void vi.advanceTimersByTime(STATUS_EVERY_MS)

  test('are told with how far the seeds are, and the last one is the end', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const seeds = Array.from({ length: 600 }, (_, i) => Uint8Array.of(i & 255, i >> 8))
    const trapped = [
      { at: 0, key: 'unreachable|a' },
      { at: 1, key: 'unreachable|a' },
    ]
    const add = (inputs: readonly Uint8Array[]): Partial<AddReply> => (
      beat(),
      { trapped: trapped.slice(0, inputs.length === 256 ? 2 : 1) }
    )
    const { statuses, end } = await campaign([{ add }], {
      corpus: new MemoryCorpus(seeds),
      limits: { ...LIMITS, runs: 10_000 },
    })
    expect(statuses.map(({ phase }) => phase)).toEqual(['warmup', 'warmup', 'warmup', 'fuzz', 'stop'])
    expect(statuses.map(({ warmup }) => warmup?.total ?? null)).toEqual([600, 600, 600, null, null])
    // How far it is at a beat depends on when a reply is accounted for: the worker has its next inputs before.
    const done = statuses.flatMap(({ warmup }) => (warmup ? [warmup.done] : []))
    expect(done[0]).toBe(0)
    expect(done).toContain(256)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    expect(end.seedsFailed).toBe(5)
    expect(statuses.at(-1)).toMatchObject({ seedsFailed: 5, workers: 1 })
  })

  test('call it shrinking only when the campaign does nothing else', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const script: Script = { slice: () => ({ traps: [trapReport('unreachable|a', 1)] }), shrink: () => (beat(), {}) }
    const phasesOf = async (stopOnFinding: boolean): Promise<string[]> =>
      (await campaign([script], { stopOnFinding })).statuses.map(({ phase }) => phase)
    expect(await phasesOf(true)).toEqual(['fuzz', 'shrink', 'stop'])
    expect(await phasesOf(false)).toEqual(['fuzz', 'fuzz', 'stop'])
  })
})

describe('the numbers of a campaign', () => {
  test('count workers, and those that were replaced', async () => {
    const dies: Script = { slice: (_, die) => (die({ reason: 'error', message: 'it fell over' }), forever()) }
    const { end, statuses } = await campaign([dies, {}], { workers: 2 })
    expect(end).toMatchObject({ workers: 2, restarts: 1 })
    expect(statuses.at(-1)).toMatchObject({ workers: 2, restarts: 1 })
  })

  test('say who found an input, how many are new and when the last one came', async () => {
    const discoveries = [discovery(Uint8Array.of(9), 3, 2)]
    const { events, statuses, end } = await campaign([{}, { slice: () => ({ discoveries }) }], { workers: 2 })
    const found = events.find((event) => event.type === 'input')
    expect(found).toMatchObject({ worker: 1, newEdges: 2 })
    expect(statuses[0]).toMatchObject({ inputsNew: 0, lastNewMs: 0 })
    expect(statuses.at(-1)).toMatchObject({ inputsNew: 1, lastNewMs: found?.elapsedMs })
    expect(end.inputsNew).toBe(1)
  })

  test('tell edges that do not repeat', async () => {
    const { end, statuses } = await campaign([{ slice: () => ({ unstable: Uint32Array.of(1, 4) }) }])
    expect(end.unstableEdges).toBe(2)
    expect(statuses.at(-1)).toMatchObject({ unstableEdges: 2 })
  })
})

describe('a campaign until stable', () => {
  const untilStable = (stableMs: number): CampaignOptions['limits'] => ({ ...LIMITS, runs: null, stableMs })

  test('ends when nothing new is found for so long', async () => {
    const { end } = await campaign([{}], { limits: untilStable(1) })
    expect(end).toMatchObject({ reason: 'stable', findings: [] })
  })

  test('goes on while something is', async () => {
    let count = 0
    const slice = (): Partial<SliceReply> => ({ discoveries: [discovery(Uint8Array.of(count), count++)] })
    const { end } = await campaign([{ slice }], { limits: { ...untilStable(60_000), runs: 5_000 } })
    expect(end.reason).toBe('runs')
  })
})

describe('the residual risk at the end', () => {
  const counts = Uint32Array.from([600, 300, 1, 1, 0, 0, 0, 0, 0, 0])

  test('is estimated from the hits of all workers', async () => {
    const { end } = await campaign([{ hits: () => ({ samples: 600, counts }) }], { workers: 2 })
    expect(end.residualRisk).toMatchObject({ samples: 1_200, singletons: 0, doubletons: 2 })
  })

  test('leaves out a worker that does not answer, and is null when nobody does', async () => {
    const silent: Script = {
      hits: () => {
        throw new Error('it is gone')
      },
    }
    const one = await campaign([silent, { hits: () => ({ samples: 600, counts }) }], { workers: 2 })
    expect(one.end.residualRisk).toMatchObject({ samples: 600, singletons: 2 })
    expect((await campaign([silent])).end.residualRisk).toBeNull()
  })

  test('rests on one in 64 executions, by edge of the target', async () => {
    const sandbox = await openTarget(
      wat(`(module (memory (export "memory") 1)
        (func (export "LLVMFuzzerTestOneInput") (param i32 i32) (result i32)
          (if (i32.gt_u (local.get 1) (i32.const 3)) (then (return (i32.const 0))))
          (if (i32.gt_u (local.get 1) (i32.const 9)) (then (return (i32.const 2))))
          (i32.const 1)))`),
    )
    sandbox.addInput(new Uint8Array(8))
    sandbox.slice(64_000)
    const { samples, counts } = sandbox.hits()
    // A second run of an input that looked new is not sampled.
    expect(samples).toBeGreaterThan(950)
    expect(samples).toBeLessThanOrEqual(1_001)
    expect(Math.max(...counts)).toBeLessThanOrEqual(samples)
    // Every run takes one of the first two ways, and none the one that contradicts the first.
    expect(counts.filter((count) => count > 0).reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(samples)
    expect([...counts]).toContain(0)
  })
})
