// Targets with two memories, instrumented by hand: what the passes would insert, written out, so that the engine is
// tested without them.
//
//   target memory  0 … 15    state that a run may change; restore brings it back from the image
//                  0x100 …   the input
//                  0x8000 …  what no restore brings back: a test's own, and a way for two runs to differ
import wabt from 'wabt'
import { CONTROL_ENGINE, COUNTERS_BASE, FLAGS_BASE, IMAGE_MEMORY, INPUT_BASE } from '../../assembly/abi.ts'

export interface HandMadeTarget {
  /** First edge of each function. */
  readonly functionStarts: readonly number[]
  readonly edges: number
  readonly wat: string
}

const INPUT = 0x100

/** Counts edge `id`. */
export function edge(id: number): string {
  const counter = `(i32.const ${COUNTERS_BASE + 4 * id})`
  return `(i32.store $engine ${counter} (i32.add (i32.load $engine ${counter}) (i32.const 1)))`
}

/** Sets the flag of function `index`. */
export function enter(index: number): string {
  return `(i32.store8 $engine (i32.const ${FLAGS_BASE + index}) (i32.const 1))`
}

/** Byte `index` of the input. */
export function byte(index: number): string {
  return `(i32.load8_u $target (i32.const ${INPUT + index}))`
}

/** Counts edge `id` when `condition` holds, then does `then`. */
export function when(condition: string, id: number, then = ''): string {
  return `(if ${condition} (then ${edge(id)} ${then}))`
}

/** True where the input is longer than `index` and holds `char` there. */
export function holds(index: number, char: string): string {
  const code = char.charCodeAt(0)
  return `(i32.and (i32.gt_u (local.get $length) (i32.const ${index})) (i32.eq ${byte(index)} (i32.const ${code})))`
}

/**
 * A module around a body of instructions that leaves an i32, with `$length` and the scratch local `$i`. The globals
 * `runTrap` and `restoreTrap` make the n-th call from now trap; they are the test's, not part of the snapshot.
 */
export function target(functionStarts: readonly number[], edges: number, body: string): HandMadeTarget {
  const trapWhenDue = (name: string): string => `
    (global.set ${name} (i32.sub (global.get ${name}) (i32.const 1)))
    (if (i32.eqz (global.get ${name})) (then unreachable))`
  const wat = `(module
  (import "fuzzbox" "memory" (memory $engine 1 65536))
  (memory $target (export "fuzzbox.memory") 17)
  (global $runTrap (export "runTrap") (mut i32) (i32.const 0))
  (global $restoreTrap (export "restoreTrap") (mut i32) (i32.const 0))
  (global $restores (export "restores") (mut i32) (i32.const 0))
  (global $captures (export "captures") (mut i32) (i32.const 0))
  (func (export "fuzzbox.run") (param $length i32) (result i32) (local $i i32)
    (memory.copy $target $engine (i32.const ${INPUT}) (i32.const ${INPUT_BASE}) (local.get $length))
    ${body}
    ${trapWhenDue('$runTrap')})
  (func (export "fuzzbox.restore") (param $image i32)
    ${trapWhenDue('$restoreTrap')}
    (global.set $restores (i32.add (global.get $restores) (i32.const 1)))
    (v128.store $target (i32.const 0) (v128.load $engine (i32.add (local.get $image) (i32.const ${IMAGE_MEMORY})))))
  (func (export "fuzzbox.capture") (param $image i32)
    (global.set $captures (i32.add (global.get $captures) (i32.const 1)))
    (v128.store $engine (i32.add (local.get $image) (i32.const ${IMAGE_MEMORY})) (v128.load $target (i32.const 0)))))`
  return { functionStarts, edges, wat }
}

/** A word of the target's memory that outlives every run, as an operand. */
const lasting = (address: string): string => `(i32.load $target ${address})`

export const PHASES_AT = 0x8100

/** Counts the run under the phase that the engine is in; `runsIn` of the rig reads it. */
export const COUNT_PHASES: string = ((): string => {
  const phase = `(i32.load $engine (i32.const ${CONTROL_ENGINE + 8}))`
  const at = `(i32.add (i32.const ${PHASES_AT}) (i32.shl ${phase} (i32.const 2)))`
  return `(i32.store $target ${at} (i32.add ${lasting(at)} (i32.const 1)))`
})()

const DICE = '(i32.const 0x8000)'

/** Throws dice that no restore puts back; `thrown(bits)` is what they show. */
export const THROW_DICE: string = `(i32.store $target ${DICE}
  (i32.add (i32.mul ${lasting(DICE)} (i32.const 1664525)) (i32.const 1013904223)))`
export function thrown(bits: number): string {
  return `(i32.shr_u ${lasting(DICE)} (i32.const ${32 - bits}))`
}

/** True where the input is shorter than `length`. */
export function shorter(length: number): string {
  return `(i32.lt_u (local.get $length) (i32.const ${length}))`
}

const FEATURES = { multi_memory: true, bulk_memory: true, simd: true }

export async function assemble(wat: string): Promise<Uint8Array<ArrayBuffer>> {
  const { parseWat } = await wabt()
  const module = parseWat('target.wat', wat, FEATURES)
  // Its types leave the features out, without which a second memory is an error.
  ;(module as unknown as { validate(features: typeof FEATURES): void }).validate(FEATURES)
  const binary = module.toBinary({}).buffer.slice()
  module.destroy()
  return binary as Uint8Array<ArrayBuffer>
}

/** Reaches nothing but its entry, whatever the input: nothing may be found in it. */
export const QUIET: HandMadeTarget = target([0], 1, `${enter(0)} ${edge(0)} (i32.const 0)`)

/** "FUZ" at the start, one byte after the other, leads to edge 3. */
export const MAGIC: HandMadeTarget = target(
  [0, 2],
  4,
  `${enter(0)} ${edge(0)}
   ${when(holds(0, 'F'), 1, `${enter(1)} ${when(holds(1, 'U'), 2, when(holds(2, 'Z'), 3))}`)} (i32.const 0)`,
)
