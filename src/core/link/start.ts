// From compiled modules to a program that is ready for its first input:
//
//   instantiate target ─► start function, _initialize ─► reserve the harness's range ─► instantiate harness, its start-up
//                                                    ─► place the input ─► LLVMFuzzerInitialize
//
// A harness's range must begin where it was compiled to (harness.ts): at the end of the memory as it starts. Start-up code
// that allocates may have grown the memory by then, and allocators that take all memory there is on their first call
// would take the range too. So the allocator is called once, then the range is reserved; where the memory has already grown, a
// fresh instance gets the range before anything runs.
import { CONTROL_INPUT_ADDRESS, CONTROL_INPUT_DIRTY, CONTROL_MUTATOR_PLACE, PAGE_BYTES } from '../../../assembly/abi.ts'
import { ADDED } from '../../../instrument/types.ts'
import type { Engine } from '../engine/engine.ts'
import { linkErrors } from './errors.ts'
import { FUZZER_INITIALISER, INITIALISERS, takesBytes } from '../target/entry.ts'
import { allocate, placeBytes, placeInput, type Placement } from '../target/place.ts'
import { findExport } from '../target/shape.ts'
import { mutatorBytes } from './mutators.ts'
import type { CompiledModule, Program } from './program.ts'

/** How instances of one variant come about and are wired to the engine. */
export interface Connector {
  instantiateTarget(): ConnectedTarget
  instantiateHarness(target: ConnectedTarget): WebAssembly.Instance
}

export interface ConnectedTarget {
  readonly instance: WebAssembly.Instance
  /** Null for a module without memory. */
  readonly memory: WebAssembly.Memory | null
  grow(pages: number): number
  pages(): number
}

export interface StartedProgram {
  readonly target: ConnectedTarget
  readonly harness: WebAssembly.Instance | null
  /** Where the input goes; null for a command, which reads it, and for an entry that takes numbers only. */
  readonly inputAddress: number | null
}

/** Runs target code; turns a trap into E_INIT_TRAP that names the place. */
export type Guard = <T>(where: string, work: () => T) => T

export function startProgram(program: Program, engine: Engine, connector: Connector, guard: Guard): StartedProgram {
  const started = attempt(program, engine, connector, guard, false) ?? attempt(program, engine, connector, guard, true)
  if (started === null) throw linkErrors.harnessMemory(program.prepared.name, 'its memory cannot grow')
  return started
}

/** Null where the range cannot be had in this order. */
function attempt(
  program: Program,
  engine: Engine,
  connector: Connector,
  guard: Guard,
  reserveFirst: boolean,
): StartedProgram | null {
  const { prepared } = program
  host(engine).hostSetup()
  const target = guard('its start function', () => connector.instantiateTarget())
  if (reserveFirst && !reserve(prepared.reserved, target)) return null
  const isCommand = prepared.entry.kind === 'command'
  initialise(program.target, target.instance, program.variant, isCommand && !program.harness, guard)
  const placement: Placement = { shape: program.target.shape, exports: target.instance.exports, ...bound(target) }
  if (prepared.reserved && !reserveFirst) {
    guard('its allocator', () => allocate(placement, 1))
    if (!reserve(prepared.reserved, target)) return null
  }
  let harness: WebAssembly.Instance | null = null
  if (program.harness) {
    const instance = guard("the harness's start function", () => connector.instantiateHarness(target))
    initialise(program.harness, instance, program.variant, isCommand, guard)
    harness = instance
  }
  const inputAddress = takesBytes(prepared.entry) ? placeInputs(program, placement, guard) : null
  engine.setWord(CONTROL_INPUT_ADDRESS, inputAddress ?? 0)
  engine.setWord(CONTROL_INPUT_DIRTY, 0)
  const bytes = mutatorBytes(program)
  engine.setWord(CONTROL_MUTATOR_PLACE, bytes > 0 ? place(program, placement, bytes, guard) : 0)
  initialiseFuzzer(program.target, target.instance, guard)
  if (program.harness && harness) initialiseFuzzer(program.harness, harness, guard)
  host(engine).hostReady()
  return { target, harness, inputAddress }
}

function bound(target: ConnectedTarget): Pick<Placement, 'grow' | 'pages'> {
  return { grow: (pages) => target.grow(pages), pages: () => target.pages() }
}

function placeInputs(program: Program, placement: Placement, guard: Guard): number {
  const { inputMax, entry } = program.prepared
  return place(program, placement, placeBytes(entry, inputMax), guard)
}

function place(program: Program, placement: Placement, bytes: number, guard: Guard): number {
  const { name } = program.prepared
  const address = guard('its allocator', () => placeInput(placement, bytes))
  if (address === null) throw linkErrors.inputPlace(name, bytes)
  const end = placement.pages() * PAGE_BYTES
  if (address + bytes > end) throw linkErrors.inputBeyond(name, bytes, address, end)
  return address
}

function reserve(range: Program['prepared']['reserved'], target: ConnectedTarget): boolean {
  if (range === null) return true
  return target.pages() * PAGE_BYTES === range.address && target.grow(range.pages) !== -1
}

/** The start function of an instrumented module, then the first initialiser that there is; a command does its own. */
function initialise(
  { shape, map }: CompiledModule,
  { exports }: WebAssembly.Instance,
  variant: Program['variant'],
  isCommand: boolean,
  guard: Guard,
): void {
  if (variant === 'instrumented' && map.hasStart) guard('its start function', () => call(exports, ADDED.start))
  if (isCommand) return
  const name = INITIALISERS.find((candidate) => findExport(shape, candidate)?.signature?.params.length === 0)
  if (name !== undefined) guard(name, () => call(exports, name))
}

/** Null pointers for argc and argv: address 0 of a fresh memory reads as no arguments. */
function initialiseFuzzer({ shape }: CompiledModule, { exports }: WebAssembly.Instance, guard: Guard): void {
  const signature = findExport(shape, FUZZER_INITIALISER)?.signature
  if (signature) guard(FUZZER_INITIALISER, () => call(exports, FUZZER_INITIALISER, ...signature.params.map(() => 0)))
}

function call(exports: WebAssembly.Exports, name: string, ...words: number[]): unknown {
  return (exports[name] as (...words: number[]) => unknown)(...words)
}

interface HostState {
  hostSetup(): void
  hostReady(): void
  hostReset(): void
  hostStdin(isInput: number): void
}

export function host(engine: Engine): HostState {
  return engine.allExports as unknown as HostState
}
