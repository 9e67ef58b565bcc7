import { execFileSync } from 'node:child_process'
import { mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SEED_FILE_BYTES_MAX } from '../../src/core/limits.ts'
import { StorageLost } from '../../src/core/campaign/corpus.ts'
import { DirectoryCorpus } from '../../src/node/directory-corpus.ts'
import { readInputs } from '../../src/node/inputs/list-inputs.ts'
import { writeAtomically } from '../../src/node/atomic-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fuzzbox-corpus-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

describe('a corpus in directories', () => {
  test.skipIf(process.platform === 'win32')('does not wait for what never ends: pipes and devices are skipped', () => {
    execFileSync('mkfifo', [join(folder, 'pipe')])
    symlinkSync('/dev/zero', join(folder, 'zero'))
    writeFileSync(join(folder, 'file'), 'x')
    const { seeds, warnings } = readInputs([folder])
    expect(seeds.map(({ name }) => name)).toEqual([join(folder, 'file')])
    expect(warnings).toEqual([
      expect.objectContaining({ code: 'W_SEEDS_SKIPPED', message: expect.stringMatching(/^2 /) }),
    ])
  })

  test('reads files and sub-folders in the order of their names, and leaves READMEs and dot files alone', async () => {
    mkdirSync(join(folder, 'b/deep'), { recursive: true })
    const files = { 'c.bin': '3', 'a.bin': '1', 'b/deep/x': '2', 'README.md': 'no', '.gitkeep': 'no', readme: 'no' }
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
    const { seeds, warnings } = await new DirectoryCorpus([folder]).load()
    expect(seeds.map((seed) => text(seed.bytes))).toEqual(['1', '2', '3'])
    expect(warnings).toEqual([])
  })

  test('takes a folder of findings without the descriptions in it', () => {
    const name = `crash-${'0'.repeat(40)}`
    writeFileSync(join(folder, name), 'boom')
    writeFileSync(join(folder, `${name}.json`), '{}')
    expect(readInputs([folder]).seeds.map((seed) => text(seed.bytes))).toEqual(['boom'])
  })

  test('skips what is too large or cannot be read, and says so in one sentence each', async () => {
    writeFileSync(join(folder, 'huge'), new Uint8Array(SEED_FILE_BYTES_MAX + 1))
    symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling'))
    writeFileSync(join(folder, 'fine'), 'x')
    const { seeds, warnings } = await new DirectoryCorpus([folder]).load()
    expect(seeds).toHaveLength(1)
    expect(warnings.map((warning) => warning.message)).toEqual([
      `1 file of the corpus skipped, larger than 1 MiB: ${join(folder, 'huge')}`,
      `1 file of the corpus skipped, not readable: ${join(folder, 'dangling')}`,
    ])
  })

  test('reads each file as it is, whatever the sizes of those before it', () => {
    const sizes = [0, 1, 8191, 8192, 8193, 65_536, 300_000, ...Array.from({ length: 40 }, (_, i) => 997 * i)]
    const contents = sizes.map((size, index) => Buffer.alloc(size, index + 1))
    contents.forEach((content, index) => writeFileSync(join(folder, String(index).padStart(3, '0')), content))
    const { seeds } = readInputs([folder])
    expect(seeds).toHaveLength(contents.length)
    expect(seeds.filter((seed, index) => !contents[index]?.equals(seed.bytes))).toEqual([])
  })

  test('creates the first directory, writes inputs there under their hash, and only reads the others', async () => {
    const first = join(folder, 'new/corpus')
    const second = join(folder, 'seeds')
    mkdirSync(second)
    writeFileSync(join(second, 's'), 'seed')
    const corpus = new DirectoryCorpus([first, second])
    expect((await corpus.load()).seeds.map((seed) => text(seed.bytes))).toEqual(['seed'])
    expect(await corpus.keep('abc', new Uint8Array([1, 2]))).toBeUndefined()
    expect(readFileSync(join(first, 'abc'))).toEqual(Buffer.from([1, 2]))
    expect(readdirSync(second)).toEqual(['s'])
    expect(readdirSync(first)).toEqual(['abc'])
  })

  test('refuses a further directory that is not there: E_CORPUS_MISSING', async () => {
    const load = new DirectoryCorpus([folder, join(folder, 'typo')]).load()
    await expect(load).rejects.toThrow(expect.objectContaining({ code: 'E_CORPUS_MISSING' }))
  })

  test('that cannot be written keeps the campaign going, with one warning', async () => {
    writeFileSync(join(folder, 'file'), '')
    const corpus = new DirectoryCorpus([join(folder, 'file/corpus')])
    expect((await corpus.load()).warnings).toMatchObject([{ code: 'W_CORPUS_WRITE' }])
    expect(await corpus.keep('abc', new Uint8Array())).toBeUndefined()
  })

  test('that becomes unwritable on the way is lost, which ends the campaign', async () => {
    const corpus = new DirectoryCorpus([join(folder, 'corpus')])
    await corpus.load()
    rmSync(join(folder, 'corpus'), { recursive: true })
    writeFileSync(join(folder, 'corpus'), 'now a file')
    await expect(corpus.keep('a', new Uint8Array())).rejects.toThrow(StorageLost)
  })
})

test('a file that cannot be put in its place leaves nothing behind', async () => {
  mkdirSync(join(folder, 'taken/inside'), { recursive: true })
  await expect(writeAtomically(join(folder, 'taken'), 'x')).rejects.toThrow()
  expect(readdirSync(folder)).toEqual(['taken'])
})
