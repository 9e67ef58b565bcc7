// Which instruction of which function stands at an offset of a module.
// wabt prints one instruction a line but forgets the offsets; counting puts the two together again.

import { bodiesOf } from '../../instrument/sections/instructions.ts'

export interface InstructionPlace {
  /** Index among the functions that the module defines, imports left out. */
  readonly definedFunction: number
  /** 0 for the first instruction of the body. */
  readonly instruction: number
}

/** Null where the offset is in no function, or an instruction is met that the decoder does not know (GC). */
export function instructionAt(wasm: Uint8Array, offset: number): InstructionPlace | null {
  const bodies = bodiesOf(wasm, offset)
  const definedFunction = bodies.findIndex(({ start, end }) => offset >= start && offset < end)
  const instructions = bodies[definedFunction]?.instructions
  if (!instructions) return null
  const instruction = instructions.findLastIndex((one) => one.offset <= offset)
  return instruction < 0 ? null : { definedFunction, instruction }
}
