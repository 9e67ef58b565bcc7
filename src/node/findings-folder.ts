// Findings on disk: fuzz/findings/<target>/crash-<sha1> holds the input, the same name with .json what is known of it.
// Of a target with typed arguments it is crash-<16 digits of sha256>, a file of Go's.

import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ABI_VERSION } from '../../assembly/abi.ts'
import { StorageLost, type FindingRecord, type FindingStore, type StoredFinding } from '../core/campaign/corpus.ts'
import { fileNameOf } from '../core/findings/finding.ts'
import type { Frame, TrapKind } from '../core/outcome.ts'
import type { SessionPlace } from '../core/runtime.ts'
import { codecOf, type InputCodec } from '../core/typed/typed-corpus.ts'
import { writeAtomically } from './atomic-file.ts'
import { isForbidden, nodeWarnings, reasonOf } from './errors.ts'
import { packageVersion } from './package-files.ts'

/** The .json beside an input that was found. */
export interface FindingFile {
  readonly formatVersion: 1
  readonly kind: TrapKind
  readonly key: string
  readonly message: string
  readonly frames: readonly Frame[]
  readonly target: string
  /** SHA-256 of the module and its harness, in hex. */
  readonly moduleHash: string
  readonly seed: number
  readonly executions: number
  readonly elapsedMs: number
  readonly sizeBytes: number
  readonly reproduced: number
  readonly reproduceRuns: number
  readonly confirmed: boolean | null
  /** Of a target with typed arguments, one text each. */
  readonly arguments?: readonly string[]
  readonly versions: { readonly fuzzbox: string; readonly abi: number; readonly node: string }
  readonly replay: string | null
}

export class FindingsFolder implements FindingStore {
  readonly #folder: string
  readonly #place: SessionPlace
  readonly #codec: InputCodec
  #written = false

  constructor(folder: string, place: SessionPlace) {
    this.#folder = folder
    this.#place = place
    this.#codec = codecOf(place.target.types)
  }

  async write(finding: FindingRecord, input: Uint8Array, replaces: string | null): Promise<StoredFinding> {
    const file = this.#codec.encodeFile(input)
    const path = join(this.#folder, fileNameOf(finding.kind, await this.#codec.nameOf(file)))
    const replay = replayCommand(this.#place, path)
    try {
      await writeAtomically(path, file)
      await writeAtomically(`${path}.json`, `${JSON.stringify(this.#describe(finding, replay), null, 2)}\n`)
      if (replaces !== null && replaces !== path) {
        await rm(replaces, { force: true })
        await rm(`${replaces}.json`, { force: true })
      }
      this.#written = true
      return { path, replay, warning: null }
    } catch (error) {
      if (this.#written || !isForbidden(error)) {
        throw new StorageLost(`the findings directory ${this.#folder}`, reasonOf(error))
      }
      return { path: null, replay: null, warning: nodeWarnings.findingsWrite(this.#folder, error) }
    }
  }

  replayOf(path: string): string | null {
    return replayCommand(this.#place, path)
  }

  #describe(finding: FindingRecord, replay: string | null): FindingFile {
    const { target, seed } = this.#place
    const { inputBase64: _, ...known } = finding
    return {
      formatVersion: 1,
      ...known,
      target: target.name,
      moduleHash: target.hash,
      seed,
      versions: { fuzzbox: packageVersion(), abi: ABI_VERSION, node: process.version },
      replay,
    }
  }
}

/** Null for a module that has no path to name. */
function replayCommand(place: SessionPlace, inputPath: string): string | null {
  const { module } = place
  if (typeof module !== 'string' && !(module instanceof URL)) return null
  const modulePath = typeof module === 'string' ? module : fileURLToPath(module)
  return ['npx fuzzbox replay', quoted(modulePath), quoted(inputPath), ...place.replayArguments.map(quoted)].join(' ')
}

/** As a POSIX shell wants it. */
export function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`
}
