// What becomes of failures: none is lost, whenever it comes and whatever ends the campaign.
import { beforeAll, describe, expect, test } from 'vitest'
import { MemoryCorpus, type FindingStore, type StoredFinding } from '../../src/core/campaign/corpus.ts'
import { campaignHere, engineHere } from '../core/here.ts'
import { input } from '../support/targets.ts'
import { byteIs, target } from './targets.ts'

beforeAll(engineHere)

/** Remembers what was filed, and calls `then` each time. */
function recordingStore(then: () => void = () => {}): FindingStore & { readonly written: Uint8Array[] } {
  const written: Uint8Array[] = []
  return {
    written,
    async write(_record, bytes): Promise<StoredFinding> {
      written.push(bytes.slice())
      then()
      return { path: `findings/${written.length}`, replay: null, warning: null }
    },
    replayOf: (path) => `replay ${path}`,
  }
}

const FAILS_ON_X = target(byteIs(0, 'X', 'unreachable'))

describe('a failure that is met', () => {
  test('while another one is being shrunk is told as well', async () => {
    const module = target(
      `(if (i32.ge_u (local.get $n) (i32.const 8)) (then (call $long))) ${byteIs(0, 'X', '(call $letter)')}`,
      '(func $long unreachable) (func $letter unreachable)',
    )
    const corpus = new MemoryCorpus([input('a'.repeat(300)), input('X')])
    const { end } = await campaignHere({ module, corpus, seed: 1, limits: { runs: 20_000 } })
    expect(end.findings.map(({ sizeBytes }) => sizeBytes).toSorted((a, b) => a - b)).toEqual([1, 8])
  })
})

describe('a regression that fails', () => {
  test('is told by its path, and nothing is written: neither a finding nor an input', async () => {
    const findings = recordingStore()
    const corpus = new MemoryCorpus([input('fine')])
    const regressions = [{ name: 'fuzz/regressions/promise/letter', bytes: input('Xyz') }]
    const { end } = await campaignHere({
      module: FAILS_ON_X,
      regressions,
      corpus,
      findings,
      seed: 1,
      limits: { runs: 5_000 },
    })
    expect(end.findings).toMatchObject([
      { path: 'fuzz/regressions/promise/letter', replay: 'replay fuzz/regressions/promise/letter', sizeBytes: 3 },
    ])
    expect(findings.written).toEqual([])
    expect([...corpus.inputs.values()].some((bytes) => bytes[0] === 0x58)).toBe(false)
  })

  test('does not keep the campaign from its other seeds', async () => {
    const regressions = [{ name: 'letter', bytes: input('X') }]
    const corpus = new MemoryCorpus([input('fine')])
    const { end } = await campaignHere({ module: FAILS_ON_X, regressions, corpus, seed: 1, limits: { runs: 0 } })
    expect(end).toMatchObject({ corpus: 1, reason: 'runs' })
  })
})

describe('an interrupt', () => {
  test('when a finding was just filed still shrinks and confirms it, and files what it came to', async () => {
    const abort = new AbortController()
    const findings = recordingStore(() => abort.abort())
    const corpus = new MemoryCorpus([input(`X${'y'.repeat(500)}`)])
    const { end } = await campaignHere({ module: FAILS_ON_X, corpus, findings, seed: 1, signal: abort.signal })
    expect(end).toMatchObject({ reason: 'stopped', findings: [{ sizeBytes: 1, reproduced: 3 }] })
    expect(findings.written.map(({ length }) => length)).toEqual([501, 1])
  })
})
