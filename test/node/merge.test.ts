import { createHash } from 'node:crypto'
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { zipSync } from 'fflate'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { encodeFeatures } from '../../src/core/minimize/features.ts'
import type { Measured, WorkerLink } from '../../src/core/worker/protocol.ts'
import { WorkerService } from '../../src/core/worker/worker-service.ts'
import { prepareTarget } from '../../src/core/target/prepare.ts'
import type { PreparedTarget } from '../../src/core/target/prepared.ts'
import { journalPath, MergeJournal } from '../../src/node/merge/journal.ts'
import { merge, type Merged, type MergeOptions } from '../../src/node/merge/merge.ts'
import { readArtifact } from '../support/artifacts.ts'
import { wat } from '../support/targets.ts'
import { forever } from '../core/scripted-worker.ts'

/** One edge for each of the letters that the input has, and a trap at "!". */
const LETTERS = wat(`(module (memory (export "memory") 1)
  (func (export "LLVMFuzzerTestOneInput") (param $at i32) (param $left i32) (result i32)
    (block $end (loop $next
      (br_if $end (i32.eqz (local.get $left)))
      ${[...'abcdefgh!'].map(letter).join('\n')}
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (local.set $left (i32.sub (local.get $left) (i32.const 1)))
      (br $next)))
    (i32.const 0)))`)

function letter(character: string): string {
  const then = character === '!' ? 'unreachable' : '(i32.store8 (i32.const 7) (i32.const 1))'
  return `(if (i32.eq (i32.load8_u (local.get $at)) (i32.const ${character.charCodeAt(0)})) (then ${then}))`
}

let target: PreparedTarget
let engine: Uint8Array
beforeAll(async () => {
  target = await prepareTarget(LETTERS)
  engine = await readArtifact('build/engine.wasm')
})

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fuzzbox-merge-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const at = (name: string): string => join(folder, name)
const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex')

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(at(name)), { recursive: true })
    writeFileSync(at(name), content)
  }
}

/** A worker in this very thread that counts what it runs. */
function countingLink(ran: Uint8Array[]): WorkerLink {
  const service = new WorkerService()
  const measure: WorkerService['measure'] = async (inputs) => {
    const reply = await service.measure(inputs)
    if (reply.ok) ran.push(...inputs.slice(0, reply.value.measured.length))
    return reply
  }
  const api = { open: service.open.bind(service), measure } as unknown as WorkerService
  return { api, died: forever(), terminate: async () => {} }
}

interface Result extends Merged {
  readonly ran: number
}

async function run(corpus: string, places: readonly string[], options: Partial<MergeOptions> = {}): Promise<Result> {
  const ran: Uint8Array[] = []
  const merged = await merge({
    target,
    engine,
    startWorker: () => countingLink(ran),
    patienceMs: 60_000,
    workers: 2,
    signal: null,
    corpus: at(corpus),
    places: places.map(at),
    inPlace: false,
    onProgress: () => {},
    ...options,
  })
  return { ...(merged as Merged), ran: ran.length }
}

async function featuresOf(places: readonly string[]): Promise<string> {
  const { edges, features } = await run('scratch', places)
  return `${edges} edges, ${features} features`
}

