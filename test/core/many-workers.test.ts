import { describe, expect, test } from 'vitest'
import { MemoryCorpus, StorageLost } from '../../src/core/campaign/corpus.ts'
import { campaign, MINIMIZE, warnings } from './scripted-campaign.ts'
import { discovery, forever, trapReport, type Script } from './scripted-worker.ts'

const A = new Uint8Array([1])
const B = new Uint8Array([2])
const LIMITS = { timeMs: null, runs: 1_000, patienceMs: 10_000, openPatienceMs: 10_000, ...MINIMIZE }

/** Offers `found` in its first slice; tells what it was asked. */
function finder(found: readonly ReturnType<typeof discovery>[], seen: { added: number[][]; slices: number }): Script {
  return {
    add: (inputs) => (seen.added.push(...inputs.map((input) => [...input])), {}),
    slice: () => (seen.slices++ === 0 ? { discoveries: found } : {}),
  }
}

const notes = (): { added: number[][]; slices: number } => ({ added: [], slices: 0 })

describe('workers of one campaign', () => {
  test('learn from each other, and none is handed what it found itself', async () => {
    const [first, second] = [notes(), notes()]
    const scripts = [finder([discovery(A, 1)], first), finder([discovery(B, 2)], second)]
    const { end } = await campaign(scripts, {
      workers: 2,
      deterministic: true,
      corpus: new MemoryCorpus([new Uint8Array()]),
    })
    expect(end).toMatchObject({ executions: 1_000, corpus: 2, edges: 2 })
    expect(first.added).toEqual([[], [2]])
    expect(second.added).toEqual([[1]])
  })

  test('that find the same at the same time add one input, not two', async () => {
    const corpus = new MemoryCorpus()
    const scripts = [finder([discovery(A, 1, 3)], notes()), finder([discovery(B, 2, 2)], notes())]
    const { end } = await campaign(scripts, { workers: 2, deterministic: true, corpus })
    expect([...corpus.inputs.values()]).toEqual([A])
    expect(end).toMatchObject({ inputsNew: 1, edges: 3 })
  })

  test('share their seeds: each runs a part, and is told of what the others kept', async () => {
    const seeds = Array.from({ length: 600 }, (_, index) => new Uint8Array([index >> 8, index & 0xff]))
    const ran: number[] = []
    const abort = new AbortController()
    const scripts = [0, 1].map((worker): Script => ({
      slice: () => (abort.abort(), {}),
      add: (inputs) => {
        ran.push(...inputs.map(() => worker))
        return { kept: [{ at: 0, features: Uint32Array.of(((ran.length % 9) << 8) | 1) }] }
      },
    }))
    const { end } = await campaign(scripts, {
      workers: 2,
      deterministic: true,
      corpus: new MemoryCorpus(seeds),
      limits: { ...LIMITS, runs: null },
      signal: abort.signal,
    })
    expect(ran.slice(0, 512).filter((worker) => worker === 1)).toHaveLength(256)
    expect(end.corpus).toBe(3)
  })

  test('do exactly as many runs as the campaign may, together', async () => {
    const asked: number[] = []
    const script: Script = {
      slice: (executions) => (asked.push(executions), { executions: Math.ceil(executions / 3) }),
    }
    const { end } = await campaign([script], { workers: 4 })
    expect(end).toMatchObject({ reason: 'runs', executions: 1_000 })
  })

  test('tell each other which edges change between two runs of one input', async () => {
    const ignored: number[][] = []
    const unstable: Script = {
      slice: (() => {
        let slices = 0
        return () => (slices++ === 0 ? { unstable: Uint32Array.of(7, 8) } : {})
      })(),
    }
    const told: Script = { slice: (_executions, _die, ignore) => (ignored.push([...ignore]), {}) }
    await campaign([unstable, told], { workers: 2, deterministic: true })
    expect(ignored.flat()).toEqual([7, 8])
  })

  test('are replaced one by one, while the others go on', async () => {
    let slices = 0
    const dies: Script = { slice: (_, die) => (die({ reason: 'memory', message: 'out of memory' }), forever()) }
    const works: Script = { slice: () => (slices++, {}) }
    const { end, links } = await campaign([works, dies, works], { workers: 2, deterministic: true })
    expect(end).toMatchObject({ reason: 'runs', executions: expect.any(Number) })
    // Two, the one that took a place, and a spare that nobody needed.
    expect(links).toHaveLength(4)
    expect(slices).toBeGreaterThan(3)
  })

  test('that cannot all be opened are fewer, with one warning', async () => {
    const error = { code: 'E_ENGINE_MEMORY', message: 'no room' }
    const result = await campaign([{}, { open: () => ({ ok: false, error, input: null }) }], { workers: 2 })
    expect(warnings(result)).toEqual(['W_FEWER_WORKERS'])
    expect(result.end.executions).toBe(1_000)
  })
})

