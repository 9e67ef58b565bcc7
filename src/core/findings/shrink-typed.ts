// Makes the arguments of a typed target plainer, one after the other and again, until no argument alone can be. Bytes and
// strings are shrunk as an input that is bytes is; the others keep their values meanwhile.

import type { ArgumentType } from '../typed/argument-types.ts'
import { canonicalRecord, decodeRecord, encodeRecord, type Argument } from '../typed/record.ts'
import { attempt, candidatesOf, type Candidates, type ShrinkState } from './shrink.ts'
import { shrinkScalar } from './shrink-scalar.ts'

/** The candidates for records of `types`; for inputs that are just bytes where there are none. */
export function candidatesFor(types: readonly ArgumentType[] | null | undefined): typeof candidatesOf {
  return types ? (state) => typedCandidates(types, state) : candidatesOf
}

function* typedCandidates(types: readonly ArgumentType[], state: ShrinkState): Candidates {
  const canonical = canonicalRecord(types, state.best)
  // Arguments that are told apart by more than their values can only be shrunk as the bytes that they are.
  if (!equal(canonical, state.best) && !(yield* attempt(state, canonical))) return yield* candidatesOf(state)
  let before: Uint8Array
  do {
    before = state.best
    for (const index of types.keys()) yield* shrinkArgument(types, state, index)
  } while (!equal(before, state.best))
}

function* shrinkArgument(types: readonly ArgumentType[], state: ShrinkState, index: number): Candidates {
  const known = decodeRecord(types, state.best)
  const argument = known[index]!
  const tried = (changed: Argument): Uint8Array => encodeRecord(known.with(index, changed))
  if ('bytes' in argument) {
    const { type, bytes } = argument
    const inner = candidatesOf({ best: bytes })
    for (let next = inner.next(); !next.done;) {
      next = inner.next(yield* attempt(state, tried({ type, bytes: next.value })))
    }
    return
  }
  const { type, value } = argument
  const inner = shrinkScalar(type, value)
  for (let next = inner.next(); !next.done;) {
    next = inner.next(yield* attempt(state, tried({ type, value: next.value })))
  }
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}
