// Where a project keeps what belongs to a target, below the working directory.
//
//   fuzz/
//   ├─ corpus/<target>/        inputs that reach something: generated, and worth keeping
//   ├─ findings/<target>/      failing inputs and their descriptions: generated
//   ├─ regressions/<target>/   failing inputs that people committed: never touched
//   └─ stats/<target>/         how a campaign went: generated

import { readdirSync } from 'node:fs'
import { join } from 'node:path'

export const CORPUS_ROOT: string = join('fuzz', 'corpus')
export const FINDINGS_ROOT: string = join('fuzz', 'findings')
export const REGRESSIONS_ROOT: string = join('fuzz', 'regressions')
export const STATISTICS_ROOT: string = join('fuzz', 'stats')

export function corpusFolder(targetName: string): string {
  return join(CORPUS_ROOT, targetName)
}

export function findingsFolder(targetName: string): string {
  return join(FINDINGS_ROOT, targetName)
}

export function regressionsFolder(targetName: string): string {
  return join(REGRESSIONS_ROOT, targetName)
}

export function statisticsFolder(targetName: string): string {
  return join(STATISTICS_ROOT, targetName)
}

/** Every target that has a folder of any kind here. */
export function knownTargets(): string[] {
  const names = [CORPUS_ROOT, FINDINGS_ROOT, REGRESSIONS_ROOT, STATISTICS_ROOT].flatMap(foldersIn)
  return [...new Set(names)].sort()
}

function foldersIn(root: string): string[] {
  try {
    return readdirSync(root, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() && !entry.name.startsWith('.') ? [entry.name] : [],
    )
  } catch {
    return []
  }
}
