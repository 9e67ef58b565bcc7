// Room for what is told of a run besides its code: measures, then what the target says of itself, as edges behind those of
// target and harness (assembly/measures.ts, signals.ts), in the same order for everybody who counts them.
import {
  CONTROL_MEASURES,
  CONTROL_MEASURES_FLAG,
  CONTROL_SIGNALS,
  CONTROL_SIGNALS_FLAG,
  MEASURE_EDGES,
  SIGNAL_EDGES,
  SIGNAL_FLAGS,
  SIGNAL_GROUP,
  SIGNAL_LEVEL_EDGES,
  SIGNAL_SLOTS,
  SIGNAL_VALUES,
} from '../../../assembly/abi.ts'
import type { Engine } from '../engine/engine.ts'
import { hasSignals } from '../target/imports.ts'
import type { PreparedTarget } from '../target/prepared.ts'
import { readShape } from '../target/shape.ts'

export interface SignalPlaces {
  /** First edge of all this: the number of those in the code. */
  readonly edge: number
  readonly flag: number
  /** 0 where nothing is told. */
  readonly edges: number
  /** Of these, measures: 0 where the target neither recurses nor grows its memory. */
  readonly measures: number
}

export function signalPlaces({ module, harness }: PreparedTarget): SignalPlaces {
  const modules = harness ? [module, harness] : [module]
  const tells = modules.some(({ original }) => hasSignals(readShape(original)))
  const measures = module.map.measures ? MEASURE_EDGES : 0
  return {
    edge: modules.reduce((sum, { map }) => sum + map.edges, 0),
    flag: modules.reduce((sum, { map }) => sum + map.functions.length, 0),
    edges: measures + (tells ? SIGNAL_EDGES : 0),
    measures,
  }
}

/** First edge of each flag: that of the measures, groups of values, one group for each extreme, groups of what improved. */
export function signalStarts({ edge, edges, measures }: SignalPlaces): number[] {
  const first = edge + measures
  const starts = measures > 0 ? [edge] : []
  if (edges === measures) return starts
  const values = SIGNAL_VALUES / SIGNAL_GROUP
  const sizes = [
    ...Array<number>(values).fill(SIGNAL_GROUP),
    ...Array<number>(SIGNAL_SLOTS).fill(SIGNAL_LEVEL_EDGES),
    ...Array<number>(SIGNAL_FLAGS - values - SIGNAL_SLOTS).fill(SIGNAL_GROUP),
  ]
  let next = first
  for (const size of sizes) {
    starts.push(next)
    next += size
  }
  return starts
}

/** From here on what is told counts; with `listens` false the target may say what it likes. */
export function listen(engine: Engine, places: SignalPlaces, listens: boolean = true): void {
  const { edge, flag, edges, measures } = places
  engine.setWord(CONTROL_MEASURES, measures > 0 ? edge : 0)
  engine.setWord(CONTROL_MEASURES_FLAG, flag)
  engine.setWord(CONTROL_SIGNALS, listens && edges > measures ? edge + measures : 0)
  engine.setWord(CONTROL_SIGNALS_FLAG, flag + (measures > 0 ? 1 : 0))
}
