import { expect, it } from 'vitest'
import type { ExploreLink } from '../../../src/core/explore/protocol.ts'
import { NewsSignal } from '../../../src/core/explore/news-signal.ts'
import { unpackJobs } from '../../../src/core/explore/packed-jobs.ts'
import { packResults } from '../../../src/core/explore/packed-results.ts'
import type { RunJob } from '../../../src/core/explore/timelines.ts'
import { WorkerRunner } from '../../../src/core/explore/worker-runner.ts'
import type { WorkerDeath } from '../../../src/core/worker/protocol.ts'
import { NO_TARGET } from '../scripted-worker.ts'
import { ScriptedRunner } from './scripted-runner.ts'

const DEADLY = 13n

/** Workers that die over one seed, in the first `lives` of them or in all. */
function mortal(lives: number): { startWorker: () => ExploreLink; jobs: RunJob[] } {
  const jobs: RunJob[] = []
  let started = 0
  const startWorker = (): ExploreLink => {
    const dies = ++started <= lives
    const runner = new ScriptedRunner((simulation) => void simulation.u32())
    let die: (death: WorkerDeath) => void = () => {}
    const died = new Promise<WorkerDeath>((resolve) => (die = resolve))
    return {
      api: {
        open: async () => ({ ok: true, value: null }),
        run: async (batch) => {
          const asked = unpackJobs(batch.jobs)
          jobs.push(...asked)
          if (dies && asked.some(({ seeds }) => [...seeds].includes(DEADLY))) {
            die({ reason: 'exit', message: 'it exited with code 9' })
            return await new Promise<never>(() => {})
          }
          const results = asked.map((job) => runner.run(job))
          return { ok: true, value: packResults(results) }
        },
      },
      died,
      terminate: async () => {},
    }
  }
  return { startWorker, jobs }
}

const JOB: RunJob = {
  from: { rootSeed: 1n, reseeds: [], draws: 0, markCalls: 0 },
  seeds: [12n, DEADLY, 14n],
  stopAtDiscovery: false,
  hashMemory: false,
  marks: [],
  features: Uint32Array.of(257),
}

async function runnerOf(startWorker: () => ExploreLink): Promise<WorkerRunner> {
  const news = new NewsSignal()
  const start = { engine: new Uint8Array(), target: NO_TARGET, marksMax: 100, news: news.words }
  const runner = new WorkerRunner({ start, news, startWorker, openPatienceMs: 1_000, patienceMs: 10_000 })
  await runner.open()
  return runner
}

it('repeats the job of a worker that was lost, in another one that is told all that is known', async () => {
  const { startWorker, jobs } = mortal(1)
  const runner = await runnerOf(startWorker)
  const { timelines } = await runner.run(JOB)
  expect(timelines.map(({ outcome }) => outcome.kind)).toEqual(['ok', 'ok', 'ok'])
  expect(jobs[1]?.features).toEqual(JOB.features)
  expect(runner.restarts).toBe(1)
})

it('takes the timeline that costs every worker for a finding, and keeps the others', async () => {
  const runner = await runnerOf(mortal(9).startWorker)
  const { timelines } = await runner.run(JOB)
  expect(timelines.map(({ outcome }) => outcome.kind)).toEqual(['ok', 'trap', 'ok'])
  expect(timelines[1]).toMatchObject({ outcome: { trap: 'worker-lost' }, end: { reseeds: [{ seed: DEADLY }] } })
})

it('says that an exploration is over', async () => {
  const runner = await runnerOf(mortal(0).startWorker)
  await runner.close()
  await expect(runner.run(JOB)).rejects.toMatchObject({ code: 'E_EXPLORE_OVER' })
})
