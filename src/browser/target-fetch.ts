// A target as a page names it becomes a source that `prepareTarget` understands, or the prepared target that it is.

import type { ModuleReference } from '../core/runtime.ts'
import type { TargetSource } from '../core/target/load.ts'
import type { PreparedTarget } from '../core/target/prepared.ts'
import { isPreparedFile, readPrepared } from '../core/target/prepared-file.ts'
import { browserErrors, messageOf } from './errors.ts'

export type Fetched =
  | { readonly kind: 'source'; readonly source: TargetSource }
  | { readonly kind: 'prepared'; readonly target: PreparedTarget }

/** Fetches an address; takes bytes and sources as they are. */
export async function fetchTarget(module: ModuleReference): Promise<Fetched> {
  if (module instanceof Uint8Array) return sourceOf('module', module)
  if (typeof module === 'object' && 'kind' in module) {
    if (module.kind === 'assemblyscript') throw browserErrors.assemblyScript(module.name)
    return { kind: 'source', source: module }
  }
  const url = String(module)
  return sourceOf(url, await fetchBytes(url))
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  let response: Response
  try {
    response = await fetch(url)
  } catch (error) {
    throw browserErrors.targetFetch(url, messageOf(error))
  }
  if (!response.ok) throw browserErrors.targetFetch(url, `${response.status} ${response.statusText}`.trim())
  return new Uint8Array(await response.arrayBuffer())
}

function sourceOf(url: string, bytes: Uint8Array): Fetched {
  // What stands behind the path of an address names nothing.
  const name = url.replace(/[?#].*$/, '')
  if (isPreparedFile(bytes)) return { kind: 'prepared', target: readPrepared(bytes, name) }
  if (name.endsWith('.wat'))
    return { kind: 'source', source: { kind: 'wat', name, text: new TextDecoder().decode(bytes) } }
  const isModule = bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d
  if (!isModule && !name.endsWith('.wasm') && url !== 'module') throw browserErrors.targetKind(name)
  return { kind: 'source', source: { kind: 'wasm', name, bytes } }
}
