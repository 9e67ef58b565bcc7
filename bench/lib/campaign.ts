// A whole campaign as a benchmark asks for it; campaign-once.ts runs it.
import { fileURLToPath } from 'node:url'

import { launch } from './launch.ts'

export interface CampaignRequest {
  /** Path of the target. */
  readonly module: string
  /** A folder of inputs to start from. */
  readonly seeds: string | null
  readonly workers: number
  readonly seed: number
  readonly lengthMax: number
  /** Wall-clock time, unless `cpuSeconds` says how much CPU of all threads it may take. */
  readonly seconds: number
  readonly cpuSeconds: number | null
  /** Where kept inputs are written afterwards. */
  readonly corpusOut: string | null
  /** Ends at a finding with this function among its frames, '' at any; null ignores findings. */
  readonly stopAt: string | null
  /** False: findings are told as they were met, confirmed and no smaller. */
  readonly shrinks: boolean
  /** Mechanisms of the search that are left out. */
  readonly without: readonly string[]
}

export interface Finding {
  /** Executions when it was met, CPU time when it was told: shrunk and confirmed. */
  readonly executions: number
  readonly cpuSeconds: number
  readonly sizeBytes: number
}

export interface CampaignRun {
  readonly executions: number
  readonly wallSeconds: number
  readonly cpuSeconds: number
  /** CPU time of the coordinator's thread. */
  readonly mainCpuSeconds: number
  /** Share of the time in which the coordinator's event loop was not idle. */
  readonly mainBusyShare: number
  readonly edges: number
  readonly found: Finding | null
}

const script = fileURLToPath(new URL('campaign-once.ts', import.meta.url))

const DEFAULTS: Omit<CampaignRequest, 'module' | 'lengthMax'> = {
  seeds: null,
  workers: 1,
  seed: 1,
  seconds: 5,
  cpuSeconds: null,
  corpusOut: null,
  stopAt: null,
  shrinks: true,
  without: [],
}

export async function runCampaign(
  wanted: Partial<CampaignRequest> & Pick<CampaignRequest, 'module' | 'lengthMax'>,
  oneCore: boolean,
): Promise<CampaignRun> {
  const request: CampaignRequest = { ...DEFAULTS, ...wanted }
  const done = await launch([process.execPath, script, JSON.stringify(request)], { oneCore })
  if (done.status !== 0) throw new Error(`fuzzbox stopped at ${request.module}:\n${done.stderr.slice(-2000)}`)
  return JSON.parse(done.stdout) as CampaignRun
}
