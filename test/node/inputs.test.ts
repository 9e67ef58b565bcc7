import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isAflOutput, readInputs } from '../../src/node/inputs/list-inputs.ts'
import { nodeRuntime } from '../../src/node/runtime.ts'

let folder: string
let before: string
beforeEach(() => {
  before = process.cwd()
  folder = mkdtempSync(join(tmpdir(), 'fuzzbox-inputs-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
}

function contents(...places: string[]): string[] {
  const { seeds, warnings } = readInputs(places.map((place) => join(folder, place)))
  expect(warnings).toEqual([])
  return seeds.map(({ bytes }) => new TextDecoder().decode(bytes))
}

const AFL = {
  'out/main/queue/id:000000,time:0,orig:seed': 'seed',
  'out/main/queue/id:000001,src:000000,time:9,execs:300,op:havoc,rep:2,+cov': 'found',
  'out/main/queue/.state/deterministic_done/id:000000,time:0,orig:seed': 'state',
  'out/main/crashes/id:000000,sig:06,src:000001': 'crash',
  'out/main/crashes/README.txt': 'about crashes',
  'out/main/hangs/id:000000,src:000001': 'hang',
  'out/main/fuzzer_stats': 'start_time: 1',
  'out/main/plot_data': '# relative_time',
  'out/main/fuzz_bitmap': 'bits',
  'out/main/cmdline': './target',
  'out/main/.cur_input': 'now',
  'out/second/queue/id:000000,orig:other': 'other',
  'out/second/fuzzer_stats': 'start_time: 2',
}

describe('the output of AFL', () => {
  test('gives the queues of its instances and nothing of their own files', () => {
    write(AFL)
    expect(contents('out')).toEqual(['seed', 'found', 'other'])
    expect(contents('out/main')).toEqual(['seed', 'found'])
    expect(contents('out/main/queue')).toEqual(['seed', 'found'])
  })

  test('gives crashes and hangs where they are named', () => {
    write(AFL)
    expect(contents('out/main/crashes', 'out/main/hangs')).toEqual(['crash', 'hang'])
  })

  test('is told from folders that only have a "queue"', () => {
    write({ ...AFL, 'mine/queue/a': 'a', 'mine/b': 'b' })
    expect(contents('mine')).toEqual(['b', 'a'])
    expect(['out', 'out/main', 'mine', 'nowhere'].map((place) => isAflOutput(join(folder, place)))).toEqual([
      true,
      true,
      false,
      false,
    ])
  })

  test('is never written to: what is new goes to the default corpus', async () => {
    write(AFL)
    process.chdir(folder)
    try {
      const place = { target: { name: 'parser' } } as Parameters<typeof nodeRuntime.corpus>[1]
      const corpus = nodeRuntime.corpus(['out'], place)
      expect((await corpus.load()).seeds).toHaveLength(3)
      await corpus.keep('abc', new Uint8Array([1]))
      expect(contents('fuzz/corpus/parser')).toEqual(['\u0001'])
      expect(contents('out')).toHaveLength(3)
    } finally {
      process.chdir(before)
    }
  })
})

test('a single file is a corpus of one, and what other systems leave beside inputs is none', () => {
  write({
    one: 'input',
    'folder/Thumbs.db': 'no',
    'folder/desktop.ini': 'no',
    'folder/.DS_Store': 'no',
    'folder/x': 'x',
  })
  expect(contents('one', 'folder')).toEqual(['input', 'x'])
})
