// The call by which inserted code tells the engine what a run has come to: `measure(what, value) -> next value to tell`.

import { TYPE, binaryen } from '../binaryen.ts'
import type { PassContext } from '../context.ts'
import { ADDED } from '../types.ts'

/** Name, inside instrumented modules, of the engine's function. */
export const MEASURE = 'fuzzbox.measure'

/** True where this module is to tell; imports the function with the first that asks. */
export function measures({ module, options, helpers, map }: PassContext): boolean {
  if (!options.measures || options.role !== 'target') return false
  if (!helpers.has(MEASURE)) {
    helpers.add(MEASURE)
    map.measures = true
    const params = binaryen.createType([TYPE.i32, TYPE.i32])
    module.addFunctionImport(MEASURE, ADDED.importModule, ADDED.measure, params, TYPE.i32)
  }
  return true
}
