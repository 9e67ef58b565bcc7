// Text to binary in any environment: Binaryen's assembler, which knows GC and both kinds of exceptions.
import { binaryen } from '../../instrument/binaryen.ts'
import { FEATURES } from '../../instrument/features.ts'
import type { InstrumentOptions, PassName } from '../../instrument/types.ts'
import { options } from '../generate/sandbox.ts'

const PASSES: readonly PassName[] = ['imports', 'limits', 'pages', 'edges', 'fork', 'bridge']

/** Text to binary; throws on text that is wrong. */
export function assemble(wat: string): Uint8Array {
  const module = binaryen.parseText(wat)
  try {
    module.setFeatures(FEATURES)
    return module.emitBinary()
  } finally {
    module.dispose()
  }
}

/** Options that run some passes alone, with round numbers that are easy to find in the output. */
export function only(passes: readonly PassName[], changes: Partial<InstrumentOptions> = {}): InstrumentOptions {
  return options({ without: PASSES.filter((pass) => !passes.includes(pass)), ...changes })
}
