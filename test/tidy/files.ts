// The files that the rules read: everything git tracks or would track. A source tree without git is walked instead.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface TextFile {
  /** From the root of the repository, with slashes. */
  readonly path: string
  readonly text: string
}

/** A rule reads all files and returns one sentence for each thing that is wrong. */
export type Rule = (files: readonly TextFile[]) => readonly string[]

export const root: string = fileURLToPath(new URL('../../', import.meta.url))

const TEXT = /\.(ts|js|json|md|sh|wat|yml|yaml|html|css|c)$|^\.ci\/|^\.[a-z]+ignore$|^LICENSE$/
/** Named by documents; their text is empty. */
const PICTURE = /\.(jpg|png|svg)$/
const GENERATED = new Set(['node_modules', 'build', 'fuzz', '.git', '.bench'])

export function repositoryFiles(): readonly TextFile[] {
  const paths = (gitFiles('--cached', '--others') ?? walk('')).filter((path) => TEXT.test(path) || PICTURE.test(path))
  return paths
    .filter((path) => existsSync(join(root, path)))
    .map((path) => ({ path, text: PICTURE.test(path) ? '' : readFileSync(join(root, path), 'utf8') }))
}

/** Files that are neither tracked nor ignored; null where there is no git. */
export function untrackedFiles(): readonly string[] | null {
  return gitFiles('--others')
}

function gitFiles(...which: readonly string[]): readonly string[] | null {
  if (!existsSync(join(root, '.git'))) return null
  const listed = execFileSync('git', ['ls-files', '-z', '--exclude-standard', ...which], {
    cwd: root,
    encoding: 'utf8',
  })
  return listed.split('\0').filter((path) => path !== '')
}

function walk(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder + entry.name
    if (GENERATED.has(entry.name)) return []
    return entry.isDirectory() ? walk(`${path}/`) : [path]
  })
}
