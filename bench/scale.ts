// Two workers against one, whole campaigns with coordinator and events, and what the coordinator's thread takes of the
// time. Nothing is pinned: two workers and the coordinator share the cores as the system likes.
import { availableParallelism } from 'node:os'

import { build, installed } from './lib/build.ts'
import { runCampaign, type CampaignRun } from './lib/campaign.ts'
import { parseBenchOptions } from './lib/options.ts'
import { alternate } from './lib/pairs.ts'
import { row, save, type Row } from './lib/result.ts'
import { textTable } from './lib/table.ts'
import { SMALL_TARGETS } from './lib/targets.ts'

const WORKERS = 2
const SPEED_GOAL = 1.9
const COORDINATOR_PERCENT_MAX = 3

export async function scale(words: string[]): Promise<void> {
  const options = parseBenchOptions('scale', words, { seconds: 5 })
  const target = SMALL_TARGETS.find(({ name }) => name === 'json')!
  if (!installed('clang-19')) throw new Error('clang-19 is not installed: run bench/setup.sh, or leave scale out')
  if (availableParallelism() < WORKERS) throw new Error(`scale needs ${WORKERS} cores`)
  const module = build(target, 'wasm')
  let seed = 0
  const campaign = async (workers: number): Promise<CampaignRun> =>
    await runCampaign({ module, workers, seed: ++seed, seconds: options.seconds, lengthMax: target.lengthMax }, false)
  const { ours, theirs } = await alternate(
    options.pairs,
    async () => await campaign(WORKERS),
    async () => await campaign(1),
  )
  const against = (metric: string, value: (run: CampaignRun) => number, goal: number | null, unit = '1/s'): Row =>
    row({
      target: `json, ${WORKERS} workers`,
      metric,
      unit,
      ours: ours.map(value),
      peer: '1 worker',
      theirs: theirs.map(value),
      goal,
    })
  const share = (workers: string, runs: readonly CampaignRun[]): Row[] => {
    const limit = { peer: 'the limit', theirs: runs.map(() => COORDINATOR_PERCENT_MAX) }
    const common = { target: `json, ${workers}`, unit: '% of the time', ...limit }
    const cpu = runs.map((run) => (100 * run.mainCpuSeconds) / run.wallSeconds)
    const loop = runs.map((run) => 100 * run.mainBusyShare)
    return [
      row({ ...common, metric: "coordinator's thread, CPU", ours: cpu, goal: 1 }),
      row({ ...common, metric: "coordinator's event loop, busy", ours: loop, goal: null }),
    ]
  }
  const rows = [
    against('executions per second', (run) => run.executions / run.wallSeconds, SPEED_GOAL),
    against('executions per CPU second', (run) => run.executions / run.cpuSeconds, null),
    against('CPU seconds in a second', (run) => run.cpuSeconds / run.wallSeconds, null, 'cores'),
    ...share(`${WORKERS} workers`, ours),
    ...share('1 worker', theirs),
  ]
  console.log(textTable(rows))
  if (options.save) await save('scale', options.command, rows, [])
}