describe('merging', () => {
  test('adds what is missing, the shorter of equals, and leaves alone what is there', async () => {
    write({
      'out/mine.txt': 'ab',
      'out/README.md': 'about',
      'in/1': 'ba',
      'in/2': 'abc',
      'in/3': 'cccccc',
      'in/4': 'c',
    })
    const { kept, added, removed, failing } = await run('out', ['in'])
    expect({ kept, added, removed, failing }).toEqual({ kept: 1, added: 3, removed: 0, failing: [] })
    expect(readdirSync(at('out')).sort()).toEqual(
      ['README.md', 'mine.txt', sha1('abc'), sha1('c'), sha1('cccccc')].sort(),
    )
    expect(await featuresOf(['out'])).toBe(await featuresOf(['out', 'in']))
    expect(readdirSync(folder).sort()).toEqual(['in', 'out', 'scratch'])
  })

  test('a second time adds nothing', async () => {
    write({ 'in/1': 'abcd', 'in/2': 'efgh' })
    expect(await run('new/out', ['in'])).toMatchObject({ added: 2, kept: 0 })
    expect(await run('new/out', ['in'])).toMatchObject({ added: 0, kept: 2 })
  })

  test('takes archives and single files, and each content once', async () => {
    write({ one: 'a', 'in/same': 'a' })
    writeFileSync(at('seeds.zip'), zipSync({ x: Buffer.from('a'), y: Buffer.from('bbb') }))
    expect(await run('out', ['one', 'in', 'seeds.zip'])).toMatchObject({ files: 4, inputs: 2, added: 2, ran: 2 })
  })

  test('leaves out what fails, and names it', async () => {
    write({ 'in/bad': 'h!', 'in/good': 'g', 'out/bad': '!' })
    const { failing } = await run('out', ['in'])
    expect(failing.map(({ path, kind }) => `${kind} ${path}`).sort()).toEqual(
      [`unreachable ${at('in/bad')}`, `unreachable ${at('out/bad')}`].sort(),
    )
    expect(readdirSync(at('out')).sort()).toEqual(['bad', sha1('g')].sort())
  })

  test('runs and keeps only so much of an input as may be, and says so', async () => {
    write({ 'in/long': `${'a'.repeat(target.inputMax)}bcd` })
    const { warnings } = await run('out', ['in'])
    expect(warnings).toMatchObject([{ code: 'W_INPUT_CUT' }])
    expect(readdirSync(at('out'))).toEqual([sha1('a'.repeat(target.inputMax))])
  })

  test('refuses what cannot be merged into: E_CORPUS_FOREIGN, E_CORPUS_MISSING, E_CORPUS_WRITE', async () => {
    write({ file: 'x', 'afl/queue/id:000000': 'a', 'afl/fuzzer_stats': '', 'in/1': 'a' })
    await expect(run('file', ['in'])).rejects.toMatchObject({ code: 'E_CORPUS_FOREIGN' })
    await expect(run('afl', ['in'])).rejects.toMatchObject({ code: 'E_CORPUS_FOREIGN' })
    await expect(run('out', ['nowhere'])).rejects.toMatchObject({ code: 'E_CORPUS_MISSING' })
    await expect(run('nowhere', [], { inPlace: true })).rejects.toMatchObject({ code: 'E_CORPUS_MISSING' })
    await expect(run('file/out', ['in'])).rejects.toMatchObject({ code: 'E_CORPUS_WRITE' })
  })
})

describe('merging in place', () => {
  const FILES = { 'out/1': 'abcd', 'out/2': 'dcba', 'out/3': 'a', 'out/4': '', 'out/deep/5': 'e', 'out/copy': 'e' }

  test('removes what is redundant, after writing down what, and nothing is reached less', async () => {
    write({ ...FILES, 'out/.hidden': 'abcd', 'out/README': 'abcd' })
    const before = await featuresOf(['out'])
    const { kept, removed, removedList } = await run('out', [], { inPlace: true })
    const left = readdirSync(at('out'), { recursive: true, encoding: 'utf8' }).filter((name) => name !== 'deep')
    expect(left.length + removed).toBe(8)
    expect(removed).toBeGreaterThan(1)
    expect(left).toEqual(expect.arrayContaining(['.hidden', 'README']))
    expect(kept).toBe(left.length - 2)
    expect(readFileSync(removedList!, 'utf8').trim().split('\n')).toHaveLength(removed)
    expect(await featuresOf(['out'])).toBe(before)
    expect(await run('out', [], { inPlace: true })).toMatchObject({ removed: 0, removedList: null, kept })
  })

  test('leaves failing inputs, links, and the places that are only read', async () => {
    write({ 'out/bad': '!', 'out/1': 'ab', 'in/1': 'a', 'in/2': 'ba' })
    symlinkSync(at('in/2'), at('out/link'))
    const { removed, failing } = await run('out', ['in'], { inPlace: true })
    expect(failing).toHaveLength(1)
    expect(removed).toBe(0)
    expect(readdirSync(at('out')).sort()).toEqual(['1', 'bad', 'link', sha1('a')].sort())
    expect(readdirSync(at('in'))).toEqual(['1', '2'])
  })

  test('refuses to remove anything when a file has changed meanwhile: E_INPUT_CHANGED', async () => {
    write(FILES)
    const onProgress = (): void => {
      for (const name of ['out/1', 'out/2', 'out/deep/5', 'out/copy', 'out/4', 'out/3']) writeFileSync(at(name), 'new')
    }
    const running = run('out', [], { inPlace: true, onProgress, workers: 1 })
    await expect(running).rejects.toMatchObject({ code: 'E_INPUT_CHANGED' })
    expect(readdirSync(at('out'))).toHaveLength(6)
  })
})

