// The mechanisms of the search that can be left out, so that a measurement can say what each of them is worth.
import {
  WITHOUT_COMPARES,
  WITHOUT_CROSSOVER,
  WITHOUT_ENCODINGS,
  WITHOUT_ENERGY,
  WITHOUT_FRONTIER,
  WITHOUT_LENGTH_CONTROL,
  WITHOUT_MEASURES,
  WITHOUT_REPAIR,
  WITHOUT_ROUTINES,
  WITHOUT_SHAPES,
  WITHOUT_STRETCH,
  WITHOUT_TEXT,
  WITHOUT_TOKENS,
  WITHOUT_TRIM,
  WITHOUT_VECTORS,
} from '../../assembly/abi.ts'
import { campaignErrors } from './campaign/errors.ts'

export type Mechanism =
  | 'energy'
  | 'stretch'
  | 'compares'
  | 'tokens'
  | 'repair'
  | 'frontier'
  | 'text'
  | 'crossover'
  | 'length-control'
  | 'trim'
  | 'measures'
  | 'encodings'
  | 'routines'
  | 'shapes'
  | 'vectors'

const BITS: Readonly<Record<Mechanism, number>> = {
  energy: WITHOUT_ENERGY,
  stretch: WITHOUT_STRETCH,
  compares: WITHOUT_COMPARES,
  tokens: WITHOUT_TOKENS,
  repair: WITHOUT_REPAIR,
  frontier: WITHOUT_FRONTIER,
  text: WITHOUT_TEXT,
  crossover: WITHOUT_CROSSOVER,
  'length-control': WITHOUT_LENGTH_CONTROL,
  trim: WITHOUT_TRIM,
  measures: WITHOUT_MEASURES,
  encodings: WITHOUT_ENCODINGS,
  routines: WITHOUT_ROUTINES,
  shapes: WITHOUT_SHAPES,
  vectors: WITHOUT_VECTORS,
}

export const MECHANISMS: readonly Mechanism[] = Object.keys(BITS) as Mechanism[]

/** The word that the engine reads; throws E_OPTION for a name that none has. */
export function withoutWord(names: readonly Mechanism[]): number {
  return names.reduce((word, name) => {
    if (!Object.hasOwn(BITS, name))
      throw campaignErrors.option('without', `has to name some of ${MECHANISMS.join(', ')}`)
    return word | BITS[name]
  }, 0)
}