describe('an unstable edge', () => {
  test('that makes an input look new again and again costs no place in the corpus, and no second look', async () => {
    // The same bytes, offered in every slice for a feature that comes and goes.
    let slices = 0
    const livelock: Script = {
      slice: () => {
        slices++
        return {
          discoveries: [discovery(A, 1), discovery(A, 2)],
          unstable: slices === 1 ? Uint32Array.of(2) : new Uint32Array(0),
        }
      },
    }
    const corpus = new MemoryCorpus()
    const { end, events } = await campaign([livelock], { corpus })
    expect(end).toMatchObject({ inputsNew: 1, edges: 1, executions: 1_000 })
    expect(events.filter((event) => event.type === 'input')).toHaveLength(1)
  })
})

describe('a finding among many workers', () => {
  test('is shrunk by one of them at a time, and the others fuzz on', async () => {
    const shrinking = new Set<number>()
    let most = 0
    const slices = [0, 0, 0]
    const script = (worker: number): Script => ({
      slice: () => (
        slices[worker]!++,
        slices[0] === 1 && worker === 0 ? { traps: [trapReport('unreachable|a', 9, 9)] } : {}
      ),
      shrink: () => {
        shrinking.add(worker)
        most = Math.max(most, shrinking.size)
        return { done: slices[0]! > 5, executions: 1, input: new Uint8Array([9]) }
      },
      examine: () => ({ key: 'unreachable|a', outcome: trapReport('unreachable|a').outcome }),
    })
    const { findings } = await campaign([script(0), script(1), script(2)], { workers: 3, deterministic: true })
    expect(findings).toMatchObject([{ sizeBytes: 1, reproduced: 3 }])
    expect(most).toBe(1)
    expect(Math.min(...slices)).toBeGreaterThan(3)
  })

  test('costs exactly as many tries as --minimize-runs allows', async () => {
    let tries = 0
    const script: Script = {
      slice: () => ({ traps: [trapReport('unreachable|a', 9)] }),
      shrink: ({ executionsMax }) => {
        tries += executionsMax
        return { executions: executionsMax, done: false }
      },
    }
    await campaign([script], { limits: { ...LIMITS, minimizeRuns: 3 } })
    expect(tries).toBe(3)
  })

  test.each([{ minimizeRuns: 0 }, { minimizeMs: 0 }])('is left as it is with %o', async (none) => {
    let shrinks = 0
    const script: Script = {
      slice: () => ({ traps: [trapReport('unreachable|a', 9, 8)] }),
      shrink: () => (shrinks++, {}),
    }
    const { findings } = await campaign([script], { limits: { ...LIMITS, ...none } })
    expect([shrinks, findings[0]!.sizeBytes]).toEqual([0, 2])
  })

  test('keeps the smallest input so far when the campaign is stopped in the middle of shrinking', async () => {
    const abort = new AbortController()
    const script: Script = {
      slice: () => ({ traps: [trapReport('unreachable|a', 9, 8, 7)] }),
      shrink: () => {
        abort.abort()
        return { input: new Uint8Array([9, 8]), done: false, executions: 1 }
      },
      examine: () => ({ key: 'unreachable|a', outcome: trapReport('unreachable|a').outcome }),
    }
    const { findings, end } = await campaign([script], {
      signal: abort.signal,
      limits: { ...LIMITS, runs: null, minimizeRuns: 50 },
    })
    expect(end.reason).toBe('stopped')
    expect(findings).toMatchObject([{ sizeBytes: 2 }])
  })

  test('that used up all runs is told all the same', async () => {
    const script: Script = { slice: (executions) => ({ executions, traps: [trapReport('unreachable|a', 1)] }) }
    const { findings, end } = await campaign([script], { limits: { ...LIMITS, runs: 3 } })
    expect(end.executions).toBe(3)
    expect(findings).toHaveLength(1)
  })
})

