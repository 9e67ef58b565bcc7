// Real threads that really die, hang and babble: what becomes of what they were running.
import { beforeAll, describe, expect, test } from 'vitest'
import { connect } from '../../src/core/worker/comlink-host.ts'
import { Coordinator, type CampaignOptions } from '../../src/core/campaign/coordinator.ts'
import { MemoryCorpus, MemoryFindings } from '../../src/core/campaign/corpus.ts'
import type { EndEvent, SessionEvent } from '../../src/core/campaign/events.ts'
import { SupervisedWorker } from '../../src/core/worker/supervised-worker.ts'
import type { WorkerApi, WorkerLink, WorkerStart } from '../../src/core/worker/protocol.ts'
import type { PreparedTarget } from '../../src/core/target/prepared.ts'
import { prepareTarget } from '../../src/core/target/prepare.ts'
import { endpointOf } from '../../src/node/port-endpoint.ts'
import { openWorker, startWorker } from '../../src/node/worker-link.ts'
import { readArtifact } from '../support/artifacts.ts'
import { input, targetFile } from '../support/targets.ts'

const HEAP = { maxOldGenerationSizeMb: 48, maxYoungGenerationSizeMb: 4 }
const PATIENCE_MS = 2_000

let engine: Uint8Array
let target: PreparedTarget
beforeAll(async () => {
  engine = await readArtifact('build/engine.wasm')
  target = await prepareTarget(await targetFile('hostile/kills-its-worker.wat'))
})

const ENTRY = new URL('doomed-worker.ts', import.meta.url)

/** A worker whose own doom, besides that of its runs, is told in its environment. */
function startDoomed(doom = ''): WorkerLink {
  process.env['FUZZBOX_TEST_DOOM'] = doom
  try {
    return startWorker(ENTRY, HEAP)
  } finally {
    delete process.env['FUZZBOX_TEST_DOOM']
  }
}

function startOf(): WorkerStart {
  return { engine, target, seedLow: 1, seedHigh: 0, corpusBytes: 1 << 20, dictionary: [] }
}

async function open(link: WorkerLink): Promise<SupervisedWorker> {
  const worker = new SupervisedWorker(link, PATIENCE_MS)
  await worker.open(startOf(), 30_000)
  return worker
}

/** How a run of `text` in the campaign's own engine ends. */
async function lossOver(text: string): Promise<unknown> {
  const worker = await open(startDoomed())
  try {
    const request = { inputs: [input('fine'), input(text)], executionsMax: 100, msMax: null }
    return await worker.call((api) => api.add({ ...request, ignore: new Uint32Array(0) })).catch((lost: unknown) => lost)
  } finally {
    await worker.terminate()
  }
}

interface Ended {
  readonly events: readonly SessionEvent[]
  readonly end: EndEvent
}

async function campaign(seeds: readonly string[], changes: Partial<CampaignOptions> = {}): Promise<Ended> {
  const events: SessionEvent[] = []
  const end = await new Coordinator({
    target,
    engine,
    startWorker: () => startDoomed(),
    workers: 1,
    corpus: new MemoryCorpus(seeds.map(input)),
    findings: new MemoryFindings(),
    seed: 1,
    dictionary: [],
    limits: {
      timeMs: null,
      runs: 3_000,
      patienceMs: PATIENCE_MS,
      openPatienceMs: 30_000,
      minimizeMs: 60_000,
      minimizeRuns: 30,
    },
    stopOnFinding: false,
    // Without a clock the end waits for everything that is under way.
    deterministic: true,
    regressions: [],
    rescue: null,
    signal: null,
    emit: (event) => events.push(event),
    ...changes,
  }).run()
  return { events, end }
}

function warnings({ events }: Ended): string[] {
  return events.flatMap((event) => (event.type === 'warning' ? [event.code] : []))
}

