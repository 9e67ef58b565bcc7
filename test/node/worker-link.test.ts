import { describe, expect, test } from 'vitest'
import { SupervisedWorker, WorkerLost } from '../../src/core/worker/supervised-worker.ts'
import { FUEL_MAX } from '../../src/core/limits.ts'
import { prepareTarget } from '../../src/core/target/prepare.ts'
import { startWorker } from '../../src/node/worker-link.ts'
import { readArtifact } from '../support/artifacts.ts'
import { targetFile, wat } from '../support/targets.ts'

const FINE = wat(`(module (memory (export "memory") 1)
  (func (export "LLVMFuzzerTestOneInput") (param i32 i32) (result i32)
    (if (i32.eq (i32.load8_u (local.get 0)) (i32.const 66)) (then unreachable))
    (i32.const 7)))`)

async function openWorker(source: Parameters<typeof prepareTarget>[0], patienceMs: number): Promise<SupervisedWorker> {
  const target = await prepareTarget(source, { limits: { fuel: FUEL_MAX } })
  const engine = await readArtifact('build/engine.wasm')
  const worker = new SupervisedWorker(startWorker(), patienceMs)
  const start = { engine, target, seedLow: 1, seedHigh: 0, corpusBytes: 1 << 20, dictionary: [] }
  await worker.open(start, 30_000)
  return worker
}

describe('a worker thread', () => {
  test('runs a target, and tells traps as data', async () => {
    const worker = await openWorker(FINE, 30_000)
    try {
      const fine = await worker.callAside((api) =>
        api.examine({ input: new Uint8Array([65]), runs: 2, executionsMax: 100 }),
      )
      expect(fine).toMatchObject({ outcome: { kind: 'ok', result: 7 }, reproduced: 2, runs: 2, key: null })
      const trapped = await worker.callAside((api) =>
        api.examine({ input: new Uint8Array([66]), runs: 3, executionsMax: 100 }),
      )
      expect(trapped).toMatchObject({ outcome: { kind: 'trap', trap: 'unreachable' }, reproduced: 3 })
      expect(trapped.confirmed).toMatchObject({ kind: 'trap', trap: 'unreachable' })
    } finally {
      await worker.terminate()
    }
  })

  test('that hangs beyond the reach of fuel is seen from outside, with the very input it hangs on', async () => {
    const bystander = await openWorker(FINE, 30_000)
    const worker = await openWorker(await targetFile('hostile/slow-beyond-fuel.wat'), 400)
    try {
      const input = new TextEncoder().encode('Slow')
      const lost = await worker
        .callAside((api) => api.examine({ input: input, runs: 1, executionsMax: 100 }))
        .catch((error: unknown) => error)
      expect(lost).toBeInstanceOf(WorkerLost)
      expect(lost).toMatchObject({ reason: 'hang', input })
      await expect(
        worker.call((api) => api.slice({ executions: 1, msMax: null, ignore: new Uint32Array(0) })),
      ).rejects.toBe(lost)
    } finally {
      await worker.terminate()
      await bystander.terminate()
    }
  })

  test('that is gone ends the call that waits for it', async () => {
    const worker = await openWorker(await targetFile('hostile/slow-beyond-fuel.wat'), 30_000)
    const ended = worker
      .callAside((api) => api.examine({ input: new TextEncoder().encode('S'), runs: 1, executionsMax: 100 }))
      .catch((error: unknown) => error)
    await worker.terminate()
    expect(await ended).toMatchObject({ name: 'WorkerLost', reason: 'terminated' })
  })

  test('whose code cannot be loaded is lost, not waited for', async () => {
    const worker = new SupervisedWorker(startWorker(new URL('file:///no/such/worker.js')), 30_000)
    await expect(
      worker.call((api) => api.slice({ executions: 1, msMax: null, ignore: new Uint32Array(0) })),
    ).rejects.toMatchObject({ reason: 'error' })
    await worker.terminate()
  })
})
