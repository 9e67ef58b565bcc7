// Campaigns that share a directory, and directories that are lost under a campaign: real threads, real files.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EndEvent, SessionEvent } from '../../src/core/campaign/events.ts'
import type { FuzzOptions } from '../../src/core/fuzz.ts'
import type { Session } from '../../src/core/session.ts'
import { fuzz } from '../../src/node/index.ts'
import { wat } from '../support/targets.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fuzzbox-shared-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Three edges that anybody finds, and one behind eight bytes that nobody guesses. */
const LOCKED = wat(
  `(module (memory (export "memory") 1)
    (func $inside (param i32) (drop (i32.load8_u offset=8 (local.get 0))))
    (func (export "LLVMFuzzerTestOneInput") (param i32 i32) (result i32)
      (if (i32.ge_u (local.get 1) (i32.const 8)) (then
        (if (i64.eq (i64.load (local.get 0)) (i64.const 0x7964616572206f67)) (then (call $inside (local.get 0))))))
      (i32.const 0)))`,
  'locked.wat',
)

/** A target with two hundred ways that are easy to find: files are written all the time. */
function manyWays(): ReturnType<typeof wat> {
  const way = (index: number): string =>
    `(if (i32.eq (i32.load8_u offset=${index % 4} (local.get 0)) (i32.const ${index})) (then (local.set 2 (i32.const 1))))`
  return wat(
    `(module (memory (export "memory") 1)
      (func (export "LLVMFuzzerTestOneInput") (param i32 i32) (result i32) (local i32)
        ${Array.from({ length: 200 }, (_, index) => way(index)).join('\n        ')}
        (i32.const 0)))`,
    'ways.wat',
  )
}

/** The inputs in the place that the one sentence names; the place is removed. */
function savedIn(messages: readonly string[]): string[] {
  const told = messages.filter((message) => message.includes('can no longer be written'))
  expect(told).toHaveLength(1)
  const place = /saved in (\S+):/.exec(told[0]!)![1]!
  const saved = readdirSync(join(place, 'corpus'))
  rmSync(place, { recursive: true })
  return saved
}

const campaign = (options: Partial<FuzzOptions>): Session =>
  fuzz({ module: LOCKED, corpus: join(folder, 'corpus'), findings: join(folder, 'findings'), workers: 1, ...options })

async function eventsOf(session: Session, onEvent: (event: SessionEvent) => void): Promise<EndEvent> {
  for await (const event of session) onEvent(event)
  return await session.done
}

test('two campaigns on one corpus directory find each other’s inputs', async () => {
  const knows = campaign({ seed: 1, dictionary: ['go ready'] })
  // It would read the eight bytes off the code and its compares: without them it has to be given the input.
  const learns = campaign({ seed: 2, compares: false, without: ['tokens', 'compares'] })
  let all = Infinity
  const learned = eventsOf(learns, (event) => {
    if (event.type !== 'status') return
    all = event.edgesTotal
    if (event.edges === all) learns.stop()
  })
  const end = await learned
  knows.stop()
  expect(end).toMatchObject({ edges: all, reason: 'stopped' })
  expect((await knows.done).edges).toBe(all)
  const inputs = readdirSync(join(folder, 'corpus')).map((name) => readFileSync(join(folder, 'corpus', name), 'latin1'))
  expect(inputs.some((input) => input.startsWith('go ready'))).toBe(true)
})

describe('a corpus directory', () => {
  test('that vanishes ends the run with one sentence, and what was found is saved elsewhere', async () => {
    const corpus = join(folder, 'corpus')
    const messages: string[] = []
    const end = await eventsOf(campaign({ module: manyWays(), seed: 1 }), (event) => {
      if (event.type === 'warning') messages.push(event.message)
      if (event.type === 'input') rmSync(corpus, { recursive: true, force: true })
    })
    expect(end.reason).toBe('storage')
    expect(existsSync(corpus)).toBe(false)
    expect(savedIn(messages)).toHaveLength(end.inputsNew)
  })

  test('on a disk that is full ends the run in the same way, and leaves no half of a file', async ({ skip }) => {
    const disk = mkdtempSync(join(folder, 'disk-'))
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk])
    if (mounted.status !== 0) skip('only root can make a small disk')
    try {
      writeFileSync(join(disk, 'filling'), new Uint8Array(56 * 1024))
      const messages: string[] = []
      const session = campaign({ module: manyWays(), seed: 1, corpus: join(disk, 'corpus') })
      const end = await eventsOf(session, (event) => event.type === 'warning' && messages.push(event.message))
      expect(end.reason).toBe('storage')
      expect(savedIn(messages)).toHaveLength(end.inputsNew)
      expect(readdirSync(join(disk, 'corpus')).filter((name) => name.startsWith('.fuzzbox-'))).toEqual([])
    } finally {
      spawnSync('umount', [disk])
    }
  })
})
