// Typed arguments from end to end, in directories: Go's files go in, Go's files come out.

import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FindingRecord } from '../../src/core/campaign/corpus.ts'
import type { EndEvent, SessionEvent } from '../../src/core/campaign/events.ts'
import type { PreparedTarget } from '../../src/core/target/prepared.ts'
import type { ArgumentType } from '../../src/core/typed/argument-types.ts'
import { encodeRecord, scalarOf } from '../../src/core/typed/record.ts'
import { codecOf } from '../../src/core/typed/typed-corpus.ts'
import { DirectoryCorpus } from '../../src/node/directory-corpus.ts'
import { FindingsFolder, type FindingFile } from '../../src/node/findings-folder.ts'
import { fuzz } from '../../src/node/index.ts'
import { RescueFolder } from '../../src/node/rescue-folder.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fuzzbox-typed-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const TYPES: readonly ArgumentType[] = ['bytes', 'i32']
const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const goFile = (...lines: string[]): string => ['go test fuzz v1', ...lines, ''].join('\n')
const recordOf = (text: string, number: bigint): Uint8Array =>
  encodeRecord([{ type: 'bytes', bytes: encode(text) }, scalarOf('i32', number)])
const read = (...path: string[]): string => readFileSync(join(folder, ...path), 'utf8')

describe('a corpus of typed inputs', () => {
  test('is a directory of Go as it is: its files are records, in sub-folders too', async () => {
    mkdirSync(join(folder, 'more'))
    writeFileSync(join(folder, '0a1b2c3d'), goFile('[]byte("GET")', 'int32(-2)'))
    writeFileSync(join(folder, 'more/seed'), 'go test fuzz v1\r\n[]byte(`x`) // by hand\r\nrune(65)\r\n')
    const { seeds, warnings } = await new DirectoryCorpus([folder], codecOf(TYPES)).load()
    expect(seeds.map(({ bytes }) => bytes)).toEqual([recordOf('GET', -2n), recordOf('x', 65n)])
    expect(warnings).toEqual([])
  })

  test('says once which files are none of Go, and once which are wrong, with the reasons', async () => {
    writeFileSync(join(folder, 'raw'), 'GET / HTTP/1.1')
    writeFileSync(join(folder, 'typed'), goFile('[]byte("")', 'int(1)'))
    writeFileSync(join(folder, 'broken'), goFile('[]byte("")', 'int32(x)'))
    writeFileSync(join(folder, 'README.md'), 'what these are')
    const { seeds, warnings } = await new DirectoryCorpus([folder], codecOf(TYPES)).load()
    expect(seeds).toEqual([])
    expect(warnings.map(({ code }) => code)).toEqual(['W_TYPED_FOREIGN', 'W_TYPED_FILES'])
    expect(warnings[0]?.message).toContain(join(folder, 'raw'))
    expect(warnings[1]?.message).toMatch(/broken: line 3, "int32\(x\)"[^]*typed: argument 2 is of the type int,/)
  })

  test('keeps what is found in files that Go would have written, once for all records that say the same', async () => {
    const corpus = new DirectoryCorpus([folder], codecOf(TYPES))
    await corpus.load()
    await corpus.keep('id one', recordOf('GET', 65n))
    await corpus.keep('id two', Uint8Array.from([...recordOf('GET', 65n), 1, 2, 3]))
    expect(readdirSync(folder)).toEqual(['00b010335effea20'])
    expect(read('00b010335effea20')).toBe(goFile('[]byte("GET")', "rune('A')"))
    expect(await corpus.news()).toEqual([])
  })

  test('puts a shorter input in the place of the longer one, and deletes nothing where both are one file', async () => {
    const corpus = new DirectoryCorpus([folder], codecOf(TYPES))
    await corpus.load()
    await corpus.keep('long', recordOf('GET GET', 65n))
    await corpus.replace('long', 'short', recordOf('GET', 65n))
    expect(readdirSync(folder)).toEqual(['00b010335effea20'])
    await corpus.replace('short', 'same', Uint8Array.from([...recordOf('GET', 65n), 9]))
    expect(readdirSync(folder)).toEqual(['00b010335effea20'])
  })

  test('takes a folder of findings without the descriptions in it', async () => {
    writeFileSync(join(folder, 'crash-0123456789abcdef'), goFile('[]byte("")', 'int32(1)'))
    writeFileSync(join(folder, 'crash-0123456789abcdef.json'), '{}')
    const { seeds, warnings } = await new DirectoryCorpus([folder], codecOf(TYPES)).load()
    expect(seeds).toHaveLength(1)
    expect(warnings).toEqual([])
  })
})

