// How a test gets bytes, in Node and in the browser alike: the built engine, programs to fuzz, golden files, Wasm files
// of packages. Paths are relative to the root of the repository: `build/engine.wasm`, `test/targets/json.wat`,
// `node_modules/source-map/lib/mappings.wasm`.
import { ARTIFACT_PREFIX } from './artifact-prefix.ts'

/** The bytes of one file of the repository; rejects, with its path, when there is none. */
export async function readArtifact(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return 'document' in globalThis ? fetchArtifact(path) : readFromDisk(path)
}

/** The same as text, UTF-8. */
export async function readArtifactText(path: string): Promise<string> {
  return new TextDecoder().decode(await readArtifact(path))
}

async function fetchArtifact(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(ARTIFACT_PREFIX + path)
  if (!response.ok) throw new Error(`no artifact ${path}: ${response.status} ${response.statusText}`)
  return new Uint8Array(await response.arrayBuffer())
}

async function readFromDisk(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const { readFile } = await import('node:fs/promises')
  const bytes = await readFile(new URL(`../../${path}`, import.meta.url)).catch((cause: unknown) => {
    throw new Error(`no artifact ${path}`, { cause })
  })
  return new Uint8Array(bytes)
}
