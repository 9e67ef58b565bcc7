// Examples that are ready to run when the page is: `import('….ts?prepared')` is a module whose default export is a
// PreparedExample, made while the page is built. Who presses Run at once then waits for neither compiler nor
// instrumentation, which are 28 megabytes of script. `?prepared&explore` makes a build for the explorer.
import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { prepareRequestOf } from '../src/core/fuzz.ts'
import { toBase64 } from '../src/core/hash.ts'
import { compileAssemblyScript } from '../src/core/target/assemblyscript.ts'
import { writePrepared } from '../src/core/target/prepared-file.ts'
import { prepareTarget } from '../src/core/target/prepare.ts'
import { linesOfSourceMap, type LineTable } from './src/lines.ts'

const ASKED = /^(.*\.ts)\?prepared(&explore)?$/
const SIMULATIONS = fileURLToPath(new URL('../include/assembly.ts', import.meta.url))

export interface PreparedExample {
  /** The file of the prepared target. */
  readonly base64: string
  readonly lines: LineTable
}

export function preparedExamples(): Plugin {
  return {
    name: 'fuzzbox:prepared-examples',
    enforce: 'pre',
    async resolveId(source, importer) {
      const asked = ASKED.exec(source)
      if (!asked || importer === undefined) return null
      return join(dirname(importer), asked[1]!) + source.slice(asked[1]!.length)
    },
    async load(id) {
      const asked = ASKED.exec(id)
      if (!asked) return null
      const [, path, explore] = asked
      const example = await prepared(path!, explore !== undefined)
      return { code: `export default ${JSON.stringify(example)}`, moduleType: 'js' }
    },
  }
}

async function prepared(path: string, explore: boolean): Promise<PreparedExample> {
  const files = { 'node_modules/fuzzbox/assembly.ts': await readFile(SIMULATIONS, 'utf8') }
  const name = basename(path)
  const source = { kind: 'assemblyscript', name, text: await readFile(path, 'utf8'), files } as const
  let lines: LineTable = []
  const onSourceMap = (json: string): void => void (lines = linesOfSourceMap(json, name))
  const bytes = await compileAssemblyScript(source, { onSourceMap })
  const { harness: _, mutator: __, ...request } = prepareRequestOf({})
  const build = explore ? { explore } : { compares: true, places: true }
  const target = await prepareTarget({ kind: 'wasm', name, bytes }, { ...request, ...build })
  return { base64: toBase64(writePrepared(target)), lines: explore ? [] : lines }
}
