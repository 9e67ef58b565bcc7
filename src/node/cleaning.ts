// Removes what fuzzbox generated, and what is plainly so: a file in the corpus whose name is the hash of its content, a
// finding whose name is, leftovers of killed processes. What people put there, or other tools, has other names and stays,
// and regressions are never looked at.

import { createHash } from 'node:crypto'
import { lstatSync, readFileSync, readdirSync, rmSync, rmdirSync, type Dirent } from 'node:fs'
import { dirname, join } from 'node:path'
import { leftTemporaries } from './atomic-file.ts'
import { cachedFiles } from './module-cache.ts'
import {
  CORPUS_ROOT,
  FINDINGS_ROOT,
  corpusFolder,
  findingsFolder,
  knownTargets,
  statisticsFolder,
} from './project-folders.ts'

export interface CleanOptions {
  /** Null cleans every target. */
  readonly target: string | null
  readonly findings: boolean
  readonly cache: boolean
  /** Removes nothing, and tells what would be. */
  readonly dryRun: boolean
}

export interface Cleaned {
  readonly what: 'corpus' | 'leftovers' | 'statistics' | 'findings' | 'cache'
  readonly folder: string
  readonly files: readonly string[]
  readonly bytes: number
  /** Files that are not fuzzbox's, and stay. */
  readonly foreign: number
}

/** What was removed, or would be. Throws what the file system throws. */
export function clean({ target, findings, cache, dryRun }: CleanOptions): Cleaned[] {
  const targets = target === null ? knownTargets() : [target]
  const cleaned = [
    ...targets.map((name) => sorted('corpus', corpusFolder(name), isOwnInput)),
    ...(findings ? targets.map((name) => sorted('findings', findingsFolder(name), isOwnFinding)) : []),
    ...leftovers(target === null ? null : targets),
    ...targets.map((name) => sorted('statistics', statisticsFolder(name), isStatistics)),
    ...(cache ? [cleanedOf('cache', cachedFiles(), 0)] : []),
  ].filter(({ files, foreign }) => files.length > 0 || foreign > 0)
  if (!dryRun) for (const { files } of cleaned) remove(files)
  return cleaned
}

function remove(files: readonly string[]): void {
  for (const path of files) rmSync(path, { force: true })
  for (const folder of new Set(files.map((path) => dirname(path)))) removeEmpty(folder)
}

/** The folder where it is empty, and then those above it as far as they are the project's own. */
function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder)
    const above = dirname(folder)
    if (above === 'fuzz' || dirname(above) === 'fuzz') removeEmpty(above)
  } catch {
    // It holds something else.
  }
}

function sorted(what: Cleaned['what'], folder: string, isOwn: (path: string) => boolean): Cleaned {
  const files = entriesOf(folder).flatMap((entry) => (entry.isFile() ? [join(folder, entry.name)] : []))
  const visible = files.filter((path) => !/[\\/]\.[^\\/]*$/.test(path))
  const own = visible.filter(isOwn)
  return { ...cleanedOf(what, own, visible.length - own.length), folder }
}

function cleanedOf(what: Cleaned['what'], files: readonly string[], foreign: number): Cleaned {
  const bytes = files.reduce((sum, path) => sum + (lstatSync(path, { throwIfNoEntry: false })?.size ?? 0), 0)
  return { what, folder: files[0] === undefined ? '' : dirname(files[0]), files, bytes, foreign }
}

/** SHA-1 in hex, as libFuzzer names inputs, or the first 16 digits of SHA-256, as Go does. */
function isOwnInput(path: string): boolean {
  const name = nameOf(path)
  if (/^[0-9a-f]{40}$/.test(name)) return hashOf(path, 'sha1') === name
  return /^[0-9a-f]{16}$/.test(name) && hashOf(path, 'sha256')?.slice(0, 16) === name
}

/** The input under its hash, or its description while the input is there or was. */
function isOwnFinding(path: string): boolean {
  const [, hash, isDescription] = /^(?:crash|timeout|oom)-([0-9a-f]{40})(\.json)?$/.exec(nameOf(path)) ?? []
  if (hash === undefined) return false
  return isDescription === undefined ? hashOf(path, 'sha1') === hash : isDescriptionFile(path)
}

function isStatistics(path: string): boolean {
  return ['fuzzer_stats', 'plot_data'].includes(nameOf(path))
}

function isDescriptionFile(path: string): boolean {
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as { formatVersion?: unknown } | null)?.formatVersion !== undefined
  } catch {
    return false
  }
}

/** Temporary files of processes that are gone, and the journals and lists of merges. */
function leftovers(targets: readonly string[] | null): Cleaned[] {
  const folders = (targets ?? knownTargets()).flatMap((name) => [corpusFolder(name), findingsFolder(name)])
  const temporaries = folders.flatMap((folder) => leftTemporaries(folder).map((name) => join(folder, name)))
  const merges = [CORPUS_ROOT, FINDINGS_ROOT].flatMap((root) =>
    entriesOf(root).flatMap((entry) => {
      const target = /^\.fuzzbox-(?:merge|removed)-(.+)$/.exec(entry.name)?.[1]
      const isMeant = target !== undefined && (targets === null || targets.includes(target))
      return isMeant && entry.isFile() ? [join(root, entry.name)] : []
    }),
  )
  return [cleanedOf('leftovers', [...temporaries, ...merges], 0)]
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

function nameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
}

function hashOf(path: string, algorithm: 'sha1' | 'sha256'): string | null {
  try {
    return createHash(algorithm).update(readFileSync(path)).digest('hex')
  } catch {
    return null
  }
}
