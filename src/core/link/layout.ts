// How much of everything the engine must have room for, and what it must know of the entry's arguments.
import { IMAGE_MEMORY, PAGE_BYTES } from '../../../assembly/abi.ts'
import { argumentWords } from '../engine/argument-words.ts'
import type { EngineLayout } from '../engine/engine.ts'
import type { PreparedTarget } from '../target/prepared.ts'
import { findExport, readShape } from '../target/shape.ts'
import { signalPlaces, signalStarts } from './signals.ts'

export function layoutOf(prepared: PreparedTarget, corpusBytes: number): EngineLayout {
  const { module, harness, inputMax } = prepared
  const maps = harness ? [module.map, harness.map] : [module.map]
  const signals = signalPlaces(prepared)
  return {
    functionStarts: [
      ...maps.flatMap((map) => map.functions.map(({ firstEdge }) => firstEdge)),
      ...signalStarts(signals),
    ],
    edges: signals.edge + signals.edges,
    inputMax,
    corpusBytes,
    imageBytes: IMAGE_MEMORY + (module.map.memory?.pagesMax ?? 0) * PAGE_BYTES,
    argumentWords: argumentWordsOf(prepared),
  }
}

function argumentWordsOf({ entry, harness, module }: PreparedTarget): readonly number[] {
  if (entry.kind !== 'typed') return []
  const { signature } = findExport(readShape((harness ?? module).original), entry.exportName)!
  return argumentWords(entry.types, signature!.params)
}
