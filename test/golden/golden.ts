// Golden tests: NAME.wat is a module a person wrote, NAME.out.wat beside it is what the passes make of it.
//
//   UPDATE_GOLDEN=1 npx vitest run test/instrument/pages.test.ts     writes the outputs anew; review them in the diff

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readModule } from '../../instrument/binaryen.ts'
import { FEATURES } from '../../instrument/features.ts'
import { instrument } from '../../instrument/index.ts'
import type { InstrumentOptions } from '../../instrument/types.ts'
import { assemble, only } from '../instrument/assemble.ts'

export { assemble, only }

/** Binary to text; throws when Binaryen's validator or the engine refuses the module. */
function disassemble(wasm: Uint8Array): string {
  new WebAssembly.Module(wasm as BufferSource)
  const module = readModule(wasm, FEATURES)
  try {
    if (!module.validate()) throw new Error('the instrumented module does not validate')
    return module.emitText()
  } finally {
    module.dispose()
  }
}

export interface GoldenCase {
  readonly name: string
  readonly actual: string
  readonly expected: string
}

/** Names of the cases in test/golden/FOLDER. */
export function goldenNames(folder: string): string[] {
  return readdirSync(join(import.meta.dirname, folder))
    .filter((file) => file.endsWith('.wat') && !file.endsWith('.out.wat'))
    .map((file) => file.slice(0, -'.wat'.length))
    .sort()
}

/** Runs one case; with UPDATE_GOLDEN set it writes the expected file first. */
export function golden(folder: string, name: string, options: InstrumentOptions): GoldenCase {
  const path = join(import.meta.dirname, folder, name)
  const { wasm } = instrument(assemble(readFileSync(`${path}.wat`, 'utf8')), options)
  const actual = disassemble(wasm)
  const out = `${path}.out.wat`
  if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(out, actual)
  return { name, actual, expected: existsSync(out) ? readFileSync(out, 'utf8') : '' }
}
