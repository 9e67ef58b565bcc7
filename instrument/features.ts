// Which Wasm features instrumented modules may use.

import { binaryen } from './binaryen.ts'

/**
 * WebAssembly 3.0 plus threads' atomics and wide arithmetic. Named one by one, because `Features.All` makes Binaryen 132
 * write encodings (compact imports, custom descriptors, custom page sizes) that engines refuse.
 */
export const FEATURES: number = [
  'Atomics',
  'MutableGlobals',
  'NontrappingFPToInt',
  'SIMD128',
  'BulkMemory',
  'SignExt',
  'ExceptionHandling',
  'TailCall',
  'ReferenceTypes',
  'Multivalue',
  'GC',
  'Memory64',
  'RelaxedSIMD',
  'ExtendedConst',
  'MultiMemory',
  'BulkMemoryOpt',
  'CallIndirectOverlong',
  'WideArithmetic',
].reduce((all, name) => {
  const bit = (binaryen.Features as unknown as Record<string, number>)[name]
  return bit === undefined ? all : all | bit
}, 0)
