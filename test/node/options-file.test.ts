import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { INPUT_MAX } from '../../assembly/abi.ts'
import { MEMORY_BYTES_MAX, OPTIONS_FILE_BYTES_MAX, TIMEOUT_MS_MAX } from '../../src/core/limits.ts'
import { findCompanions } from '../../src/node/companions.ts'
import { parseOptions, readOptionsFile } from '../../src/node/options-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fuzzbox-options-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('an options file of OSS-Fuzz', () => {
  test('gives limits, seed and dictionary, and names the rest once', () => {
    const text = `# comment
[libfuzzer]
max_len = 4096
timeout=5
rss_limit_mb : 512
seed = 7
dict = json.dict
close_fd_mask = 3
close_fd_mask = 2
; another

[asan]
detect_leaks = 0
[libFuzzer]
only_ascii = 1
nonsense`
    expect(parseOptions(text, 'builds/json.options')).toEqual({
      maxLen: 4_096,
      timeoutMs: 5_000,
      memoryBytes: 512 * 2 ** 20,
      seed: 7,
      dictionary: join('builds', 'json.dict'),
      ignored: ['close_fd_mask', '[asan]', 'only_ascii', 'line 16'],
    })
  })

  test('asks for no more than there can be, and 0 asks for nothing', () => {
    const most = { maxLen: INPUT_MAX, timeoutMs: TIMEOUT_MS_MAX, memoryBytes: MEMORY_BYTES_MAX, ignored: [] }
    expect(parseOptions('max_len = 99999999\ntimeout = 100\nrss_limit_mb = 99999', 'x')).toEqual(most)
    expect(parseOptions('max_len = 0\ntimeout = 0\nrss_limit_mb = 0', 'x')).toEqual({ ignored: [] })
  })

  test('with a value that is no number is refused with its line: E_OPTIONS_FILE', () => {
    const refused = expect.objectContaining({ code: 'E_OPTIONS_FILE', message: expect.stringContaining('x.options:2') })
    expect(() => parseOptions('[libfuzzer]\nmax_len = lots', 'x.options')).toThrow(refused)
    expect(parseOptions('constructor = 1\n__proto__ = 2', 'x').ignored).toEqual(['constructor', '__proto__'])
  })

  test('that is missing or far too large is refused', () => {
    expect(() => readOptionsFile(join(folder, 'no'))).toThrow(expect.objectContaining({ code: 'E_OPTIONS_FILE' }))
    writeFileSync(join(folder, 'huge'), new Uint8Array(OPTIONS_FILE_BYTES_MAX + 1))
    expect(() => readOptionsFile(join(folder, 'huge'))).toThrow(expect.objectContaining({ code: 'E_OPTIONS_FILE' }))
  })
})

describe('companions', () => {
  const path = (name: string): string => join(folder, name)

  test('are found by the name of the target, and said in one sentence', () => {
    for (const name of ['parser.dict', 'parser_seed_corpus.zip', 'other.dict']) writeFileSync(path(name), '')
    writeFileSync(path('parser.options'), '[libfuzzer]\nclose_fd_mask = 3')
    expect(findCompanions(path('parser.wasm'), null)).toEqual({
      options: { ignored: ['close_fd_mask'] },
      dictionary: path('parser.dict'),
      seeds: path('parser_seed_corpus.zip'),
      notices: [
        {
          code: 'W_COMPANIONS',
          message:
            'using parser.options, parser.dict and parser_seed_corpus.zip beside parser.wasm; ignored in there: close_fd_mask',
        },
      ],
    })
  })

  test('are none where there are none, and folders are none either', () => {
    mkdirSync(path('parser.dict'))
    expect(findCompanions(path('parser.wasm'), null)).toMatchObject({ dictionary: null, seeds: null, notices: [] })
  })

  test('give way to an options file that was named, and to the dictionary that options name', () => {
    writeFileSync(path('parser.dict'), '')
    writeFileSync(path('parser.options'), 'max_len = 1')
    writeFileSync(path('mine.options'), 'max_len = 2\ndict = mine.dict')
    expect(findCompanions(path('parser.wasm'), path('mine.options'))).toMatchObject({
      options: { maxLen: 2 },
      dictionary: path('mine.dict'),
    })
  })
})
