// Frames in the user's terms: function indices of the original binary, names from the name section.
import type { ModuleMap } from '../../../instrument/types.ts'
import { NAME_CHARACTERS_MAX } from '../limits.ts'
import type { Frame } from '../outcome.ts'
import { printable } from '../printable.ts'
import type { CompiledModule, Program } from './program.ts'
import { parseStack, type RawFrame } from './stack.ts'

/** Which frames belong to which module; see `moduleKeyOf`. */
export interface ModuleKeys {
  readonly engine: string
  readonly target: string
}

/** Frames of target and harness, innermost first; what fuzzbox inserted and the engine's own frames are left out. */
export function readFrames(stack: string, program: Program, keys: ModuleKeys): readonly Frame[] {
  const tellsApart = keys.engine !== keys.target
  const raws = parseStack(stack).filter(({ moduleKey }) => !tellsApart || moduleKey !== keys.engine)
  const { harness, target } = program
  // JavaScript calls the entry of modules as they came: their outermost frame is the harness's.
  const outermost = raws.at(-1)?.moduleKey
  const isHarness = (raw: RawFrame): boolean =>
    program.variant === 'instrumented' ? raw.moduleKey !== keys.target : raw.moduleKey === outermost
  const read = program.variant === 'instrumented' ? instrumentedFrame : originalFrame
  return raws.flatMap((raw) => read(raw, harness && tellsApart && isHarness(raw) ? harness : target) ?? [])
}

const functionsByIndex = new WeakMap<ModuleMap, Map<number, ModuleMap['functions'][number]>>()

/** Offsets of the instrumented module mean nothing to anybody: they are left out. Inserted functions are too. */
function instrumentedFrame(raw: RawFrame, module: CompiledModule): Frame | null {
  const { map } = module
  let functions = functionsByIndex.get(map)
  if (!functions) {
    functions = new Map(map.functions.map((item) => [item.instrumentedIndex, item]))
    functionsByIndex.set(map, functions)
  }
  const known = functions.get(raw.index)
  if (!known) return null
  return { functionIndex: known.index, functionName: nameOf(known.index, known.name, module), offset: null }
}

function originalFrame(raw: RawFrame, module: CompiledModule): Frame {
  const functionName = nameOf(raw.index, `func[${raw.index}]`, module)
  return { functionIndex: raw.index, functionName, offset: raw.offset }
}

function nameOf(index: number, otherwise: string, { names, shape }: CompiledModule): string {
  return printable(names?.[index] ?? shape.functionNames.get(index) ?? otherwise, NAME_CHARACTERS_MAX)
}
