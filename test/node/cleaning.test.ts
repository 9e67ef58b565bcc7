import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sweepTemporaries } from '../../src/node/atomic-file.ts'
import { clean } from '../../src/node/cleaning.ts'
import { inventoryOf } from '../../src/node/inventory.ts'
import { knownTargets } from '../../src/node/project-folders.ts'
import { readRegressions } from '../../src/node/regressions.ts'

let folder: string
let before: string
beforeEach(() => {
  before = process.cwd()
  folder = mkdtempSync(join(tmpdir(), 'fuzzbox-project-'))
  process.chdir(folder)
})
afterEach(() => {
  process.chdir(before)
  rmSync(folder, { recursive: true, force: true })
})

const hashOf = (text: string, algorithm = 'sha1'): string => createHash(algorithm).update(text).digest('hex')
const crash = (text: string): string => `crash-${hashOf(text)}`

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(name), { recursive: true })
    writeFileSync(name, content)
  }
}

function allFiles(): string[] {
  return readdirSync('.', { recursive: true, withFileTypes: true })
    .flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : []))
    .sort()
}

const DEAD = spawnSync(process.execPath, ['--version']).pid

/** What fuzzbox made, and what others did. */
function project(): { own: string[]; findings: string[]; others: string[] } {
  const about = {
    formatVersion: 1,
    kind: 'abort',
    key: 'abort|f',
    message: 'abort: no\nmore',
    reproduced: 5,
    reproduceRuns: 5,
  }
  const own = {
    [`fuzz/corpus/parser/${hashOf('one')}`]: 'one',
    [`fuzz/corpus/parser/${hashOf('two', 'sha256').slice(0, 16)}`]: 'two',
    [`fuzz/corpus/parser/.fuzzbox-${DEAD}-0`]: 'half',
    'fuzz/corpus/.fuzzbox-merge-parser': 'journal',
    'fuzz/corpus/.fuzzbox-removed-parser': 'list',
    'fuzz/stats/parser/fuzzer_stats': 'start_time: 1',
    'fuzz/stats/parser/plot_data': '1, 2',
  }
  const findings = {
    [`fuzz/findings/parser/${crash('boom')}`]: 'boom',
    [`fuzz/findings/parser/${crash('boom')}.json`]: JSON.stringify({ ...about, replay: 'npx fuzzbox replay' }),
  }
  const others = {
    'fuzz/corpus/parser/seed.txt': 'mine',
    [`fuzz/corpus/parser/${hashOf('one').replace(/.$/, 'x')}`]: 'one',
    [`fuzz/corpus/parser/${hashOf('before')}`]: 'changed by hand',
    [`fuzz/corpus/parser/.fuzzbox-${process.pid}-7`]: 'being written',
    'fuzz/corpus/parser/README.md': 'about',
    [`fuzz/findings/parser/${crash('boom')}.min`]: 'b',
    [`fuzz/findings/parser/${crash('edited')}`]: 'changed by hand',
    'fuzz/findings/parser/notes.json': '{}',
    'fuzz/stats/parser/mine.png': 'plot',
    [`fuzz/regressions/parser/${crash('kept')}`]: 'kept',
    [`fuzz/regressions/parser/${hashOf('one')}`]: 'one',
  }
  write({ ...own, ...findings, ...others })
  return { own: Object.keys(own), findings: Object.keys(findings), others: Object.keys(others).sort() }
}

describe('cleaning', () => {
  const everything = { target: null, findings: true, cache: false, dryRun: false }

  test('removes what was generated and nothing else', () => {
    const { others } = project()
    clean(everything)
    expect(allFiles()).toEqual(others)
  })

  test('leaves findings where they are not asked for', () => {
    const { others, findings } = project()
    const cleaned = clean({ ...everything, findings: false })
    expect(allFiles()).toEqual([...others, ...findings].sort())
    expect(cleaned.map(({ what, files, foreign }) => [what, files.length, foreign])).toEqual([
      ['corpus', 2, 4],
      ['leftovers', 3, 0],
      ['statistics', 2, 1],
    ])
  })

  test('removes nothing when it only says what it would', () => {
    project()
    const files = allFiles()
    expect(clean({ ...everything, dryRun: true }).flatMap((cleaned) => cleaned.files)).toHaveLength(9)
    expect(allFiles()).toEqual(files)
  })

  test('of one target leaves the others alone, and folders that are empty go', () => {
    write({
      [`fuzz/corpus/a/${hashOf('1')}`]: '1',
      [`fuzz/corpus/b/${hashOf('1')}`]: '1',
      'fuzz/stats/b/plot_data': '',
    })
    clean({ ...everything, target: 'a' })
    expect(allFiles()).toEqual([`fuzz/corpus/b/${hashOf('1')}`, 'fuzz/stats/b/plot_data'])
    expect(knownTargets()).toEqual(['b'])
    clean(everything)
    expect(existsSync('fuzz')).toBe(false)
  })

  test('removes the cache, and of its folder only what the cache put there', () => {
    const cache = process.env['FUZZBOX_CACHE']
    process.env['FUZZBOX_CACHE'] = 'cache'
    try {
      write({ [`cache/${'0'.repeat(64)}.fuzzbox`]: 'module', 'cache/photo.jpg': 'mine' })
      clean({ ...everything, cache: true })
      expect(allFiles()).toEqual(['cache/photo.jpg'])
    } finally {
      if (cache === undefined) delete process.env['FUZZBOX_CACHE']
      else process.env['FUZZBOX_CACHE'] = cache
    }
  })
})

describe('an inventory', () => {
  test('counts inputs and describes findings, whatever stands in their descriptions', () => {
    project()
    write({ [`fuzz/findings/parser/${crash('edited')}.json`]: '{"kind": 1' })
    const { corpus, findings, regressions } = inventoryOf('parser')
    expect(corpus).toEqual({ folder: 'fuzz/corpus/parser', files: 5, bytes: 3 + 3 + 4 + 3 + 15 })
    expect(findings).toHaveLength(2)
    expect(findings).toContainEqual({
      path: `fuzz/findings/parser/${crash('boom')}`,
      sizeBytes: 4,
      about: expect.objectContaining({ kind: 'abort', message: 'abort: no\nmore', replay: 'npx fuzzbox replay' }),
    })
    expect(findings).toContainEqual({ path: `fuzz/findings/parser/${crash('edited')}`, sizeBytes: 15, about: null })
    expect(regressions).toMatchObject({ files: 2, bytes: 7 })
    expect(inventoryOf('nobody')).toMatchObject({ corpus: { files: 0 }, findings: [], regressions: { names: [] } })
  })
})

test('regressions are read from their folder, and there may be none', () => {
  project()
  const { inputs, folder: where } = readRegressions({ name: 'parser', types: null })
  expect(where).toBe('fuzz/regressions/parser')
  expect(inputs.map(({ bytes }) => new TextDecoder().decode(bytes)).sort()).toEqual(['kept', 'one'])
  expect(readRegressions({ name: 'nobody', types: null })).toMatchObject({ inputs: [], warnings: [] })
})

test('temporary files of processes that are gone are swept, those of the living stay', () => {
  const living = [`.fuzzbox-${process.pid}-1`, `.fuzzbox-${process.ppid}-2`, '.fuzzbox-merge-x', `fuzzbox-${DEAD}-0`]
  write(Object.fromEntries([...living, `.fuzzbox-${DEAD}-0`, `.fuzzbox-${DEAD}-12`].map((name) => [name, ''])))
  sweepTemporaries('.')
  expect(allFiles()).toEqual(living.sort())
  sweepTemporaries('nowhere')
})