const finding = {
  kind: 'unreachable',
  arguments: ['[]byte("GET")', "rune('A')"],
  inputBase64: '',
} as unknown as FindingRecord

describe('a finding with arguments', () => {
  test("is a file of Go's, with the arguments as text beside it", async () => {
    const target = { name: 'parser', hash: 'beef', types: TYPES } as PreparedTarget
    const place = { target, module: 'parser.wasm', seed: 5, replayArguments: ['--types', 'bytes,i32'] }
    const stored = await new FindingsFolder(folder, place).write(finding, recordOf('GET', 65n), null)
    expect(stored.path).toBe(join(folder, 'crash-00b010335effea20'))
    expect(stored.replay).toMatch(/crash-00b010335effea20 --types bytes,i32$/)
    expect(read('crash-00b010335effea20')).toBe(goFile('[]byte("GET")', "rune('A')"))
    const about = JSON.parse(read('crash-00b010335effea20.json')) as FindingFile
    expect(about.arguments).toEqual(finding.arguments)
  })

  test('is saved in the same form where its folder is lost', async () => {
    const event = { ...finding, inputBase64: Buffer.from(recordOf('GET', 65n)).toString('base64') } as never
    const saved = await new RescueFolder('parser', codecOf(TYPES), [folder]).save([recordOf('GET', 65n)], [event])
    const lines = goFile('[]byte("GET")', "rune('A')")
    expect(readFileSync(join(saved!, 'corpus/00b010335effea20'), 'utf8')).toBe(lines)
    expect(readFileSync(join(saved!, 'findings/crash-00b010335effea20'), 'utf8')).toBe(lines)
  })
})

const NUMBERS = `(module
  (func (export "check") (param i32 i64 f64)
    (if (i32.eq (local.get 0) (i32.const 123456)) (then
      (if (i64.eq (local.get 1) (i64.const -7777777777)) (then
        (if (f64.gt (local.get 2) (f64.const 99.5)) (then unreachable))))))))`

const TEXT = `(module
  (memory (export "memory") 1)
  (func (export "parse") (param i32 i32 i32)
    (if (i32.ge_u (local.get 1) (i32.const 2)) (then
      (if (i32.eq (i32.load8_u (local.get 0)) (i32.const 70)) (then
        (if (i32.gt_s (local.get 2) (i32.const 1000)) (then unreachable))))))))`

async function campaign(
  name: string,
  text: string,
  options: { readonly entry: string; readonly types?: string; readonly runs: number },
): Promise<{ end: EndEvent; events: SessionEvent[] }> {
  const session = fuzz({
    module: { kind: 'wat', name, text },
    entry: options.entry,
    ...(options.types ? { types: options.types } : {}),
    corpus: join(folder, 'corpus'),
    findings: join(folder, 'findings'),
    seed: 7,
    limits: { runs: options.runs },
    stopOnFinding: true,
  })
  const events: SessionEvent[] = []
  for await (const event of session) events.push(event)
  return { end: await session.done, events }
}

describe('fuzzing an export with typed arguments', () => {
  test('begins with the files that Go left, and shrinks each argument of what fails', async () => {
    mkdirSync(join(folder, 'corpus'))
    const lines = ['int32(123456)', 'int64(-7777777777)', 'float64(1.2345678e+10)']
    writeFileSync(join(folder, 'corpus/from-go'), goFile(...lines))
    const { end } = await campaign('numbers.wat', NUMBERS, { entry: 'check', runs: 10_000 })
    expect(end.findings).toHaveLength(1)
    const [found] = end.findings
    expect(found).toMatchObject({ kind: 'unreachable', confirmed: true })
    expect(found?.arguments).toEqual([String.raw`rune('\U0001e240') // 123456`, 'int64(-7777777777)', 'float64(100)'])
    expect(readFileSync(found!.path!, 'utf8')).toBe(
      goFile(String.raw`rune('\U0001e240')`, 'int64(-7777777777)', 'float64(100)'),
    )
  }, 60_000)

  test('finds bytes and a number that fail together, and keeps what it learns as files of Go', async () => {
    const { end } = await campaign('text.wat', TEXT, { entry: 'parse', types: '[]byte,int32', runs: 3_000_000 })
    expect(end.findings.map((found) => found.arguments)).toEqual([['[]byte("F0")', "rune('ϩ') // 1001"]])
    const kept = readdirSync(join(folder, 'corpus'))
    expect(kept.length).toBeGreaterThan(0)
    for (const name of kept) {
      expect(name).toMatch(/^[0-9a-f]{16}$/)
      expect(read('corpus', name)).toMatch(/^go test fuzz v1\n\[\]byte\(".*"\)\n(rune|int32)\(.*\)\n$/)
    }
  }, 60_000)
})
