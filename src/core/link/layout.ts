// How much of everything the engine must have room for, and what it must know of the entry's arguments.
import { IMAGE_MEMORY, PAGE_BYTES } from '../../../assembly/abi.ts'
import { argumentWords } from '../engine/argument-words.ts'
import type { EngineLayout } from '../engine/engine.ts'
import { findExport } from '../target/shape.ts'
import type { Program } from './program.ts'
import { signalPlaces, signalStarts } from './signals.ts'

export function layoutOf(program: Program, corpusBytes: number): EngineLayout {
  const { module, harness, inputMax } = program.prepared
  const maps = harness ? [module.map, harness.map] : [module.map]
  const signals = signalPlaces(program.prepared)
  return {
    functionStarts: [
      ...maps.flatMap((map) => map.functions.map(({ firstEdge }) => firstEdge)),
      ...signalStarts(signals),
    ],
    edges: signals.edge + signals.edges,
    inputMax,
    corpusBytes,
    imageBytes: IMAGE_MEMORY + (module.map.memory?.pagesMax ?? 0) * PAGE_BYTES,
    argumentWords: argumentWordsOf(program),
  }
}

function argumentWordsOf({ prepared: { entry }, harness, target }: Program): readonly number[] {
  if (entry.kind !== 'typed') return []
  const { signature } = findExport((harness ?? target).shape, entry.exportName)!
  return argumentWords(entry.types, signature!.params)
}