describe('a merge that was interrupted', () => {
  const inputs = Object.fromEntries([...'abcdefgh'].map((name) => [`in/${name}`, name]))

  test('goes on from its journal, and ends as if nothing had been', async () => {
    write(inputs)
    const whole = await run('whole', ['in'])
    const abort = new AbortController()
    let seen = 0
    const stopped = run('out', ['in'], {
      signal: abort.signal,
      workers: 1,
      onProgress: () => ++seen === 3 && abort.abort(),
    })
    await stopped
    expect(readdirSync(at('out'))).toEqual([])
    expect(
      readFileSync(journalPath(at('out')), 'utf8')
        .trim()
        .split('\n').length,
    ).toBeGreaterThan(3)
    const resumed = await run('out', ['in'])
    expect(resumed.resumed).toBeGreaterThan(2)
    expect(resumed.ran + resumed.resumed).toBe(8)
    expect({ ...resumed, resumed: 0, ran: 0 }).toEqual({ ...whole, resumed: 0, ran: 0 })
    expect(readdirSync(at('out'))).toEqual(readdirSync(at('whole')))
    expect(readdirSync(folder)).not.toContain('.fuzzbox-merge-out')
  })

  test('begins anew for another module', async () => {
    write(inputs)
    const journal = new MergeJournal(journalPath(at('out')), 'another module')
    journal.add([{ id: sha1('a'), sizeBytes: 1, cost: 1, trap: 'abort', features: new Uint8Array(0) }])
    journal.close()
    expect(await run('out', ['in'])).toMatchObject({ resumed: 0, ran: 8, failing: [] })
  })
})

describe('the journal of a merge', () => {
  const entry = (id: string, count: number) => ({
    id: sha1(id),
    sizeBytes: count,
    cost: 10 * count,
    trap: count === 2 ? ('timeout' as const) : null,
    features: encodeFeatures(Array.from({ length: count }, (_, edge) => (edge << 8) | 1)),
  })
  const entries = [entry('a', 1), entry('b', 2), entry('c', 0), entry('d', 300)]

  function written(): Buffer {
    const journal = new MergeJournal(at('journal'), 'module')
    journal.add(entries)
    journal.close()
    return readFileSync(at('journal'))
  }

  const known = (): unknown[] => {
    const journal = new MergeJournal(at('journal'), 'module')
    journal.close()
    return [...journal.known.values()]
  }

  test('gives back what was put in', () => {
    written()
    expect(known()).toEqual(entries)
  })

  test('torn anywhere gives back the lines before, and takes further ones', () => {
    const whole = written()
    for (let length = 0; length < whole.length; length += 7) {
      writeFileSync(at('journal'), whole.subarray(0, length))
      const before = known()
      expect(before).toEqual(entries.slice(0, before.length))
      const journal = new MergeJournal(at('journal'), 'module')
      journal.add(entries.slice(before.length))
      journal.close()
      expect(readFileSync(at('journal'))).toEqual(whole)
    }
  })

  test('does not trust a line that came back otherwise', () => {
    const whole = written()
    for (let position = 30; position < whole.length; position += 5) {
      const damaged = Buffer.from(whole)
      damaged[position] = damaged[position]! ^ 0x10
      writeFileSync(at('journal'), damaged)
      const back = known()
      expect(back).toEqual(entries.slice(0, back.length))
      expect(back.length).toBeLessThan(4)
    }
    appendFileSync(at('journal'), 'nonsense\n')
    known()
  })
})

// The measure of what a merge must keep is what the engine says of one run.
test('what a worker measures is what was reached, by edge and bucket, and the cost of it', async () => {
  const service = new WorkerService()
  await service.open({ engine, target, seedLow: 0, seedHigh: 0, corpusBytes: 1 << 20, dictionary: [] })
  const measure = async (text: string): Promise<Measured> => {
    const reply = await service.measure([new TextEncoder().encode(text)])
    if (!reply.ok) throw new Error(reply.error.message)
    return reply.value.measured[0]!
  }
  const [none, once, often] = [await measure(''), await measure('a'), await measure('a'.repeat(20))]
  expect(once.features.length).toBeGreaterThan(none.features.length)
  const edgesOf = ({ features }: Measured): number[] => [...features].map((feature) => feature >>> 8)
  expect(edgesOf(often)).toEqual(edgesOf(once))
  expect(often.features).not.toEqual(once.features)
  expect([...often.features].some((feature) => (feature & 0xff) === 32)).toBe(true)
  expect(often.cost).toBeGreaterThan(once.cost)
  expect(edgesOf(once)).toEqual([...edgesOf(once)].sort((a, b) => a - b))
})
