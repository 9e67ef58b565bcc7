import { describe, expect, test } from 'vitest'
import { MemoryCorpus } from '../../src/core/campaign/corpus.ts'
import { campaign, IMPATIENT, MINIMIZE, warnings } from './scripted-campaign.ts'
import { discovery, forever, Recorded, scriptedLink, trapReport, type Script } from './scripted-worker.ts'

describe('a campaign', () => {
  test('does exactly as many runs as it may, seeds included', async () => {
    const asked: number[] = []
    const { end } = await campaign([{ slice: (executions) => (asked.push(executions), {}) }])
    expect(end).toMatchObject({ reason: 'runs', executions: 1_000 })
    expect(asked.reduce((sum, executions) => sum + executions, 0)).toBe(998)
  })

  test('gives runs back that a slice did not use', async () => {
    const { end } = await campaign([{ slice: (executions) => ({ executions: Math.ceil(executions / 2) }) }])
    expect(end.executions).toBe(1_000)
  })

  test('has the next slice asked for before the last one is accounted for', async () => {
    const corpus = new MemoryCorpus()
    let slices = 0
    const asked: number[] = []
    const link = scriptedLink({
      slice: () => (slices++ === 0 ? { discoveries: [discovery(new Uint8Array([9]), 1, 2)] } : {}),
    })
    corpus.keep = async () => void asked.push(link.slicesAsked())
    await campaign([], { corpus, startWorker: () => link })
    expect(asked).toEqual([expect.any(Number)])
    expect(asked[0]).toBeGreaterThan(1)
  })

  test('that stops with a slice under way accounts for it', async () => {
    const { end, findings } = await campaign(
      [{ slice: (executions) => ({ traps: [trapReport(`unreachable|${executions}`, 1)] }) }],
      {
        stopOnFinding: true,
        limits: { timeMs: null, runs: 4, patienceMs: 10_000, openPatienceMs: 10_000, ...MINIMIZE },
      },
    )
    expect(end).toMatchObject({ reason: 'finding', executions: 4 })
    expect(findings).toHaveLength(1)
  })

  test('with 0 runs, runs its seeds and nothing else', async () => {
    let slices = 0
    const corpus = new MemoryCorpus([new Uint8Array([1]), new Uint8Array([2]), new Uint8Array([3])])
    const { end } = await campaign([{ slice: () => (slices++, {}) }], {
      corpus,
      limits: { timeMs: null, runs: 0, patienceMs: 10_000, openPatienceMs: 10_000, ...MINIMIZE },
    })
    expect(end).toMatchObject({ reason: 'runs', executions: 3 })
    expect(slices).toBe(0)
  })

  test('feeds short seeds first, and cuts those that are too long with a warning', async () => {
    const fed: number[] = []
    const corpus = new MemoryCorpus([new Uint8Array(5_000), new Uint8Array(7), new Uint8Array(1)])
    const result = await campaign([{ add: (inputs) => (fed.push(...inputs.map((input) => input.length)), {}) }], {
      corpus,
    })
    expect(fed).toEqual([1, 7, 4_096])
    expect(warnings(result)).toEqual(['W_SEEDS_REJECTED'])
  })

  test('keeps what reaches something new, once', async () => {
    const corpus = new MemoryCorpus()
    const discoveries = [discovery(new Uint8Array([9]), 1, 2)]
    const { end, events } = await campaign([{ slice: () => ({ discoveries }) }], { corpus })
    expect([...corpus.inputs]).toEqual([['ac9231da4082430afe8f4d40127814c613648d8e', new Uint8Array([9])]])
    expect(events.filter((event) => event.type === 'input')).toMatchObject([{ newEdges: 2, sizeBytes: 1 }])
    expect(end).toMatchObject({ corpus: 1, inputsNew: 1 })
  })

  test('goes on after findings, and tells each of them once', async () => {
    const traps = [trapReport('unreachable|a', 1), trapReport('unreachable|b', 2)]
    const { end, findings } = await campaign([{ slice: () => ({ traps }) }])
    expect(findings.map((finding) => finding.key)).toEqual(['unreachable|a', 'unreachable|b'])
    expect(end).toMatchObject({ reason: 'runs', executions: 1_000, findings })
  })

  test('stops at the first finding when asked to, and still tells it', async () => {
    const { end } = await campaign([{ slice: () => ({ traps: [trapReport('unreachable|a', 1)] }) }], {
      stopOnFinding: true,
    })
    expect(end).toMatchObject({ reason: 'finding', findings: [{ key: 'unreachable|a' }] })
    expect(end.executions).toBeLessThan(1_000)
  })

  test('tells the shrunk input, and how often it reproduced', async () => {
    const key = 'unreachable|a'
    const { findings } = await campaign([
      {
        slice: () => ({ traps: [trapReport(key, 1, 2, 3)] }),
        shrink: () => ({ input: new Uint8Array([2]) }),
        examine: () => ({ outcome: trapReport(key).outcome, key, reproduced: 4 }),
      },
    ])
    expect(findings).toMatchObject([{ inputBase64: 'Ag==', sizeBytes: 1, reproduced: 4, reproduceRuns: 3 }])
  })

  test('falls back to the input as it was found when the shrunk one does something else', async () => {
    const { findings } = await campaign([
      {
        slice: () => ({ traps: [trapReport('unreachable|a', 1, 2, 3)] }),
        shrink: () => ({ input: new Uint8Array([2]) }),
        examine: (input) => ({ key: input.length === 3 ? 'unreachable|a' : 'unreachable|b' }),
      },
    ])
    expect(findings).toMatchObject([{ inputBase64: 'AQID' }])
  })

  test('says so when a finding does not show on a plain instance', async () => {
    const key = 'unreachable|a'
    const result = await campaign([
      {
        slice: () => ({ traps: [trapReport(key, 1)] }),
        examine: () => ({ outcome: trapReport(key).outcome, key, confirmed: { kind: 'ok', result: 0 } }),
      },
    ])
    expect(result.findings).toMatchObject([{ confirmed: false }])
    expect(warnings(result)).toEqual(['W_UNCONFIRMED'])
  })

  test('ends when it is told to, with a summary', async () => {
    const abort = new AbortController()
    const { end } = await campaign([{ slice: () => (abort.abort(), {}) }], {
      signal: abort.signal,
      limits: { timeMs: null, runs: null, patienceMs: 10_000, openPatienceMs: 10_000, ...MINIMIZE },
    })
    expect(end.reason).toBe('stopped')
  })

  test('that was stopped before it began still ends with a summary', async () => {
    const { end } = await campaign([{}], { signal: AbortSignal.abort() })
    expect(end).toMatchObject({ reason: 'stopped', executions: 0 })
  })
})

