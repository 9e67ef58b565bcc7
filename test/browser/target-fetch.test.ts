// How a page names what it fuzzes, and what it is told about what cannot be.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareInPage as prepareInRunner } from '../../src/browser/runner/no-prepare.ts'
import { fetchTarget } from '../../src/browser/target-fetch.ts'
import { input, refusal } from '../support/targets.ts'
import { CANARY, servePrepared } from './campaign-page.ts'
import { servePages, type PageServer } from './page-server.ts'

let server: PageServer

beforeAll(async () => {
  server = await servePages()
  await servePrepared(server)
  server.pages.set('/canary.wat', { body: CANARY })
  server.pages.set('/empty', { body: new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]) })
  server.pages.set('/page.html', { body: '<!doctype html>' })
})
afterAll(() => server.close())

const at = (path: string): string => `${server.origin}${path}`

test('an address is a module, a text or a prepared file, by what comes from it', async () => {
  expect(await fetchTarget(at('/empty'))).toMatchObject({ kind: 'source', source: { kind: 'wasm' } })
  expect(await fetchTarget(at('/canary.wat?v=2#top'))).toMatchObject({
    source: { kind: 'wat', name: at('/canary.wat') },
  })
  expect(await fetchTarget(at('/canary.fuzzbox'))).toMatchObject({ kind: 'prepared', target: { name: 'canary' } })
})

test('an address that answers with anything else is named: E_TARGET_KIND', async () => {
  expect((await refusal(fetchTarget(at('/page.html')))).code).toBe('E_TARGET_KIND')
})

test('an address that does not answer is named, with why: E_TARGET_FETCH', async () => {
  const { code, message } = await refusal(fetchTarget(at('/nowhere.wasm')))
  expect(code).toBe('E_TARGET_FETCH')
  expect(message).toMatch(/nowhere\.wasm .*404/)
  expect((await refusal(fetchTarget('http://127.0.0.1:1/closed.wasm'))).code).toBe('E_TARGET_FETCH')
})

test('the runner takes prepared modules and says what to do with others: E_NOT_PREPARED', async () => {
  expect(await prepareInRunner(at('/canary.fuzzbox'))).toMatchObject({ name: 'canary' })
  expect((await refusal(prepareInRunner(at('/empty')))).code).toBe('E_NOT_PREPARED')
  expect((await refusal(prepareInRunner({ kind: 'assemblyscript', name: 'x.ts', text: '' }))).code).toBe(
    'E_NO_ASSEMBLYSCRIPT',
  )
})

test('bytes need no name', async () => {
  expect(await fetchTarget(input('anything'))).toMatchObject({ source: { kind: 'wasm', name: 'module' } })
})
