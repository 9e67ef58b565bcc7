// Text to binary in any environment: Binaryen's assembler, which knows GC and both kinds of exceptions.
import { binaryen } from '../../instrument/binaryen.ts'
import { FEATURES } from '../../instrument/features.ts'
import type { InstrumentOptions, PassName } from '../../instrument/types.ts'

const PASSES: readonly PassName[] = ['imports', 'limits', 'pages', 'edges', 'bridge']

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
