// Who runs what: the host never the target, a worker nothing but the entry that it was given, each with luck of its own.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { WorkerStart } from '../../src/core/worker/protocol.ts'
import { fuzz } from '../../src/node/index.ts'
import { campaignHere, engineHere } from '../core/here.ts'
import { campaign } from '../core/scripted-campaign.ts'
import { forever, scriptedLink } from '../core/scripted-worker.ts'
import { wat } from '../support/targets.ts'
import { byteIs, target } from './targets.ts'

beforeAll(engineHere)

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fuzzbox-conformance-'))
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

const places = (): { corpus: string; findings: string } => ({
  corpus: join(folder, 'corpus'),
  findings: join(folder, 'findings'),
})

test("the host's own thread never has an instance of the target, not even to shrink or to confirm", async () => {
  const made = vi.spyOn(WebAssembly, 'Instance')
  const instantiated = vi.spyOn(WebAssembly, 'instantiate')
  const module = target(byteIs(0, 'X', 'unreachable'))
  const { findings } = await fuzz({ module, ...places(), workers: 2, seed: 1, limits: { runs: 20_000 } }).done
  expect(findings).toMatchObject([{ sizeBytes: 1, reproduced: 3, confirmed: true }])
  expect([made.mock.calls.length, instantiated.mock.calls.length]).toEqual([0, 0])
})

test('a campaign over one entry never calls another one', async () => {
  const fails = (name: string): string => `(func (export "${name}") (param i32 i32) (result i32) unreachable)`
  const module = wat(`(module (memory (export "memory") 1)
    ${fails('LLVMFuzzerTestOneInput')} ${fails('parse')} ${fails('fuzz')}
    (func (export "mine") (param i32 i32) (result i32) (i32.const 0)))`)
  const { end } = await campaignHere({ module, entry: 'mine', seed: 1, limits: { runs: 2_000 } })
  expect(end).toMatchObject({ executions: 2_000, findings: [] })
})

test('workers under one seed draw from streams of their own, and one that takes the place of another from a new one', async () => {
  const starts: WorkerStart[] = []
  let left = 2
  const startWorker = (): ReturnType<typeof scriptedLink> => {
    const dies = left-- > 0
    const link = scriptedLink({
      slice: (_, die) => (dies ? (die({ reason: 'memory', message: 'out of memory' }), forever()) : {}),
    })
    const { open } = link.api
    link.api.open = async (start) => (starts.push(start), await open(start))
    return link
  }
  const { end } = await campaign([], { startWorker, workers: 3, deterministic: true, seed: 9 })
  expect(end.restarts).toBe(2)
  expect(starts[0]).toMatchObject({ seedLow: 9, seedHigh: 0 })
  expect(starts).toHaveLength(5)
  expect(new Set(starts.map(({ seedLow }) => seedLow)).size).toBe(5)
  expect(new Set(starts.map(({ seedHigh }) => seedHigh)).size).toBe(5)
})

test('with threads, too, a campaign of hardly any time ends clean, however often', async () => {
  for (const time of [0, 1, 5, 20, 60]) {
    const { reason, findings } = await fuzz({ module: target(''), ...places(), workers: 2, limits: { time } }).done
    expect({ reason, findings }).toEqual({ reason: 'time', findings: [] })
  }
})
