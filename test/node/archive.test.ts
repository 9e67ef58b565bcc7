import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Zip, ZipDeflate, zipSync, type Zippable } from 'fflate'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ARCHIVE_UNPACKED_BYTES_MAX, SEED_FILE_BYTES_MAX } from '../../src/core/limits.ts'
import { readInputs } from '../../src/node/inputs/list-inputs.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fuzzbox-archive-'))
  path = join(folder, 'seeds.zip')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

function read(content: Uint8Array): { inputs: Record<string, string>; warnings: string[] } {
  writeFileSync(path, content)
  const { seeds, warnings } = readInputs([path])
  const named = seeds.map(({ name, bytes }) => [name.slice(path.length + 1), new TextDecoder().decode(bytes)] as const)
  return { inputs: Object.fromEntries(named), warnings: warnings.map(({ code, message }) => `${code} ${message}`) }
}

/** Written as a stream: sizes stand behind the data. */
function streamed(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const parts: Uint8Array[] = []
  const zip = new Zip((error, part) => {
    if (error) throw error
    parts.push(part)
  })
  for (const [name, bytes] of Object.entries(files)) {
    const file = new ZipDeflate(name)
    zip.add(file)
    file.push(bytes, true)
  }
  zip.end()
  return new Uint8Array(Buffer.concat(parts))
}

/** `content` with the unpacked size of its only entry replaced, in both places that tell it. */
function lyingAbout(content: Uint8Array, sizeBytes: number): Uint8Array {
  const view = new DataView(content.buffer, content.byteOffset)
  for (let at = 0; at < content.length - 4; at++) {
    if (view.getUint32(at, true) === 0x04034b50) view.setUint32(at + 22, sizeBytes, true)
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, sizeBytes, true)
  }
  return content
}

const noise = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => (index * index * 31) >> 5)

describe('an archive of inputs', () => {
  const files: Zippable = {
    'json/a': bytesOf('[1]'),
    empty: new Uint8Array(0),
    stored: [bytesOf('as it is'), { level: 0 }],
    'README.md': bytesOf('no'),
    '__MACOSX/._a': bytesOf('no'),
    'json/': new Uint8Array(0),
  }
  const wanted = { 'json/a': '[1]', empty: '', stored: 'as it is' }

  test('gives its files, packed or not, and neither folders nor READMEs', () => {
    expect(read(zipSync(files))).toEqual({ inputs: wanted, warnings: [] })
  })

  test('may have been written as a stream', () => {
    const content = { one: bytesOf('1'.repeat(5_000)), two: noise(70_000) }
    const { inputs, warnings } = read(streamed(content))
    expect(warnings).toEqual([])
    expect(Object.keys(inputs)).toEqual(['one', 'two'])
    expect(inputs['one']).toBe('1'.repeat(5_000))
    expect(inputs['two']).toBe(new TextDecoder().decode(content.two))
  })

  test('with absolute names, or such as lead upwards, has names and nothing else', () => {
    const names = ['/etc/passwd', '../../up', 'C:\\x', 'a\u001b[2Jb']
    const { inputs } = read(zipSync(Object.fromEntries(names.map((name) => [name, bytesOf(name)]))))
    expect(Object.values(inputs)).toEqual(names)
    expect(Object.keys(inputs).join()).not.toContain('\u001b')
  })

  test('skips what unpacks to more than an input may have, whatever its header says', () => {
    const large = { large: new Uint8Array(SEED_FILE_BYTES_MAX + 1), fine: bytesOf('x') }
    for (const content of [zipSync(large), lyingAbout(zipSync(large), 7), streamed(large)]) {
      const { inputs, warnings } = read(content)
      expect(inputs).toEqual({ fine: 'x' })
      expect(warnings).toEqual([expect.stringContaining(`larger than 1 MiB: ${path}:large`)])
    }
  })

  test('stops unpacking a bomb soon after its limit, and says so', () => {
    const entry = new Uint8Array(SEED_FILE_BYTES_MAX)
    const count = ARCHIVE_UNPACKED_BYTES_MAX / SEED_FILE_BYTES_MAX + 20
    const one = zipSync({ bomb: entry })
    // Entries one after the other; what follows them is not needed to read them.
    const local = one.subarray(0, one.length - 22 - 46 - 4)
    const { inputs, warnings } = read(new Uint8Array(Buffer.concat(Array.from({ length: count }, () => local))))
    expect(Object.keys(inputs)).toEqual(['bomb'])
    expect(warnings).toEqual([expect.stringMatching(/^W_ARCHIVE .*it unpacks to more than 268435456 bytes/)])
  })

  test('cut short gives what was whole, and says so', () => {
    const whole = zipSync({ a: bytesOf('first'), b: [noise(40_000), { level: 0 }] })
    const { inputs, warnings } = read(whole.slice(0, 20_000))
    expect(inputs).toEqual({ a: 'first' })
    expect(warnings).toEqual([expect.stringMatching(/^W_ARCHIVE /)])
  })

  test('with damaged data skips the file and reads on', () => {
    const damaged = zipSync({ a: bytesOf('all work and no play '.repeat(300)), b: bytesOf('fine') })
    damaged.fill(0xff, 31, 51)
    const { inputs, warnings } = read(damaged)
    expect(inputs).toEqual({ b: 'fine' })
    expect(warnings).toEqual([expect.stringContaining('not readable')])
  })

  test('skips what is packed in a way that is not known, and reads on', () => {
    const content = zipSync({ a: bytesOf('first '.repeat(9)), b: bytesOf('fine') })
    // The method stands at 8 of an entry; 14 is LZMA.
    content[8] = 14
    const { inputs, warnings } = read(content)
    expect(inputs).toEqual({ b: 'fine' })
    expect(warnings).toEqual([expect.stringContaining(`not readable: ${path}:a`)])
  })

  test('that is empty is fine, and one that is none is refused: E_ARCHIVE', () => {
    expect(read(zipSync({}))).toEqual({ inputs: {}, warnings: [] })
    for (const content of [bytesOf('just some text, and no archive'), new Uint8Array(0)]) {
      expect(() => read(content)).toThrow(expect.objectContaining({ code: 'E_ARCHIVE' }))
    }
  })
})
