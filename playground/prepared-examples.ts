// Examples that are ready to run when the page is: `import('….ts?prepared')` is a module whose default export is the
// prepared target in base64, made while the page is built. Who presses Run at once then waits for neither compiler nor
// instrumentation, which are 28 megabytes of script. `?prepared&explore` makes a build for the explorer.
import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { prepareRequestOf } from '../src/core/fuzz.ts'
import { toBase64 } from '../src/core/hash.ts'
import { writePrepared } from '../src/core/target/prepared-file.ts'
import { prepareTarget } from '../src/core/target/prepare.ts'

const ASKED = /^(.*\.ts)\?prepared(&explore)?$/
const SIMULATIONS = fileURLToPath(new URL('../include/assembly.ts', import.meta.url))

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
      const bytes = await prepared(path!, explore !== undefined)
      return { code: `export default ${JSON.stringify(toBase64(bytes))}`, moduleType: 'js' }
    },
  }
}

async function prepared(path: string, explore: boolean): Promise<Uint8Array> {
  const files = { 'node_modules/fuzzbox/assembly.ts': await readFile(SIMULATIONS, 'utf8') }
  const source = { kind: 'assemblyscript', name: basename(path), text: await readFile(path, 'utf8'), files } as const
  const request = { ...prepareRequestOf({}), compares: !explore }
  const { harness: _, ...options } = explore ? { ...request, explore } : request
  return writePrepared(await prepareTarget(source, options))
}