describe('a worker that is lost', () => {
  /** Hangs in whatever it is asked to run: as itself, and where its input is run again apart. */
  const hangs = (): Script => ({ slice: forever, recorded: new Recorded(7, 7) })

  test('in a hang is terminated and replaced, and its last input becomes a finding', async () => {
    const result = await campaign([hangs(), {}], IMPATIENT)
    expect(result.findings).toMatchObject([{ kind: 'timeout', inputBase64: 'Bwc=', confirmed: null }])
    expect(result.links.every((link) => link.terminated())).toBe(true)
    expect(result.end).toMatchObject({ reason: 'runs', executions: 1_000, restarts: 1 })
    expect(warnings(result)).toEqual(['W_WORKER_LOST'])
  })

  test('over an input that does nothing bad afterwards leaves a finding that says so: 0 of 3', async () => {
    const { findings } = await campaign([hangs(), {}], IMPATIENT)
    expect(findings).toMatchObject([{ reproduced: 0, reproduceRuns: 3, sizeBytes: 2 }])
  })

  test('over an input that loses the next ones too is confirmed three times and shrunk apart, while others go on', async () => {
    // Whoever runs a 7 dies of it: the seat's first worker, and those in which the input is looked at.
    const isFatal = (input: Uint8Array): boolean => input.includes(7)
    const mortal = (): Script => {
      const recorded = new Recorded(7, 7, 1)
      return {
        recorded,
        examine: (input, die) => {
          if (!isFatal(input)) return { key: null }
          recorded.write(...input)
          die({ reason: 'exit', message: 'it exited with code 1' })
          return forever()
        },
      }
    }
    let slices = 0
    const dies: Script = {
      ...mortal(),
      slice: (_, die) => (die({ reason: 'exit', message: 'it exited with code 1' }), forever()),
    }
    const lives = (): Script => ({ ...mortal(), slice: () => (slices++, {}) })
    const { findings, end } = await campaign([dies, ...Array.from({ length: 60 }, lives)])
    expect(findings).toMatchObject([{ kind: 'worker-lost', inputBase64: 'Bw==', reproduced: 3, reproduceRuns: 3 }])
    expect(end).toMatchObject({ reason: 'runs', executions: 1_000 })
    expect(slices).toBeGreaterThan(3)
  })

  test('because it answers what is no answer is replaced, said once, and no finding', async () => {
    const babbles = scriptedLink({})
    babbles.api.slice = async () => ({ ok: true, value: { executions: -1 } }) as never
    const links = [babbles, scriptedLink({})]
    const result = await campaign([{}], { startWorker: () => links.shift() ?? scriptedLink({}) })
    expect(result.findings).toEqual([])
    expect(warnings(result)).toEqual(['W_WORKER_LOST'])
    expect(babbles.terminated()).toBe(true)
    expect(result.end.executions).toBe(1_000)
  })

  test('is not one that is merely slow: executions that go on are waited for', async () => {
    const recorded = new Recorded(1)
    // Each slice takes longer than anybody has patience for a single execution.
    const slow: Script = {
      recorded,
      slice: async () => {
        for (let turn = 0; turn < 150; turn++) {
          recorded.executions++
          await new Promise((resolve) => setTimeout(resolve, 1))
        }
        return {} as never
      },
    }
    const result = await campaign([slow], {
      limits: { timeMs: null, runs: 4, patienceMs: 120, openPatienceMs: 10_000, ...MINIMIZE },
    })
    expect(result.links).toHaveLength(1)
    expect(result.end).toMatchObject({ executions: 4, findings: [] })
  })

  test('by death is replaced, and starts with everything that was kept', async () => {
    const added: number[][] = []
    const input = new Uint8Array([1, 2, 3])
    let slices = 0
    const dies: Script = {
      slice: (_, die) => {
        if (slices++ === 0) return { discoveries: [discovery(input, 1)] }
        die({ reason: 'error', message: 'it fell over' })
        return forever()
      },
    }
    const result = await campaign([dies, { add: (inputs) => (added.push(...inputs.map((bytes) => [...bytes])), {}) }])
    expect(added).toEqual([[1, 2, 3]])
    expect(result.end).toMatchObject({ reason: 'runs', executions: 1_000, corpus: 1 })
  })

  test('by an error of ours is no finding, but its input is told', async () => {
    const fails = scriptedLink({})
    const error = { code: 'E_INTERNAL', message: 'a bug' }
    fails.api.slice = async () => ({ ok: false, error, input: new Uint8Array([4]) })
    const links = [fails, scriptedLink({})]
    const result = await campaign([{}], { startWorker: () => links.shift()! })
    expect(result.findings).toEqual([])
    const warning = expect.stringMatching(/a bug.*in base64, was "BA=="/)
    expect(result.events).toContainEqual(expect.objectContaining({ type: 'warning', message: warning }))
    expect(result.end.executions).toBe(1_000)
  })

  test('while seeds are fed costs that seed only', async () => {
    const seeds = [[1], [2], [3]].map((bytes) => Uint8Array.from(bytes))
    const fed: number[] = []
    const hangsOnTwo: Script = {
      add: (inputs) => {
        if (inputs[0]![0] === 2) return forever()
        fed.push(inputs[0]![0]!)
        return { done: 1 }
      },
      recorded: new Recorded(2),
    }
    const result = await campaign([hangsOnTwo], { ...IMPATIENT, corpus: new MemoryCorpus(seeds) })
    expect(fed).toEqual([1, 3])
    expect(result.findings).toMatchObject([{ inputBase64: 'Ag==' }])
  })

  test('again and again ends the campaign with one sentence: E_WORKERS_LOST', async () => {
    const dies: Script = { slice: (_, die) => (die({ reason: 'memory', message: 'out of memory' }), forever()) }
    await expect(campaign([dies])).rejects.toThrow(expect.objectContaining({ code: 'E_WORKERS_LOST' }))
  })

  test('because its target never gets ready refuses the target: E_OPEN_HANG', async () => {
    const hangs = scriptedLink({})
    hangs.api.open = forever
    const refused = campaign([{}], { ...IMPATIENT, startWorker: () => hangs })
    await expect(refused).rejects.toThrow(expect.objectContaining({ code: 'E_OPEN_HANG' }))
    expect(hangs.terminated()).toBe(true)
  })

  test('before its target is open refuses the target', async () => {
    const error = { code: 'E_INIT_TRAP', message: 'fails before the first input' }
    await expect(campaign([{ open: () => ({ ok: false, error, input: null }) }])).rejects.toThrow(
      expect.objectContaining({ code: 'E_INIT_TRAP' }),
    )
  })
})
