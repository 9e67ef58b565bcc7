// What becomes of campaigns whose workers really die, hang and babble: threads that end in the middle of a run, a heap
// that is full, answers that are none.
import type { Worker } from 'node:worker_threads'
import { beforeAll, describe, expect, test } from 'vitest'
import { Coordinator, type CampaignOptions } from '../../src/core/campaign/coordinator.ts'
import { MemoryCorpus, MemoryFindings } from '../../src/core/campaign/corpus.ts'
import type { EndEvent, SessionEvent } from '../../src/core/campaign/events.ts'
import { FUEL_MAX } from '../../src/core/limits.ts'
import { prepareTarget } from '../../src/core/target/prepare.ts'
import type { WorkerLink } from '../../src/core/worker/protocol.ts'
import { startWorker } from '../../src/node/worker-link.ts'
import { readArtifact } from '../support/artifacts.ts'
import { input, targetFile, wat } from '../support/targets.ts'
import type { Fate } from './mortal-worker.ts'

const HEAP = { maxOldGenerationSizeMb: 48, maxYoungGenerationSizeMb: 8 }
function mortal(fate: Fate): WorkerLink {
  // A thread begins with a copy of its parent's environment.
  process.env['FATE'] = fate
  return startWorker(new URL('./mortal-worker.ts', import.meta.url), fate === 'heap' ? HEAP : {})
}

/** Goes one way for inputs that begin with "!", another one for all others. */
const MARKED = wat(
  `(module (memory (export "memory") 1)
    (func (export "LLVMFuzzerTestOneInput") (param i32 i32) (result i32)
      (if (i32.gt_u (local.get 1) (i32.const 3)) (then (return (i32.load8_u (local.get 0)))))
      (i32.const 0)))`,
  'marked.wat',
)

let engine: Uint8Array
beforeAll(async () => {
  engine = await readArtifact('build/engine.wasm')
})

interface Ended {
  readonly end: EndEvent
  readonly warnings: readonly string[]
}

async function campaign(
  startLink: () => WorkerLink,
  changes: Partial<CampaignOptions> = {},
  source = MARKED,
): Promise<Ended> {
  const events: SessionEvent[] = []
  const target = await prepareTarget(source, { limits: { fuel: FUEL_MAX } })
  const end = await new Coordinator({
    target,
    engine,
    startWorker: startLink,
    workers: 1,
    corpus: new MemoryCorpus([input('a'), input('!fatal and long'), input('bbbb')]),
    regressions: [],
    findings: new MemoryFindings(),
    rescue: null,
    seed: 1,
    dictionary: [],
    limits: {
      timeMs: null,
      runs: 0,
      minimizeMs: 60_000,
      minimizeRuns: 1_000,
      patienceMs: 2_000,
      openPatienceMs: 60_000,
    },
    deterministic: true,
    stopOnFinding: false,
    signal: null,
    emit: (event) => events.push(event),
    ...changes,
  }).run()
  return { end, warnings: events.flatMap((event) => (event.type === 'warning' ? [event.code] : [])) }
}

const base64 = (text: string): string => btoa(text)

describe('a worker thread that is lost', () => {
  test('because it exited in the middle of a run: its input is recovered exactly, run again and shrunk', async () => {
    const { end, warnings } = await campaign(() => mortal('exit'))
    expect(warnings).toEqual(['W_WORKER_LOST'])
    expect(end.findings).toMatchObject([
      { kind: 'worker-lost', inputBase64: base64('!'), reproduced: 3, reproduceRuns: 3, confirmed: null },
    ])
    expect(end.corpus).toBe(2)
  })

  test('because the heap of JavaScript was full: the same, and it is called what it is', async () => {
    const { end } = await campaign(() => mortal('heap'))
    expect(end.findings).toMatchObject([{ kind: 'memory-limit', inputBase64: base64('!'), reproduced: 3 }])
  })

  test('in a hang that fuel does not see: the same', async () => {
    const corpus = new MemoryCorpus([input('a'), input('Slow and long')])
    const limits = { timeMs: null, runs: 0, minimizeMs: 60_000, minimizeRuns: 3 }
    const { end } = await campaign(
      () => startWorker(),
      { corpus, limits: { ...limits, patienceMs: 600, openPatienceMs: 60_000 } },
      await targetFile('hostile/slow-beyond-fuel.wat'),
    )
    expect(end.findings).toMatchObject([{ kind: 'timeout', reproduced: 3, reproduceRuns: 3 }])
    expect(atob(end.findings[0]!.inputBase64)).toMatch(/^S/)
  })

  test('once, by chance: its input is filed all the same, and said not to reproduce', async () => {
    let links = 0
    const { end } = await campaign(() => (links++ === 0 ? mortal('exit') : startWorker()))
    expect(end.findings).toMatchObject([
      { kind: 'worker-lost', inputBase64: base64('!fatal and long'), reproduced: 0, reproduceRuns: 3 },
    ])
  })

  test('because somebody else ended it: the campaign goes on in its seat, with nothing lost', async () => {
    const threads: Worker[] = []
    const link = (): WorkerLink => {
      const started = startWorker(undefined, {}, (worker) => threads.push(worker))
      return started
    }
    let killed = false
    const limits = { timeMs: null, runs: 200_000, minimizeMs: 0, minimizeRuns: 0 }
    const { end } = await campaign(link, {
      limits: { ...limits, patienceMs: 5_000, openPatienceMs: 60_000 },
      deterministic: false,
      emit: (event) => {
        if (event.type !== 'status' || killed) return
        killed = true
        void threads[0]!.terminate()
      },
    })
    expect(end).toMatchObject({ reason: 'runs', restarts: 1 })
    expect(threads.length).toBeGreaterThan(1)
  })

  test('because it answered what is no answer: said once, no finding, and another one takes its seat', async () => {
    let links = 0
    const limits = { timeMs: null, runs: 2_000, minimizeMs: 0, minimizeRuns: 0 }
    const { end, warnings } = await campaign(() => (links++ === 0 ? mortal('babble') : startWorker()), {
      corpus: new MemoryCorpus(),
      limits: { ...limits, patienceMs: 5_000, openPatienceMs: 60_000 },
    })
    expect(warnings).toEqual(['W_WORKER_LOST'])
    expect(end).toMatchObject({ reason: 'runs', findings: [], restarts: 1 })
  })

  test('again and again before it was ready ends the run, and its last words are repeated: E_WORKERS_LOST', async () => {
    const refused = campaign(() => mortal('dead on arrival'))
    await expect(refused).rejects.toMatchObject({
      code: 'E_WORKERS_LOST',
      message: expect.stringContaining('no disk, no memory, no hope'),
    })
  })
})
