// All inputs of the places that somebody names: a directory and its sub-folders, the output of AFL, a .zip, or a single
// file. Only names are read here.

import { existsSync, readdirSync, statSync, type Dirent } from 'node:fs'
import { join } from 'node:path'
import type { CorpusWarning, SeedInput } from '../../core/campaign/corpus.ts'
import { SEED_FILES_MAX, SEED_FOLDERS_DEEP } from '../../core/limits.ts'
import { plainCodec, type InputCodec } from '../../core/typed/typed-corpus.ts'
import { nodeWarnings } from '../errors.ts'
import { isArchive, readArchive } from './archive.ts'
import { isAflInstance, isForeign } from './foreign-files.ts'
import { inputFile, Skipped, type InputFile } from './input-file.ts'
import { SharedRoom } from './shared-room.ts'

export interface InputList {
  readonly files: InputFile[]
  readonly warnings: CorpusWarning[]
}

/** Every input of `places`, in the order of their names. What is no input is left out; what cannot be used goes to `skipped`. */
export function listInputs(places: readonly string[], skipped: Skipped): InputList {
  const files: InputFile[] = []
  const warnings: CorpusWarning[] = []
  for (const place of places) {
    if (!isFile(place)) walk(place, 1, files, skipped)
    else if (isArchive(place)) {
      const archive = readArchive(place, skipped)
      for (const file of archive.files) files.push(file)
      warnings.push(...archive.warnings)
    } else files.push(inputFile(place))
  }
  if (files.length > SEED_FILES_MAX) {
    files.length = SEED_FILES_MAX
    warnings.push(nodeWarnings.corpusFull(SEED_FILES_MAX))
  }
  return { files, warnings }
}

/** The same with their bytes, and what was skipped said once. */
export function readInputs(
  places: readonly string[],
  codec: InputCodec = plainCodec,
): { seeds: SeedInput[]; warnings: CorpusWarning[] } {
  const skipped = new Skipped(codec)
  const { files, warnings } = listInputs(places, skipped)
  const shared = new SharedRoom()
  const seeds: SeedInput[] = []
  for (const file of files) {
    const bytes = skipped.read(file, shared.room)
    if (bytes !== null) seeds.push({ name: file.name, bytes: shared.keep(bytes) })
  }
  return { seeds, warnings: [...skipped.warnings(), ...warnings] }
}

/** True for a file or a link to one; false for everything else, and for what is not there. */
export function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** True for a place that another fuzzer writes to, where nothing is added and nothing removed. */
export function isAflOutput(folder: string): boolean {
  const entries = entriesOf(folder)
  return entries !== null && (isAflInstance(entries) || entries.some((entry) => isInstance(folder, entry)))
}

function isInstance(folder: string, entry: Dirent): boolean {
  const inside = entry.isDirectory() ? entriesOf(join(folder, entry.name)) : null
  return inside !== null && isAflInstance(inside)
}

function walk(folder: string, depth: number, files: InputFile[], skipped: Skipped): void {
  const entries = entriesOf(folder)
  if (entries === null) {
    if (existsSync(folder)) skipped.add(folder, 'unreadable')
    return
  }
  const isAfl = isAflInstance(entries)
  // What `join` begins the path of a file in it with: for a hundred thousand files, joining each would take a while.
  const prefix = join(folder, '_').slice(0, -1)
  for (const entry of entries) {
    if (isForeign(entry.name) || (isAfl && entry.name !== 'queue') || files.length > SEED_FILES_MAX) continue
    const path = prefix + entry.name
    if (!entry.isDirectory()) files.push(inputFile(path))
    else if (depth < SEED_FOLDERS_DEEP) walk(path, depth + 1, files, skipped)
  }
}

function entriesOf(folder: string): Dirent[] | null {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch {
    return null
  }
}
