import { describe, expect, test } from 'vitest'
import { measureInputs } from '../../src/core/minimize/measure.ts'
import { MEASURE_INPUTS_MAX } from '../../src/core/limits.ts'
import type { Measured } from '../../src/core/worker/protocol.ts'
import { forever, NO_TARGET, scriptedLink, type Script } from './scripted-worker.ts'

const KILLER = 7

function measured(input: Uint8Array): Measured {
  return { outcome: { kind: 'ok', result: 0 }, features: Uint32Array.of(input[0]! * 256 + 1), cost: input.length }
}

/** Measures three inputs a call, and dies of one. */
const fragile: Script = {
  measure: (inputs, die) => {
    if (!inputs.slice(0, 3).some(([first]) => first === KILLER)) return { measured: inputs.slice(0, 3).map(measured) }
    die({ reason: 'memory', message: 'it ran out of memory' })
    return forever()
  },
}

interface Told {
  readonly first: number
  readonly measured: Measured
}

async function measureAll(count: number, workers: number, script: Script, signal: AbortSignal | null = null) {
  const inputs = Array.from({ length: count }, (_, index) => ({ bytes: Uint8Array.of(index) }))
  const told: Told[] = []
  let started = 0
  const startWorker = () => (started++, scriptedLink(script))
  const options = { target: NO_TARGET, engine: new Uint8Array(), startWorker, patienceMs: 60_000, workers, signal }
  await measureInputs(options, inputs.values(), ({ bytes }, result) =>
    told.push({ first: bytes[0]!, measured: result }),
  )
  return { told: told.sort((a, b) => a.first - b.first), started: () => started }
}

describe('measuring inputs', () => {
  test.each([1, 3])('tells of each once, with %d workers', async (workers) => {
    const { told } = await measureAll(2 * MEASURE_INPUTS_MAX + 5, workers, {
      measure: (inputs) => ({ measured: inputs.slice(0, 10).map(measured) }),
    })
    expect(told.map(({ first }) => first)).toEqual(Array.from({ length: 2 * MEASURE_INPUTS_MAX + 5 }, (_, i) => i))
    for (const { first, measured: result } of told) expect(result.features).toEqual(Uint32Array.of(first * 256 + 1))
  })

  test('goes on after an input that kills its worker, and takes the others for innocent', async () => {
    const { told, started } = await measureAll(20, 1, fragile)
    expect(told.map(({ first }) => first)).toEqual(Array.from({ length: 20 }, (_, index) => index))
    const failed = told.filter(({ measured: { outcome } }) => outcome.kind === 'trap')
    expect(failed).toMatchObject([{ first: KILLER, measured: { outcome: { trap: 'memory-limit' } } }])
    expect(started()).toBe(3)
  })

  test('ends when it is stopped, and tells of nothing that it has not measured', async () => {
    const abort = new AbortController()
    const { told } = await measureAll(
      20,
      2,
      {
        measure: () => {
          abort.abort()
          return forever()
        },
      },
      abort.signal,
    )
    expect(told).toEqual([])
  })

  test('says so when no worker can open the target: E_WORKERS_LOST', async () => {
    const open = () => ({ ok: false, error: { code: 'E_INTERNAL', message: 'broken' }, input: null }) as const
    await expect(measureAll(3, 1, { open })).rejects.toMatchObject({ code: 'E_WORKERS_LOST' })
  })
})
