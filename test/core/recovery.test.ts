// What a campaign makes of the workers that it loses: policy, with workers that follow scripts. The real ones are in
// test/node/recovery.test.ts.
import { describe, expect, test } from 'vitest'
import type { WorkerDeath } from '../../src/core/worker/protocol.ts'
import { campaign, warnings } from './scripted-campaign.ts'
import { forever, Recorded, scriptedLink, trapReport, type Script } from './scripted-worker.ts'

const EXIT: WorkerDeath = { reason: 'exit', message: 'it exited with code 3' }

/** Dies in its first slice, in the middle of `input`. */
const diesOver = (...input: number[]): Script => ({
  recorded: new Recorded(...input),
  slice: (_, die) => (die(EXIT), forever()),
})

/** Dies over every input that holds a 7. */
const diesOverSeven: Script = {
  recorded: new Recorded(0),
  examine: (input, die) => (input.includes(7) ? (die(EXIT), forever()) : {}),
}

describe('an input that cost a worker', () => {
  test('is run again three times, shrunk as long as it costs one, and told with that', async () => {
    const result = await campaign([diesOver(1, 7, 2, 3), diesOverSeven])
    expect(result.findings).toMatchObject([
      { kind: 'worker-lost', key: 'worker-lost|worker lost', inputBase64: 'Bw==', reproduced: 3, reproduceRuns: 3 },
    ])
    expect(result.end.executions).toBeLessThanOrEqual(1_000)
    expect(warnings(result)).toEqual(['W_WORKER_LOST'])
  })

  test('is shrunk although the campaign spends all its runs meanwhile', async () => {
    const limits = { timeMs: null, runs: 100, patienceMs: 10_000, openPatienceMs: 10_000, minimizeMs: 60_000 }
    const result = await campaign([diesOver(...new Uint8Array(64), 7), diesOverSeven], {
      limits: { ...limits, minimizeRuns: 1_000 },
    })
    expect(result.findings).toMatchObject([{ reproduced: 3, reproduceRuns: 3 }])
    expect(result.findings[0]!.sizeBytes).toBeLessThan(16)
    expect(result.end.executions).toBeLessThanOrEqual(100)
  })

  test('by its heap once and by a watchdog the next time is one that does it again', async () => {
    let runs = 0
    const deaths: readonly WorkerDeath[] = [{ reason: 'memory', message: 'it ran out of memory' }, EXIT]
    const either: Script = {
      recorded: new Recorded(0),
      examine: (input, die) => (input.includes(7) ? (die(deaths[runs++ % 2]!), forever()) : {}),
    }
    const { findings } = await campaign([diesOver(7, 1), either])
    expect(findings).toMatchObject([{ inputBase64: 'Bw==', reproduced: 3, reproduceRuns: 3 }])
  })

  test('that traps when it is run again is confirmed by that', async () => {
    const { outcome } = trapReport('unreachable|a')
    const traps: Script = { examine: (input) => (input[0] === 7 ? { outcome, key: 'unreachable|a' } : {}) }
    const { findings } = await campaign([diesOver(7, 1), traps])
    expect(findings).toMatchObject([{ inputBase64: 'Bw==', reproduced: 3, reproduceRuns: 3 }])
  })

  test('that does nothing of the kind again is told all the same', async () => {
    const { findings } = await campaign([diesOver(1, 2), {}])
    expect(findings).toMatchObject([{ inputBase64: 'AQI=', reproduced: 0, reproduceRuns: 3 }])
  })

  test('is not shrunk where nothing is to be', async () => {
    const limits = {
      timeMs: null,
      runs: 1_000,
      patienceMs: 10_000,
      openPatienceMs: 10_000,
      minimizeMs: 0,
      minimizeRuns: 0,
    }
    const { findings } = await campaign([diesOver(1, 7), diesOverSeven], { limits })
    expect(findings).toMatchObject([{ inputBase64: 'AQc=', reproduced: 3 }])
  })

  test('has 24 tries to become smaller and no more, however long it is', async () => {
    let runs = 0
    const picky: Script = {
      recorded: new Recorded(0),
      examine: (input, die) => (runs++, input.length > 3_990 ? (die(EXIT), forever()) : {}),
    }
    const { findings } = await campaign([diesOver(...new Uint8Array(4_000).fill(7)), picky])
    expect(runs).toBe(3 + 24)
    expect(findings).toMatchObject([{ reproduced: 3 }])
  })

  test('ends a campaign that stops at its first finding', async () => {
    const { end } = await campaign([diesOver(7), diesOverSeven], { stopOnFinding: true })
    expect(end).toMatchObject({ reason: 'finding', findings: [{ kind: 'worker-lost' }] })
  })
})

describe('a loss that is no input', () => {
  test('of a worker that had nothing to do is silent', async () => {
    let dieIdle: (death: WorkerDeath) => void = () => {}
    let slices = 0
    const answers: Script = { slice: (_, die) => ((dieIdle = die), {}) }
    // Turns in step: while this one is at work the other has answered, and waits for it.
    const works: Script = {
      slice: async () => {
        await new Promise((resolve) => setTimeout(resolve, 0))
        if (slices++ === 0) dieIdle(EXIT)
        return {} as never
      },
    }
    const result = await campaign([answers, works, {}], { workers: 2, deterministic: true })
    expect(result.end).toMatchObject({ reason: 'runs', restarts: 1, findings: [] })
    expect(warnings(result)).toEqual([])
  })

  test('between two runs of a slice is said, and nothing is filed', async () => {
    const between = new Recorded(7)
    between.isRunning = false
    const result = await campaign([{ recorded: between, slice: (_, die) => (die(EXIT), forever()) }, {}])
    expect(result.findings).toEqual([])
    expect(warnings(result)).toEqual(['W_WORKER_LOST'])
    expect(result.end.executions).toBe(1_000)
  })
})

describe('a worker that dies before it has opened its target', () => {
  const startStillborn = (): ReturnType<typeof scriptedLink> => {
    const link = scriptedLink({})
    const died = Promise.resolve({ ...EXIT, lastWords: 'no room' })
    return { ...link, api: { ...link.api, open: forever }, died }
  }

  test('is tried again', async () => {
    let started = 0
    const startWorker = (): ReturnType<typeof scriptedLink> => (started++ < 4 ? startStillborn() : scriptedLink({}))
    const { end } = await campaign([{}], { startWorker })
    expect(end).toMatchObject({ reason: 'runs', executions: 1_000 })
  })

  test('and again and again ends the campaign with what it said last: E_WORKERS_LOST', async () => {
    const message = expect.stringMatching(/^5 workers in a row.*\(it exited with code 3\).*said: no room$/)
    const refused = campaign([{}], { startWorker: startStillborn })
    await expect(refused).rejects.toMatchObject({ code: 'E_WORKERS_LOST', message })
  })
})

test('a thread is kept ready from the first loss on, not before, and none outlives the campaign', async () => {
  const peaceful = await campaign([{}])
  expect(peaceful.links).toHaveLength(1)
  const result = await campaign([diesOver(1), {}])
  // The one that was lost, its replacement, the one for the lost input, and the spare.
  expect(result.links).toHaveLength(4)
  expect(result.links.every((link) => link.terminated())).toBe(true)
})
