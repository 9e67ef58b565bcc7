import { expect, test } from 'vitest'
import { WorkerService } from '../../src/core/worker/worker-service.ts'
import { prepareTarget } from '../../src/core/target/prepare.ts'
import { readArtifact } from '../support/artifacts.ts'
import { wat } from '../support/targets.ts'

const TRAPS_ON_B = wat(`(module (memory (export "memory") 1)
  (func (export "LLVMFuzzerTestOneInput") (param i32 i32) (result i32)
    (if (i32.eq (i32.load8_u (local.get 0)) (i32.const 66)) (then unreachable))
    (if (i32.gt_u (local.get 1) (i32.const 3)) (then (return (i32.const 1))))
    (i32.const 0)))`)
const NOTHING = new Uint32Array(0)
const UNLIMITED = { executionsMax: 1_000_000, msMax: null } as const
const FINDING = new Uint8Array([66, 1, 2, 3])

/** A slice ends early when traps have taken long, so there may have to be several. */
async function fuzz(service: WorkerService, executions: number): Promise<void> {
  for (let done = 0; done < executions;) {
    const reply = await service.slice({ executions: executions - done, msMax: null, ignore: NOTHING })
    if (!reply.ok) throw new Error(reply.error.message)
    done += reply.value.executions
  }
}

/** What runs last when `between` happens between two slices: the trace of its executions in the engine's own account. */
async function afterwards(between: (service: WorkerService) => Promise<void>): Promise<unknown> {
  const target = await prepareTarget(TRAPS_ON_B)
  const engine = await readArtifact('build/engine.wasm')
  const service = new WorkerService()
  await service.open({ engine, target, seedLow: 1, seedHigh: 0, corpusBytes: 1 << 20, dictionary: [] })
  await service.add({ inputs: [new Uint8Array(0), new Uint8Array(8)], ...UNLIMITED, ignore: NOTHING })
  await fuzz(service, 1_003)
  await between(service)
  const inputs: Uint8Array[] = []
  for (let slice = 0; slice < 20; slice++) {
    const reply = await service.slice({ executions: 50, msMax: null, ignore: NOTHING })
    if (!reply.ok) throw new Error(reply.error.message)
    inputs.push(...reply.value.discoveries.map(({ input }) => input), ...reply.value.traps.map(({ input }) => input))
  }
  const hits = await service.hits()
  return { inputs, hits: hits.ok && [...hits.value.counts] }
}

test('shrinking and examining a finding change nothing of what the campaign runs next', async () => {
  const undisturbed = await afterwards(async () => {})
  const disturbed = await afterwards(async (service) => {
    const request = { key: 'unreachable', kind: 'unreachable', input: FINDING, ...UNLIMITED } as const
    expect(await service.shrink(request)).toMatchObject({ ok: true })
    const examined = await service.examine({ input: FINDING, runs: 2, executionsMax: 10 })
    expect(examined).toMatchObject({ ok: true, value: { outcome: { trap: 'unreachable' }, reproduced: 2 } })
  })
  expect(disturbed).toEqual(undisturbed)
})
