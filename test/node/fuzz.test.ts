import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fuzz } from '../../src/node/index.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fuzzbox-fuzz-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('fuzz() runs a file in a worker thread and leaves corpus and findings where it is told', async () => {
  const module = new URL('../targets/hostile/exits.wat', import.meta.url)
  const [corpus, findings] = [join(folder, 'corpus'), join(folder, 'findings')]
  const session = fuzz({ module, corpus, findings, seed: 1, limits: { runs: 20_000 } })
  const types = new Set<string>()
  for await (const event of session) types.add(event.type)
  const report = await session.done
  expect([...types]).toEqual(expect.arrayContaining(['status', 'finding', 'end']))
  expect(report).toMatchObject({ executions: 20_000, findings: [{ kind: 'exit' }] })
  const [finding] = report.findings
  expect(readFileSync(finding!.path!, 'utf8')).toBe('E')
  expect(finding!.replay).toContain(`npx fuzzbox replay ${fileURLToPath(module)}`)
  expect(existsSync(corpus)).toBe(true)
})

test('fuzz() says what is wrong with the bytes of a module', async () => {
  const session = fuzz({ module: new Uint8Array([1, 2, 3]), findings: folder, corpus: folder, limits: { runs: 1 } })
  await expect(session.done).rejects.toMatchObject({ code: 'E_NOT_WASM' })
})
