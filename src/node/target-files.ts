// A target's path becomes the source that `prepareTarget` understands.

import { readdirSync } from 'node:fs'
import { basename, dirname, extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FuzzboxError, didYouMean } from '../core/errors.ts'
import type { ModuleReference } from '../core/runtime.ts'
import type { TargetSource } from '../core/target/load.ts'
import { nodeErrors } from './errors.ts'
import { readRegularFile } from './regular-file.ts'

/** A source without functions, so that it can be posted, and the path from which its imports are read. */
export interface SourceFile {
  readonly source: TargetSource
  readonly path: string | null
}

export function readTarget(module: ModuleReference): SourceFile {
  if (module instanceof Uint8Array) return { source: { kind: 'wasm', name: 'module', bytes: module }, path: null }
  if (typeof module === 'object' && 'kind' in module) return { source: module, path: null }
  const path = module instanceof URL ? fileURLToPath(module) : module
  const bytes = readBytes(path)
  const name = path
  const kind = extname(path).toLowerCase()
  if (kind === '.wat') return { source: { kind: 'wat', name, text: textOf(bytes) }, path }
  if (kind === '.ts') return { source: { kind: 'assemblyscript', name, text: textOf(bytes) }, path }
  const isModule = bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d
  if (kind !== '.wasm' && !isModule) throw nodeErrors.targetKind(path)
  return { source: { kind: 'wasm', name, bytes }, path }
}

function readBytes(path: string): Uint8Array {
  try {
    return readRegularFile(path)
  } catch (error) {
    if (!(error instanceof Error) || error instanceof FuzzboxError) throw error
    if ('code' in error && error.code === 'ENOENT') throw nodeErrors.targetMissing(path, neighbour(path))
    throw nodeErrors.targetUnreadable(path, error)
  }
}

function neighbour(path: string): string {
  try {
    return didYouMean(basename(path), readdirSync(dirname(path)))
  } catch {
    return ''
  }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