describe('a regression', () => {
  const regressions = [
    { name: 'regressions/x', bytes: A },
    { name: 'regressions/y', bytes: B },
  ]

  test('is run before every seed; one that still fails is a finding that names its file', async () => {
    const order: number[][] = []
    const script: Script = {
      add: (inputs) => {
        order.push(...inputs.map((input) => [...input]))
        return { trapped: [{ at: 0, key: 'unreachable|a' }], traps: [trapReport('unreachable|a', 1)] }
      },
      examine: () => ({ key: 'unreachable|a', outcome: trapReport('unreachable|a').outcome }),
    }
    const corpus = new MemoryCorpus([new Uint8Array([5])])
    const { findings } = await campaign([script], { regressions, corpus })
    expect(order).toEqual([[1], [2], [5]])
    expect(findings).toMatchObject([{ path: 'regressions/x', reproduced: 3, sizeBytes: 1 }])
  })

  test('that fails in the way of another one is named beside it', async () => {
    const key = 'unreachable|a'
    const script: Script = {
      add: () => ({ trapped: [0, 1].map((at) => ({ at, key })), traps: [trapReport(key, 1)] }),
    }
    const { events } = await campaign([script], { regressions })
    expect(events).toContainEqual(
      expect.objectContaining({ code: 'W_REGRESSIONS', message: expect.stringContaining('regressions/y') }),
    )
  })
})

describe('a store that can no longer be written', () => {
  test('ends the run with one sentence, and everything found is saved elsewhere', async () => {
    const corpus = new MemoryCorpus()
    corpus.keep = async () => {
      throw new StorageLost('the corpus directory c', 'no space left on device')
    }
    const saved: number[][] = []
    const rescue = {
      save: async (inputs: readonly Uint8Array[]) => (saved.push(...inputs.map((input) => [...input])), 'elsewhere'),
    }
    const script: Script = {
      slice: () => ({ discoveries: [discovery(A, 1), discovery(B, 2)], traps: [trapReport('unreachable|a', 1)] }),
    }
    const limits = { ...LIMITS, runs: null }
    const { end, events } = await campaign([script], { corpus, rescue, limits })
    expect(end).toMatchObject({ reason: 'storage', findings: [{ key: 'unreachable|a' }] })
    expect(saved).toEqual([[1], [2]])
    expect(events).toContainEqual(
      expect.objectContaining({ code: 'W_STORAGE_LOST', message: expect.stringMatching(/no space left.*elsewhere/) }),
    )
  })
})

describe('what others put into the corpus', () => {
  test('is run like a seed, and shared when it reaches something new', async () => {
    const corpus = new MemoryCorpus()
    let looks = 0
    Object.assign(corpus, { news: async () => (looks++ === 0 ? [{ name: 'from elsewhere', bytes: B }] : []) })
    const abort = new AbortController()
    const script: Script = {
      add: (inputs) => {
        const at = inputs.findIndex((input) => input[0] === 2)
        if (at < 0) return {}
        abort.abort()
        return { kept: [{ at, features: Uint32Array.of(0x301) }] }
      },
    }
    const limits = { ...LIMITS, runs: null }
    const { end } = await campaign([script], { corpus, signal: abort.signal, limits })
    expect(end).toMatchObject({ corpus: 1, inputsNew: 0, edges: 1 })
  })
})
