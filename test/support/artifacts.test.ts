import { expect, test } from 'vitest'
import { readArtifact, readArtifactText } from './artifacts.ts'

test('gives the bytes of a Wasm file inside a package', async () => {
  const bytes = await readArtifact('node_modules/source-map/lib/mappings.wasm')
  expect(bytes.slice(0, 4)).toEqual(new Uint8Array([0, 0x61, 0x73, 0x6d]))
  expect(WebAssembly.validate(bytes)).toBe(true)
})

test('gives TypeScript as it stands, not as the test server would rewrite it', async () => {
  expect(await readArtifactText('test/support/artifacts.ts')).toContain('Promise<Uint8Array<ArrayBuffer>>')
})

test('says which file is missing', async () => {
  await expect(readArtifact('test/support/nothing.wasm')).rejects.toThrow('no artifact test/support/nothing.wasm')
})