describe('the exact input is recovered of a worker that', () => {
  test('is ended from within, in the middle of a run', async () => {
    expect(await lossOver('KILL me')).toMatchObject({ reason: 'exit', input: input('KILL me'), isIdle: false })
  })

  test("has filled JavaScript's heap", async () => {
    const lost = await lossOver('HEAP of it')
    expect(lost).toMatchObject({ reason: 'memory', input: input('HEAP of it'), outcome: { trap: 'memory-limit' } })
  })

  test('hangs in an import, where fuel does not see it', async () => {
    expect(await lossOver('HANG on')).toMatchObject({ reason: 'hang', input: input('HANG on') })
  })

  test('is killed from outside', async () => {
    const { worker, port, died } = openWorker(ENTRY)
    const { api } = connect<WorkerApi>(endpointOf(port))
    const supervised = await open({ api, died, terminate: async () => void (await worker.terminate()) })
    worker.once('message', () => void worker.terminate())
    const ended = supervised.call((target) => target.examine({ input: input('HANGed'), runs: 1, executionsMax: 1 }))
    await expect(ended).rejects.toMatchObject({ reason: 'exit', input: input('HANGed') })
    await supervised.terminate()
  })

  test('dies over a finding, in its second engine', async () => {
    const worker = await open(startDoomed())
    await worker.call((api) => api.slice({ executions: 10, msMax: null, ignore: new Uint32Array(0) }))
    const request = { input: input('KILL it again'), runs: 1, executionsMax: 1 }
    const lost = worker.callAside((api) => api.examine(request))
    await expect(lost).rejects.toMatchObject({ reason: 'exit', input: input('KILL it again') })
    await worker.terminate()
  })
})

describe('a campaign over a target that', () => {
  test.each([
    ['ends its worker', 'KILL and some more', 'worker-lost'],
    ['fills its heap', 'HEAP and some more', 'memory-limit'],
    ['hangs beyond fuel', 'HANG and some more', 'timeout'],
  ])('%s goes on, and tells the input shrunk and confirmed three times', async (_, seed, kind) => {
    const ended = await campaign([seed, 'fine'])
    expect(ended.end).toMatchObject({ reason: 'runs', restarts: 1 })
    expect(ended.end.executions).toBeLessThanOrEqual(3_000)
    expect(ended.end.findings).toMatchObject([
      { kind, inputBase64: btoa(seed.slice(0, 4)), reproduced: 3, reproduceRuns: 3 },
    ])
    expect(warnings(ended)).toEqual(['W_WORKER_LOST'])
  })

  test('did so only once is told all the same, as one that does not reproduce', async () => {
    let started = 0
    const ended = await campaign(['KILL and some more'], {
      // Only the first worker has the fatal imports.
      startWorker: () => (started++ === 0 ? startDoomed() : startWorker()),
    })
    expect(ended.end.findings).toMatchObject([
      { kind: 'worker-lost', inputBase64: btoa('KILL and some more'), reproduced: 0, reproduceRuns: 3 },
    ])
  })

  test('was stopped while it hung says nothing of it', async () => {
    const abort = new AbortController()
    const { worker, port, died } = openWorker(ENTRY)
    const { api } = connect<WorkerApi>(endpointOf(port))
    const link = { api, died, terminate: async () => void (await worker.terminate()) }
    worker.once('message', () => abort.abort())
    const limits = { timeMs: null, runs: null, patienceMs: 60_000, openPatienceMs: 30_000, minimizeMs: 0, minimizeRuns: 0 }
    const ended = await campaign(['HANG'], { startWorker: () => link, signal: abort.signal, limits })
    expect(ended.end).toMatchObject({ reason: 'stopped', findings: [] })
    expect(warnings(ended)).toEqual([])
  })
})

describe('a worker that', () => {
  test('answers what is no answer is replaced, and no input is blamed for it', async () => {
    let started = 0
    const ended = await campaign(['fine'], {
      startWorker: () => (started++ < 2 ? startDoomed('garbage') : startWorker()),
    })
    expect(ended.end).toMatchObject({ reason: 'runs', executions: 3_000, findings: [], restarts: 2 })
    expect(warnings(ended)).toEqual(['W_WORKER_LOST'])
  })

  test('dies while nothing is asked of it is known to have been idle', async () => {
    const link = startDoomed('idle')
    const worker = await open(link)
    await link.died
    const next = worker.call((api) => api.hits())
    await expect(next).rejects.toMatchObject({ reason: 'exit', isIdle: true, input: null })
  })

  test('dies before it has opened its target, again and again, is told with its last words: E_WORKERS_LOST', async () => {
    const refused = campaign(['fine'], { startWorker: () => startDoomed('stillborn') })
    const message = expect.stringMatching(/5 workers in a row.*it never lived.*no room for one more\ufffd/)
    await expect(refused).rejects.toMatchObject({ code: 'E_WORKERS_LOST', message })
  })
})
