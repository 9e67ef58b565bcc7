import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FindingRecord } from '../../src/core/campaign/corpus.ts'
import type { PreparedTarget } from '../../src/core/target/prepared.ts'
import { FindingsFolder, type FindingFile } from '../../src/node/findings-folder.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fuzzbox-findings-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const place = {
  target: { name: 'parser', hash: 'beef' } as PreparedTarget,
  module: "it's/parser.wasm",
  seed: 5,
  replayArguments: ['--entry', 'parse'],
}

const record: FindingRecord = {
  kind: 'out-of-bounds',
  key: 'out-of-bounds|parse',
  message: 'memory access out of bounds',
  frames: [{ functionIndex: 3, functionName: 'parse', offset: 77 }],
  sizeBytes: 3,
  executions: 12,
  elapsedMs: 34,
  reproduced: 5,
  reproduceRuns: 5,
  confirmed: true,
  inputBase64: 'YWJj',
}
const ABC = new TextEncoder().encode('abc')
const CRASH = 'crash-a9993e364706816aba3e25717850c26c9cd0d89d'

describe('a folder of findings', () => {
  test('holds the input under its hash, what is known beside it, and the command that repeats it', async () => {
    const stored = await new FindingsFolder(folder, place).write(record, ABC, null)
    const path = join(folder, CRASH)
    const replay = `npx fuzzbox replay 'it'\\''s/parser.wasm' ${path} --entry parse`
    expect(stored).toEqual({ path, replay, warning: null })
    expect(readdirSync(folder).sort()).toEqual([CRASH, `${CRASH}.json`])
    expect(readFileSync(path, 'utf8')).toBe('abc')
    const about = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as FindingFile
    expect(about).toMatchObject({
      kind: 'out-of-bounds',
      key: record.key,
      frames: record.frames,
      moduleHash: 'beef',
      replay,
    })
    expect(about).toMatchObject({ seed: 5, executions: 12, versions: { node: process.version } })
  })

  test('replaces the input as it was found by the shrunk one', async () => {
    const findings = new FindingsFolder(folder, place)
    const first = await findings.write(record, new Uint8Array(100), null)
    await findings.write(record, ABC, first.path)
    expect(readdirSync(folder).sort()).toEqual([CRASH, `${CRASH}.json`])
  })

  test('names hangs and memory limits as libFuzzer does', async () => {
    const findings = new FindingsFolder(folder, { ...place, module: null as never })
    const timeout = await findings.write({ ...record, kind: 'timeout' }, ABC, null)
    const oom = await findings.write({ ...record, kind: 'memory-limit' }, ABC, null)
    expect([timeout.path, oom.path]).toEqual([
      join(folder, CRASH.replace('crash', 'timeout')),
      join(folder, CRASH.replace('crash', 'oom')),
    ])
    expect(timeout.replay).toBeNull()
  })

  test('that cannot be written is a warning, not the end of the campaign', async () => {
    writeFileSync(join(folder, 'file'), '')
    const stored = await new FindingsFolder(join(folder, 'file/findings'), place).write(record, ABC, null)
    expect(stored).toMatchObject({ path: null, warning: { code: 'W_FINDINGS_WRITE' } })
  })
})
