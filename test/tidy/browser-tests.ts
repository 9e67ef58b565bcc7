// Tests of the rooms that never need Node run in the browser as well, so neither they nor their helpers import it. One
// that has to (it starts a process, say) is named *.node.test.ts.
import { posix } from 'node:path'
import { importsOf } from './arrows.ts'
import type { Rule, TextFile } from './files.ts'

/** The same folders as in vitest.config.ts. */
const BROWSER_TEST = /^test\/(core|engine|instrument|support)\/.*(?<!\.node)\.test\.ts$/
/** Reads from disk where there is no page, and is the one that may. */
const ARTIFACTS = 'test/support/artifacts.ts'

export const browserTestsNeedNoNode: Rule = (files) => {
  const byPath = new Map(files.map((file) => [file.path, file]))
  return files
    .filter(({ path }) => BROWSER_TEST.test(path))
    .flatMap((file) => {
      const culprit = importerOfNode(file, byPath, new Set())
      return culprit === null ? [] : [`${file.path} runs in the browser too, but ${culprit} imports from node:`]
    })
}

/** The first file, beginning with this one and following imports, that imports from Node. */
function importerOfNode(file: TextFile, byPath: ReadonlyMap<string, TextFile>, visited: Set<string>): string | null {
  if (visited.has(file.path) || file.path === ARTIFACTS) return null
  visited.add(file.path)
  for (const specifier of importsOf(file)) {
    if (specifier.startsWith('node:')) return file.path
    const imported = byPath.get(posix.join(posix.dirname(file.path), specifier))
    const culprit = specifier.startsWith('.') && imported ? importerOfNode(imported, byPath, visited) : null
    if (culprit !== null) return culprit
  }
  return null
}
