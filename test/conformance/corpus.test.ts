// What a campaign keeps: all that it reached, as the target was given it, whatever becomes of the files meanwhile.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { MemoryCorpus } from '../../src/core/campaign/corpus.ts'
import type { SessionEvent } from '../../src/core/campaign/events.ts'
import { sha1Hex } from '../../src/core/hash.ts'
import type { TargetSource } from '../../src/core/target/load.ts'
import { DirectoryCorpus } from '../../src/node/directory-corpus.ts'
import { fuzz } from '../../src/node/index.ts'
import { campaignHere, engineHere, type CampaignHere } from '../core/here.ts'
import { input, openTarget } from '../support/targets.ts'
import { byteIs, DIFFERENT, target, warningsOf } from './targets.ts'

beforeAll(engineHere)

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fuzzbox-conformance-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Goes one way with nothing, another with something, and a third with an F in front. */
const THREE_WAYS = target(`
  (if (i32.eqz (local.get $n)) (then ${DIFFERENT} (return (i32.const 0))))
  ${byteIs(0, 'F', DIFFERENT)}`)

const LETTERS = [...'FUZZBOX']

/** Finds come one letter after the other: there are always more to be kept. */
const STAIRS = target(LETTERS.reduceRight((then, letter, offset) => byteIs(offset, letter, DIFFERENT + then), ''))

const inputsOf = ({ events }: CampaignHere): { id: string; newEdges: number; executions: number }[] =>
  events.flatMap((event) => (event.type === 'input' ? [event] : []))

describe('an empty corpus', () => {
  test('and a target that does nothing leave one file; the second campaign over it adds none', async () => {
    const run = async (): Promise<CampaignHere> =>
      await campaignHere({
        module: target(''),
        corpus: new DirectoryCorpus([folder]),
        seed: 1,
        limits: { runs: 2_000 },
      })
    expect((await run()).end).toMatchObject({ inputsNew: 1, corpus: 1 })
    expect(readdirSync(folder)).toEqual([await sha1Hex(new Uint8Array(0))])
    expect((await run()).end).toMatchObject({ inputsNew: 0, corpus: 1 })
    expect(readdirSync(folder)).toHaveLength(1)
  })

  test('leaves nothing out that the inputs it began with reached: the next campaign is there before its first mutant', async () => {
    const limits = { runs: 5_000 }
    const corpus = (): DirectoryCorpus => new DirectoryCorpus([folder])
    const first = await campaignHere({ module: THREE_WAYS, corpus: corpus(), seed: 1, limits })
    const next = await campaignHere({ module: THREE_WAYS, corpus: corpus(), seed: 2, limits: { runs: 0 } })
    expect(first.end.edges).toBe(3)
    expect(next.end).toMatchObject({ edges: 3, inputsNew: 0, corpus: 3 })
  })

  test('credits no mutant with what the first inputs reach themselves', async () => {
    const told = inputsOf(await campaignHere({ module: THREE_WAYS, seed: 1, limits: { runs: 5_000 } }))
    const ids = await Promise.all(['', '0', 'F'].map(async (text) => await sha1Hex(input(text))))
    expect(told.map(({ id, newEdges }) => [id, newEdges])).toEqual(ids.map((id) => [id, 1]))
  })

  test('with arguments leaves the arguments that it began with as a file', async () => {
    const module: TargetSource = { kind: 'wat', name: 'x.wat', text: '(module (func (export "check") (param i32)))' }
    const corpus = new MemoryCorpus()
    const { end } = await campaignHere({ module, entry: 'check', corpus, seed: 1, limits: { runs: 100 } })
    expect(end).toMatchObject({ corpus: 1, inputsNew: 1 })
    expect([...corpus.inputs.values()]).toEqual([new Uint8Array(4)])
  })
})

