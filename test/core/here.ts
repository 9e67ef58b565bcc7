// Whole campaigns in this thread: a real engine and real targets, only the thread boundary is left out.
import { MemoryCorpus, MemoryFindings } from '../../src/core/campaign/corpus.ts'
import type { EndEvent, SessionEvent } from '../../src/core/campaign/events.ts'
import { fuzzIn, type FuzzOptions } from '../../src/core/fuzz.ts'
import type { Runtime } from '../../src/core/runtime.ts'
import { Sandbox } from '../../src/core/sandbox.ts'
import type { TargetSource } from '../../src/core/target/load.ts'
import { prepareTarget } from '../../src/core/target/prepare.ts'
import { WorkerService } from '../../src/core/worker/worker-service.ts'
import { readArtifact } from '../support/artifacts.ts'

let engine: Uint8Array

/** Reads the engine; for `beforeAll`. */
export async function engineHere(): Promise<void> {
  engine = await readArtifact('build/engine.wasm')
}

export interface CampaignHere {
  readonly events: readonly SessionEvent[]
  readonly end: EndEvent
  /** Calls of the target as the engines themselves have counted them, whatever the campaign says. */
  readonly calls: () => number
}

/** Runs a campaign to its end. */
export async function campaignHere(options: FuzzOptions): Promise<CampaignHere> {
  const sandboxes = new Set<Sandbox>()
  const open = Sandbox.open
  const runtime: Runtime = {
    engine: async () => engine,
    prepare: async (module, { harness: _, mutator, ...request }) =>
      await prepareTarget(module as TargetSource, {
        ...request,
        ...(mutator ? { mutator: mutator as TargetSource } : {}),
      }),
    startWorker: () => ({
      api: new WorkerService(),
      died: new Promise(() => {}),

      terminate: async () => {},
    }),
    parallelism: () => 1,
    corpus: () => new MemoryCorpus(),
    findings: () => new MemoryFindings(),
  }
  Sandbox.open = async (...given) => {
    const sandbox = await open.apply(Sandbox, given)
    sandboxes.add(sandbox)
    return sandbox
  }
  try {
    const session = fuzzIn(runtime, options)
    const events: SessionEvent[] = []
    for await (const event of session) events.push(event)
    const calls = (): number => [...sandboxes].reduce((sum, sandbox) => sum + sandbox.executionsBegun(), 0)
    return { events, end: await session.done, calls }
  } finally {
    Sandbox.open = open
  }
}
