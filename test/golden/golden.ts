// Golden tests: NAME.wat is a module a person wrote, NAME.out.wat beside it is what the passes make of it.
//
//   UPDATE_GOLDEN=1 npx vitest run test/instrument/pages.test.ts     writes the outputs anew; review them in the diff

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { binaryen, readModule } from '../../instrument/binaryen.ts'
import { FEATURES } from '../../instrument/features.ts'
import { instrument } from '../../instrument/index.ts'
import type { InstrumentOptions, PassName } from '../../instrument/types.ts'

const PASSES: readonly PassName[] = ['imports', 'limits', 'pages', 'edges', 'bridge']

/** Options that run one pass (or a few) alone, with round numbers that are easy to find in the output. */
export function only(passes: readonly PassName[], changes: Partial<InstrumentOptions> = {}): InstrumentOptions {
  return {
    entry: { kind: 'none' },
    role: 'target',
    edgeBase: 0,
    functionBase: 0,
    provided: {},
    importPolicy: 'trap',
    fuel: 1_000_000,
    depthMax: 1_000,
    memoryPagesMax: 1_024,
    tableEntriesMax: 10_000,
    without: PASSES.filter((pass) => !passes.includes(pass)),
    ...changes,
  }
}

/** Text to binary with Binaryen's assembler, which knows GC and exceptions; throws on text that is wrong. */
export function assemble(wat: string): Uint8Array {
  const module = binaryen.parseText(wat)
  try {
    module.setFeatures(FEATURES)
    return module.emitBinary()
  } finally {
    module.dispose()
  }
}

/** Binary to text; throws when Binaryen's validator or the engine refuses the module. */
export function disassemble(wasm: Uint8Array): string {
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
