// What there is of a target below fuzz/: counted and described, never changed.

import { readFileSync, readdirSync, statSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import type { FindingFile } from './findings-folder.ts'
import { Skipped, type InputFile } from './inputs/input-file.ts'
import { listInputs } from './inputs/list-inputs.ts'
import { corpusFolder, findingsFolder, regressionsFolder } from './project-folders.ts'

export interface FolderCount {
  readonly folder: string
  readonly files: number
  readonly bytes: number
}

export interface ListedFinding {
  readonly path: string
  readonly sizeBytes: number
  /** What its description says; null where there is none that can be read. */
  readonly about: Pick<
    FindingFile,
    'kind' | 'key' | 'message' | 'reproduced' | 'reproduceRuns' | 'confirmed' | 'replay'
  > | null
}

export interface Inventory {
  readonly target: string
  readonly corpus: FolderCount
  readonly findings: readonly ListedFinding[]
  readonly regressions: FolderCount & { readonly names: readonly string[] }
}

export function inventoryOf(target: string): Inventory {
  const regressions = filesIn(regressionsFolder(target))
  return {
    target,
    corpus: countOf(corpusFolder(target), filesIn(corpusFolder(target))),
    findings: findingsOf(findingsFolder(target)),
    regressions: { ...countOf(regressionsFolder(target), regressions), names: regressions.map(({ name }) => name) },
  }
}

function filesIn(folder: string): readonly InputFile[] {
  return listInputs([folder], new Skipped()).files
}

function countOf(folder: string, files: readonly InputFile[]): FolderCount {
  return { folder, files: files.length, bytes: files.reduce((sum, { path }) => sum + sizeOf(path ?? ''), 0) }
}

/** Inputs that were filed, the newest last: neither descriptions nor what `minimize` wrote beside them. */
function findingsOf(folder: string): ListedFinding[] {
  return namesIn(folder)
    .filter((name) => !/^\.|\.(json|min)$/.test(name))
    .map((name) => join(folder, name))
    .map((path) => ({ path, sizeBytes: sizeOf(path), about: descriptionOf(path) }))
    .sort((a, b) => modifiedMs(a.path) - modifiedMs(b.path) || (a.path < b.path ? -1 : 1))
}

/** Written by fuzzbox, or by anybody: every field is looked at before it is believed. */
function descriptionOf(path: string): ListedFinding['about'] {
  try {
    const found = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as Partial<FindingFile>
    const { kind, key, message, reproduced, reproduceRuns, confirmed = null, replay = null } = found
    if (typeof kind !== 'string' || typeof key !== 'string' || typeof message !== 'string') return null
    if (typeof reproduced !== 'number' || typeof reproduceRuns !== 'number') return null
    return { kind, key, message, reproduced, reproduceRuns, confirmed, replay: replay === null ? null : String(replay) }
  } catch {
    return null
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []))
  } catch {
    return []
  }
}

function sizeOf(path: string): number {
  return statOf(path)?.size ?? 0
}

function modifiedMs(path: string): number {
  return statOf(path)?.mtimeMs ?? 0
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}