describe('a kept input', () => {
  test('is what the target was given, whatever the target writes over it', async () => {
    // Overwrites its input, and the kilobyte behind it, before it decides anything.
    const scribbles = target(
      `(local.set $k (i32.const 0))
       (if (i32.ge_u (local.get $n) (i32.const 2)) (then (local.set $k (i32.load16_u (local.get $p)))))
       (memory.fill (local.get $p) (i32.const 0x2e) (i32.const 1024))
       (if (i32.eq (i32.and (local.get $k) (i32.const 255)) (i32.const 70)) (then
         (if (i32.eq (i32.shr_u (local.get $k) (i32.const 8)) (i32.const 85)) (then ${DIFFERENT}))))`,
    )
    const corpus = new MemoryCorpus()
    const { end } = await campaignHere({ module: scribbles, corpus, seed: 1, limits: { runs: 100_000 } })
    const kept = [...corpus.inputs.values()].map((bytes) => new TextDecoder('latin1').decode(bytes))
    expect(kept.some((text) => text.startsWith('FU'))).toBe(true)
    expect(kept.every((text) => !text.includes('..'))).toBe(true)
    for (const [id, bytes] of corpus.inputs) expect(await sha1Hex(bytes)).toBe(id)
    const sandbox = await openTarget(scribbles)
    for (const bytes of corpus.inputs.values()) sandbox.addInput(bytes)
    expect(sandbox.statistics().edges).toBe(end.edges)
  })

  test('reaches all that is told of it: no credit comes from a form that was tried and refused', async () => {
    // Long inputs go ways of their own, so that shortening has much to refuse.
    const lengths = [3, 9, 17, 33].map(
      (most) => `(if (i32.gt_u (local.get $n) (i32.const ${most})) (then ${DIFFERENT}))`,
    )
    const body = LETTERS.slice(0, 4).map((letter, offset) => byteIs(offset, letter, DIFFERENT + lengths.join('')))
    const module = target(body.join('\n'))
    const [fuzzing, judging] = [await openTarget(module), await openTarget(module)]
    fuzzing.addInput(new Uint8Array(60).fill(0x78))
    let told = 0
    for (let slices = 0; slices < 60; slices++) {
      fuzzing.slice(1_000)
      for (const { input: kept, features } of fuzzing.drainDiscoveries()) {
        told++
        judging.runOnce(kept)
        expect([...judging.measured().features]).toEqual(expect.arrayContaining([...features]))
      }
    }
    expect(told).toBeGreaterThan(10)
  })
})

describe('while a campaign runs', () => {
  /** Does `afterKeep` after each input that was written. */
  class Disturbed extends DirectoryCorpus {
    afterKeep: (path: string) => void = () => {}
    override async keep(id: string, bytes: Uint8Array): Promise<void> {
      await super.keep(id, bytes)
      this.afterKeep(join(folder, id))
    }
  }

  test('files of the corpus may go: it goes on with its own copy, and ends as it would have', async () => {
    const findings = join(folder, 'findings')
    const options = { module: STAIRS, findings, workers: 1, seed: 1, deterministic: true, limits: { runs: 100_000 } }
    const undisturbed = await fuzz({ ...options, corpus: new MemoryCorpus() }).done
    const corpus = new Disturbed([folder])
    corpus.afterKeep = (path) => rmSync(path)
    const session = fuzz({ ...options, corpus })
    const events: SessionEvent[] = []
    for await (const event of session) events.push(event)
    expect(await session.done).toEqual(undisturbed)
    expect(undisturbed.inputsNew).toBeGreaterThan(3)
    expect(warningsOf(events)).toEqual([])
    expect(readdirSync(folder)).toEqual([])
  })

  test('the folder may be gone when the last inputs are written: that is said, and the run ends all the same', async () => {
    const corpus = new Disturbed([folder])
    corpus.afterKeep = () => rmSync(folder, { recursive: true, force: true })
    const { end, events } = await campaignHere({
      module: STAIRS,
      corpus,
      seed: 1,
      workers: 2,
      limits: { runs: 50_000 },
    })
    expect(end.executions).toBe(50_000)
    expect(warningsOf(events)).toEqual(['W_STORAGE_LOST'])
    expect(existsSync(folder)).toBe(false)
  })
})
