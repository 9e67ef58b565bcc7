// An engine linked to a hand-made target, as the worker would link them.
import {
  CONTROL_INPUT_LENGTH,
  IMAGE_MEMORY,
  INPUT_BASE,
  SLOT_CAPTURE,
  SLOT_RESTORE,
  SLOT_RUN,
} from '../../assembly/abi.ts'
import { PARAMETERS } from '../../instrument/bridge/arguments.ts'
import type { ArgumentType } from '../../instrument/types.ts'
import { argumentWords } from '../../src/core/engine/argument-words.ts'
import { Engine } from '../../src/core/engine/engine.ts'
import { readArtifact } from '../support/artifacts.ts'
import { assemble, PHASES_AT, type HandMadeTarget } from './targets.ts'

/** PHASE_* of assembly/control.ts. */
export const PHASE_MUTANT = 1
export const PHASE_CONFIRM = 3
export const PHASE_TRIM = 5

export interface RigOptions {
  readonly seed?: number
  readonly inputMax?: number
  readonly corpusBytes?: number
  readonly wasm?: string
  /** What the arguments are; default none, a target that takes bytes. */
  readonly types?: readonly ArgumentType[]
}

export interface Rig {
  readonly engine: Engine
  /** A global of the target's. */
  readonly global: (name: string) => WebAssembly.Global
  /** How many runs of the target began in a phase of PHASE_*, if its body holds `COUNT_PHASES`. */
  readonly runsIn: (phase: number) => number
  /** Links a fresh instance of the target in place of the one there. */
  readonly relink: () => Promise<void>
  /** Writes an input and offers it; returns the features learned. */
  readonly offer: (input: string | Uint8Array) => number
  /** The bytes of the input run last. */
  readonly input: () => Uint8Array
}

export async function rig(target: HandMadeTarget, options: RigOptions = {}): Promise<Rig> {
  const types = options.types ?? []
  const engine = await Engine.open(await readArtifact(options.wasm ?? 'build/engine.wasm'), {
    functionStarts: target.functionStarts,
    edges: target.edges,
    inputMax: options.inputMax ?? 4096,
    corpusBytes: options.corpusBytes ?? 0x4_0000,
    imageBytes: IMAGE_MEMORY + 0x1_0000,
    argumentWords: argumentWords(types, types.flatMap(parametersFor)),
  })
  const module = await WebAssembly.compile(await assemble(target.wat))
  let exports: WebAssembly.Exports = {}
  const relink = async (): Promise<void> => {
    exports = (await WebAssembly.instantiate(module, { fuzzbox: { memory: engine.memory } })).exports
    engine.table.set(SLOT_RUN, exports['fuzzbox.run'])
    engine.table.set(SLOT_RESTORE, exports['fuzzbox.restore'])
    engine.table.set(SLOT_CAPTURE, exports['fuzzbox.capture'])
  }
  await relink()
  engine.exports.seed(options.seed ?? 1, 0)
  engine.exports.ready()
  return {
    engine,
    global: (name) => exports[name] as WebAssembly.Global,
    runsIn: (phase) => {
      const { buffer } = exports['fuzzbox.memory'] as WebAssembly.Memory
      return new DataView(buffer).getUint32(PHASES_AT + 4 * phase, true)
    },
    relink,
    offer: (input) =>
      engine.exports.addInput(
        engine.writeInput(typeof input === 'string' ? new TextEncoder().encode(input) : input),
        2,
      ),
    input: () => engine.bytes().slice(INPUT_BASE, INPUT_BASE + engine.word(CONTROL_INPUT_LENGTH)),
  }
}

/** An int is an i64. */
function parametersFor(type: ArgumentType): readonly string[] {
  return PARAMETERS[type].map((one) => (one === 'word' ? 'i64' : one))
}

/** The engine with its insides exported (assembly/test.ts). */
export async function insides(target: HandMadeTarget, options: RigOptions = {}): Promise<Rig & { inner: Inner }> {
  const made = await rig(target, { ...options, wasm: 'build/engine.test.wasm' })
  return { ...made, inner: made.engine.allExports as unknown as Inner }
}

/** What assembly/test.ts exports. */
export interface Inner {
  applyOperator(id: number, length: number, limit: number): number
  mutate(length: number, limit: number): number
  mutateField(field: number, length: number, limit: number): number
  mutateRecord(length: number, limit: number): number
  completeRecord(length: number): number
  prepareOperators(entry: number): void
  clearTouched(): void
  touchedStart(): number
  touchedEnd(): number
  randomBits(): bigint
  below(bound: number): number
  bucketOf(count: number): number
  classifySixteen(to: number): void
  observe(): number
  observeTrace(): void
  suspectTrace(): number
  suspectsAddress(): number
  countHits(entry: number): void
  edgeHitsAddress(): number
  reachedAll(list: number, count: number): number
  learnCrash(): number
  scratchAddress(): number
  addEntry(data: number, length: number, features: number, owned: number, cost: number, parent: number): number
  pickEntry(): number
  batchSize(entry: number): number
  noteFind(executions: bigint, length: number): void
  resetLengthControl(): void
  updateLengthLimit(executions: bigint): void
  pushDiscovery(
    kind: number,
    entry: number,
    parent: number,
    features: number,
    featureCount: number,
    newEdges: number,
    data: number,
    length: number,
  ): void
}
