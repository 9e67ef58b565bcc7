// include/fuzzbox.h, as C and C++ compilers take it.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { job, openSimulation, prepareSimulation, startOf } from '../core/explore/runners.ts'
import { root } from '../tidy/files.ts'

const built = mkdtempSync(join(tmpdir(), 'fuzzbox-header-'))
const CLANG = ['clang-19', 'clang'].find((name) => spawnSync(name, ['--version']).status === 0)

afterAll(() => rmSync(built, { recursive: true, force: true }))

function compile(language: string): Uint8Array<ArrayBuffer> {
  const output = join(built, 'marks.wasm')
  const options = [
    '--target=wasm32',
    '-mbulk-memory',
    '-O2',
    '-nostdlib',
    '-Werror',
    '-Wall',
    '-Wextra',
    '-Wl,--no-entry',
  ]
  const source = join(root, 'test/targets/marks.c')
  execFileSync(CLANG!, [...options, '-I', join(root, 'include'), '-x', language, source, '-o', output])
  return readFileSync(output)
}

test.for(['c', 'c++'])('every macro calls its mark, in %s', async (language, { skip }) => {
  if (CLANG === undefined) skip('there is no clang')
  const prepared = await prepareSimulation({ kind: 'wasm', name: 'marks.wasm', bytes: compile(language) })
  const { timelines, marks } = (await openSimulation(prepared)).run(job(startOf(1n), [null]))
  expect(marks.map(({ name: { kind, message }, passes, fails }) => `${kind} ${message} ${passes}-${fails}`)).toEqual([
    'always debt 1-0',
    'always no overdraft 0-1',
    'always-or-unreachable rich 0-1',
    'unreachable lost write 1-0',
    'always-gt above 0-1',
    'always-ge at least 1-0',
    'always-lt below 1-0',
    'always-le at most 0-1',
    'sometimes a leader is elected 1-0',
    'reachable retry 1-0',
    'sometimes-gt deep 0-1',
    'sometimes-ge any 1-0',
    'sometimes-lt shallow 1-0',
    'sometimes-le none 0-1',
    'sometimes-all quorum 0-1',
    'each gate 1-0',
    'each room 1-0',
  ])
  expect(timelines[0]!.violations.map(({ message, details }) => `${message}: ${details}`)).toEqual([
    'no overdraft: balance=-3 lock=0',
    'rich: ',
    'lost write: at=-9223372036854775808',
    'above: left=-3 right=0',
    'at most: left=7 right=-3',
  ])
  const named = new Map(marks.map(({ name, ...mark }) => [name.message, { ...mark, keys: name.keys }]))
  expect(named.get('gate')).toMatchObject({ keys: [0n, -3n], quality: [-3n, 5n] })
  expect(named.get('quorum')).toMatchObject({ frontier: 2 })
  expect(prepared.module.map.marks!.sites).toHaveLength(marks.length)
})
