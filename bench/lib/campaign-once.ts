/// <reference types="node" />
// One whole campaign in a process of its own: coordinator, workers, events and all. Its only word is a CampaignRequest as
// JSON; prints a CampaignRun. Counted is what lies between the end of the warm-up and the end.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'

import { fuzz, MemoryCorpus, MemoryFindings, type FindingEvent } from '../../src/node/index.ts'
import type { Mechanism } from '../../src/core/index.ts'
import type { CampaignRequest, CampaignRun, Finding } from './campaign.ts'

const LOOK_EVERY_MS = 10

const request = JSON.parse(process.argv[2] ?? '{}') as CampaignRequest
const { seeds, corpusOut, cpuSeconds, seconds, stopAt } = request
const seedInputs = seeds === null ? [] : readdirSync(seeds).map((name) => readFileSync(`${seeds}/${name}`))
const corpus = new MemoryCorpus(seedInputs)

const session = fuzz({
  module: request.module,
  corpus,
  findings: new MemoryFindings(),
  seed: request.seed,
  workers: request.workers,
  without: request.without as Mechanism[],
  limits: { maxLen: request.lengthMax, ...(request.shrinks ? {} : { minimizeRuns: 1 }) },
})

interface Mark {
  readonly wallMs: number
  readonly cpu: NodeJS.CpuUsage
  readonly mainCpu: NodeJS.CpuUsage
  readonly loop: ReturnType<typeof performance.eventLoopUtilization>
}

const mark = (): Mark => ({
  wallMs: performance.now(),
  cpu: process.cpuUsage(),
  mainCpu: process.threadCpuUsage(),
  loop: performance.eventLoopUtilization(),
})

const total = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1e6

let start: Mark | null = null
let executionsAtStart = 0
let found: Finding | null = null

function begin(executions: number): Mark {
  executionsAtStart = executions
  if (cpuSeconds === null) setTimeout(() => session.stop(), seconds * 1000)
  else {
    setInterval(() => {
      if (total(process.cpuUsage()) - total(start!.cpu) >= cpuSeconds) session.stop()
    }, LOOK_EVERY_MS).unref()
  }
  return mark()
}

function isWanted({ frames }: FindingEvent): boolean {
  return stopAt === '' || frames.some(({ functionName }) => functionName === stopAt)
}

let end: Mark | null = null
let executions = 0
let edges = 0
for await (const event of session) {
  if (event.type === 'status') start ??= begin(event.executions)
  if (event.type === 'finding' && stopAt !== null && !found && isWanted(event)) {
    const cpu = total(process.cpuUsage()) - (start ? total(start.cpu) : 0)
    found = { executions: event.executions, cpuSeconds: cpu, sizeBytes: event.sizeBytes }
    session.stop()
  }
  if (event.type === 'end') {
    end = mark()
    executions = event.executions
    edges = event.edges
  }
}
if (!start || !end) throw new Error('the campaign ended before it began')

if (corpusOut !== null) {
  mkdirSync(corpusOut, { recursive: true })
  seedInputs.forEach((input, index) => writeFileSync(`${corpusOut}/seed-${index}`, input))
  for (const [id, input] of corpus.inputs) writeFileSync(`${corpusOut}/${id}`, input)
}

const run: CampaignRun = {
  executions: executions - executionsAtStart,
  wallSeconds: (end.wallMs - start.wallMs) / 1000,
  cpuSeconds: total(end.cpu) - total(start.cpu),
  mainCpuSeconds: total(end.mainCpu) - total(start.mainCpu),
  mainBusyShare: performance.eventLoopUtilization(end.loop, start.loop).utilization,
  edges,
  found,
}
console.log(JSON.stringify(run))
process.exit(0)
