// A campaign whose workers follow scripts: everything of the coordinator, and nothing of engines and threads.
import { Coordinator, type CampaignOptions } from '../../src/core/campaign/coordinator.ts'
import { MemoryCorpus, MemoryFindings } from '../../src/core/campaign/corpus.ts'
import type { EndEvent, FindingEvent, SessionEvent } from '../../src/core/campaign/events.ts'
import { NO_TARGET, scriptedLink, type Script, type ScriptedLink } from './scripted-worker.ts'

/** What shrinking may cost where a test does not care. */
export const MINIMIZE = { minimizeMs: 1_000, minimizeRuns: 1_000 }

const LIMITS = { timeMs: null, runs: 1_000, patienceMs: 10_000, openPatienceMs: 10_000, ...MINIMIZE }

/** For scripts that hang: no test waits long for them, and a machine with much to do takes none else for hung. */
export const IMPATIENT: Pick<CampaignOptions, 'limits'> = {
  limits: { ...LIMITS, patienceMs: 200, openPatienceMs: 200 },
}

export interface Campaign {
  readonly end: EndEvent
  readonly events: readonly SessionEvent[]
  readonly findings: readonly FindingEvent[]
  readonly links: readonly ScriptedLink[]
}

/** Runs a campaign whose n-th worker follows the n-th script; the last script serves all further workers. */
export async function campaign(scripts: readonly Script[], changes: Partial<CampaignOptions> = {}): Promise<Campaign> {
  const events: SessionEvent[] = []
  const links: ScriptedLink[] = []
  const startWorker = (): ScriptedLink => {
    const link = scriptedLink(scripts[Math.min(links.length, scripts.length - 1)]!)
    links.push(link)
    return link
  }
  const end = await new Coordinator({
    target: NO_TARGET,
    engine: new Uint8Array(),
    startWorker,
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
  return { end, events, links, findings: events.filter((event) => event.type === 'finding') }
}

export function warnings({ events }: Campaign): string[] {
  return events.flatMap((event) => (event.type === 'warning' ? [event.code] : []))
}
