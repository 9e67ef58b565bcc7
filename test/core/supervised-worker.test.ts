import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Reply, WorkerApi } from '../../src/core/worker/protocol.ts'
import { SupervisedWorker } from '../../src/core/worker/supervised-worker.ts'
import { forever, NO_TARGET, Recorded, scriptedLink, type Script, type ScriptedLink } from './scripted-worker.ts'

const PATIENCE_MS = 1_000
const START = { engine: new Uint8Array(), target: NO_TARGET, seedLow: 1, seedHigh: 0, corpusBytes: 0, dictionary: [] }
const INPUT = new Uint8Array([1])
const SLICE = { executions: 1, msMax: null, ignore: new Uint32Array(0) }
const ADD = { inputs: [INPUT], executionsMax: 2, msMax: null, ignore: SLICE.ignore }

async function opened(script: Script, patienceMs = 60_000): Promise<{ worker: SupervisedWorker; link: ScriptedLink }> {
  const link = scriptedLink(script)
  const worker = new SupervisedWorker(link, patienceMs)
  await worker.open(START, 60_000)
  return { worker, link }
}

describe('a worker that does not answer', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('is waited for as long as its executions go on, and given up when they stop', async () => {
    const recorded = new Recorded(7)
    const { worker, link } = await opened({ slice: forever, recorded }, PATIENCE_MS)
    const ended = worker.call((api) => api.slice(SLICE)).catch((lost: unknown) => lost)
    for (let executions = 2; executions < 20; executions++) {
      recorded.executions = executions
      await vi.advanceTimersByTimeAsync(PATIENCE_MS / 2)
      expect(link.terminated()).toBe(false)
    }
    await vi.advanceTimersByTimeAsync(PATIENCE_MS)
    expect(await ended).toMatchObject({ reason: 'hang', input: new Uint8Array([7]) })
    expect(link.terminated()).toBe(true)
  })

  test('and cannot be looked into is given up after the same time, and its input is unknown', async () => {
    const { worker, link } = await opened({ slice: forever }, PATIENCE_MS)
    const ended = worker.call((api) => api.slice(SLICE)).catch((lost: unknown) => lost)
    await vi.advanceTimersByTimeAsync(PATIENCE_MS)
    expect(await ended).toMatchObject({ reason: 'hang', input: null })
    expect(link.terminated()).toBe(true)
  })
})

describe('an answer that is none', () => {
  const methods: readonly (readonly [keyof WorkerApi, (api: WorkerApi) => Promise<Reply<unknown>>])[] = [
    ['add', (api) => api.add(ADD)],
    ['slice', (api) => api.slice(SLICE)],
    ['shrink', (api) => api.shrink({ key: '', kind: 'exit', input: INPUT, executionsMax: 1, msMax: null })],
    ['examine', (api) => api.examine({ input: INPUT, runs: 1, executionsMax: 1 })],
    ['hits', (api) => api.hits()],
    ['measure', (api) => api.measure([INPUT])],
    ['aside', (api) => api.aside()],
  ]
  const answers = [undefined, 7, 'ok', {}, { ok: true }, { ok: true, value: {} }, { ok: false, error: 'no' }]

  test.each(methods)('to "%s" loses the worker, ends it and blames no input', async (method, ask) => {
    for (const answer of answers) {
      const { worker, link } = await opened({ recorded: new Recorded(7) })
      Object.assign(link.api, { [method]: async () => answer })
      await expect(worker.call(ask)).rejects.toMatchObject({ reason: 'garbage', input: null, isByTarget: false })
      expect(link.terminated()).toBe(true)
    }
  })

  test.each([
    { executions: -1 },
    { executions: 1.5 },
    { executions: Number.NaN },
    { discoveries: [{ input: [1], features: new Uint32Array(0), cost: 1, replaces: null }] },
    { traps: [{ key: 'k', input: new Uint8Array(1), outcome: { kind: 'trap' }, executions: 1 }] },
    { statistics: null },
  ])('is one that is wrong in a detail, too: %o', async (wrong) => {
    const { worker } = await opened({ slice: () => wrong as object })
    await expect(worker.call((api) => api.slice(SLICE))).rejects.toMatchObject({ reason: 'garbage' })
  })

  test.each([{ done: 0 }, { done: 2 }, { trapped: [{ at: 1, key: 'k' }] }])(
    'is one that speaks of inputs which nobody has sent, or of none: %o',
    async (wrong) => {
      const { worker } = await opened({ add: () => wrong })
      await expect(worker.call((api) => api.add(ADD))).rejects.toMatchObject({ reason: 'garbage' })
    },
  )

  test('is one that has measured nothing, for it would be asked the same for ever', async () => {
    const { worker } = await opened({ measure: () => ({ measured: [] }) })
    await expect(worker.call((api) => api.measure([INPUT]))).rejects.toMatchObject({ reason: 'garbage' })
  })

  test('is what fails on its way, too', async () => {
    const { worker, link } = await opened({})
    Object.assign(link.api, { hits: () => Promise.reject(new TypeError('cannot be unpacked')) })
    const call = worker.call((api) => api.hits())
    await expect(call).rejects.toMatchObject({ reason: 'garbage', message: 'cannot be unpacked' })
  })
})
