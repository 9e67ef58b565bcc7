// Room for what a target says of itself: edges behind those of target and harness (assembly/signals.ts), in the same order
// for everybody who counts them.
import {
  CONTROL_SIGNALS,
  CONTROL_SIGNALS_FLAG,
  SIGNAL_EDGES,
  SIGNAL_FLAGS,
  SIGNAL_GROUP,
} from '../../../assembly/abi.ts'
import { SIGNAL_LEVEL_EDGES, SIGNAL_SLOTS, SIGNAL_VALUES } from '../../../assembly/abi.ts'
import type { Engine } from '../engine/engine.ts'
import { hasSignals } from '../target/imports.ts'
import type { PreparedTarget } from '../target/prepared.ts'
import { readShape } from '../target/shape.ts'

export interface SignalPlaces {
  /** First edge of signals: the number of those in the code. */
  readonly edge: number
  readonly flag: number
  /** 0 where neither target nor harness tells any. */
  readonly edges: number
}

export function signalPlaces({ module, harness }: PreparedTarget): SignalPlaces {
  const modules = harness ? [module, harness] : [module]
  const tells = modules.some(({ original }) => hasSignals(readShape(original)))
  return {
    edge: modules.reduce((sum, { map }) => sum + map.edges, 0),
    flag: modules.reduce((sum, { map }) => sum + map.functions.length, 0),
    edges: tells ? SIGNAL_EDGES : 0,
  }
}

/** First edge of each flag: groups of values, one group for each extreme, groups of what improved. */
export function signalStarts({ edge, edges }: SignalPlaces): number[] {
  if (edges === 0) return []
  const values = SIGNAL_VALUES / SIGNAL_GROUP
  const levels = SIGNAL_SLOTS
  return Array.from({ length: SIGNAL_FLAGS }, (_, flag) => {
    const isBehind = flag >= values + levels
    const before = isBehind ? levels * SIGNAL_LEVEL_EDGES : Math.max(0, flag - values) * SIGNAL_LEVEL_EDGES
    return (
      edge + Math.min(flag, values) * SIGNAL_GROUP + before + (isBehind ? (flag - values - levels) * SIGNAL_GROUP : 0)
    )
  })
}

/** From here on what the target says counts; false lets it say what it likes. */
export function listen(engine: Engine, places: SignalPlaces, listens: boolean = true): void {
  engine.setWord(CONTROL_SIGNALS, listens && places.edges > 0 ? places.edge : 0)
  engine.setWord(CONTROL_SIGNALS_FLAG, places.flag)
}
