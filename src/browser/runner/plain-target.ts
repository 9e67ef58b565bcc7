// Which targets fuzzbox.runner.js runs by itself. What others need would double its size: an engine with WASI, Emscripten
// and simulations (assembly/plain.ts is without), records of arguments, the lowering to one memory.

import { memoryLayout } from '../../core/engine/features.ts'
import { hostFunctionFor } from '../../core/target/imports.ts'
import type { PreparedTarget } from '../../core/target/prepared.ts'
import { readShape } from '../../core/target/shape.ts'

/** Exports of the plain engine that targets may import. */
const PLAIN = /^(assemblyscript|bindgen|libfuzzer|notify)_|^fuzzbox_(maximize|minimize|set|state|distance)$/

/** Throws E_NO_SIMD and E_NO_MULTI_MEMORY, as opening the target would. */
export function isPlain({ types, layout, module, harness }: PreparedTarget): boolean {
  if (types !== null || memoryLayout(layout) !== 'two') return false
  return [module, ...(harness ? [harness] : [])].every(({ original }) =>
    readShape(original).imports.every((item) => isPlainImport(hostFunctionFor(item))),
  )
}

/** Of an export of the engine; null, for what policy decides, asks nothing of it. */
export function isPlainImport(engineExport: string | null): boolean {
  return engineExport === null || PLAIN.test(engineExport)
}
