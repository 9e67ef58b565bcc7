// Exports with arguments of their own, from the command line: --entry, --types, and what replay and doctor make of them.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { readGoFile } from '../../src/core/typed/go-format.ts'
import type { BytesArgument, ScalarArgument } from '../../src/core/typed/record.ts'
import { buildWhenStale, fuzzbox, targetPath, type Ended } from './command.ts'

beforeAll(buildWhenStale, 120_000)

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'fuzzbox-typed-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

const run = (...words: string[]): Promise<Ended> => fuzzbox(words, { cwd })
const TYPED = targetPath('typed.wat')

test('an export of numbers is fuzzed when it is named, and the replay of what it fails on names it too', async () => {
  const ended = await run('run', TYPED, '--entry', 'scale', '--runs', '3000', '--seed', '1', '--stop-on-finding')
  expect(ended).toMatchObject({ code: 77, stderr: '' })
  const words = /npx fuzzbox (replay .* --entry scale\b.*)/.exec(ended.stdout)![1]!
  const replayed = await run(...words.split(' '))
  expect(replayed).toMatchObject({ code: 77, stderr: '' })
  expect(replayed.stdout).toMatch(/unreachable[^]*boom/)
})

test('with --types an export gets texts, flags and code points, and the replay says so again', async () => {
  const types = 'string,bool,rune'
  const ended = await run(
    ...['run', TYPED, '--entry', 'parse', '--types', types, '--runs', '200000', '--seed', '1', '--stop-on-finding'],
  )
  expect(ended).toMatchObject({ code: 77, stderr: '' })
  const replay = /npx fuzzbox replay (\S+) (\S+) (.*)/.exec(ended.stdout)!
  expect(replay[3]).toContain(`--types ${types}`)
  const file = readGoFile(readFileSync(join(cwd, replay[2]!)))
  const [text, strict, end] = 'values' in file ? file.values : []
  expect(new TextDecoder().decode((text as BytesArgument).bytes)).toMatch(/^go/)
  expect(strict).toMatchObject({ value: 1n })
  const rune = BigInt.asUintN(32, (end as ScalarArgument).value)
  expect(rune).toBeGreaterThan(0x10ffffn)
})

test('doctor shows the arguments', async () => {
  const ended = await run('doctor', TYPED, '--entry', 'parse', '--types', 'bytes,bool,u32')
  expect(ended.stdout).toContain('parse(bytes, bool, u32): its input is a record of these')
  expect(ended.stdout).toContain('the empty input returns 0, 5 of 5 times the same')
  expect(ended.code).toBe(0)
})

test('a type that nobody knows, and types that do not fit, are errors of one sentence', async () => {
  const unknown = await run('run', TYPED, '--entry', 'parse', '--types', 'strng,bool,rune')
  expect(unknown.code).toBe(2)
  expect(unknown.stderr).toContain('E_TYPES')
  const wrong = await run('run', TYPED, '--entry', 'parse', '--types', 'string,i64')
  expect(wrong.code).toBe(2)
  expect(wrong.stderr).toContain('needs an entry that takes (i32, i32, i64), and "parse"')
  expect(wrong.stderr).toContain('takes (i32, i32, i32, i32)')
  expect(wrong.stderr).toContain('E_ENTRY_SIGNATURE')
})

test("replay runs a file of Go's, and says of another what is wrong with it", async () => {
  const good = 'go test fuzz v1\nstring("go")\nbool(false)\nrune(\'a\')\n'
  const files = { good, wrong: good.replace('false', 'no'), raw: 'go!' }
  mkdirSync(join(cwd, 'inputs'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, 'inputs', name), text)
  const replay = (path: string): Promise<Ended> =>
    run('replay', TYPED, path, '--entry', 'parse', '--types', 'string,bool,rune')
  expect(await replay('inputs/good')).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining(': ok') })
  const wrong = await replay('inputs/wrong')
  expect(wrong.code).toBe(2)
  expect(wrong.stderr).toMatch(/inputs\/wrong holds no arguments .*line 3, "bool\(no\)".*E_TYPED_FILE/)
  expect((await replay('inputs/raw')).stderr).toMatch(/first line is not "go test fuzz v1".*E_TYPED_FILE/)
  const all = await replay('inputs')
  expect(all.code).toBe(0)
  expect(all.stderr).toMatch(/inputs\/raw \[W_TYPED_FOREIGN\][^]*inputs\/wrong: line 3[^]*W_TYPED_FILES/)
})
