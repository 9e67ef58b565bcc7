// What a finding's file and its report say of a trap: of one that a campaign met, and of one that a replay brought back.

import type { FindingRecord } from '../campaign/corpus.ts'
import { toBase64 } from '../hash.ts'
import type { Frame, Outcome, Trap } from '../outcome.ts'
import type { ArgumentType } from '../typed/argument-types.ts'
import { argumentTexts } from '../typed/typed-corpus.ts'
import type { ExamineReply } from '../worker/protocol.ts'
import { keyOf } from './finding.ts'

/** A trap and the input that led to it. */
export interface Met {
  readonly trap: Trap
  readonly key: string
  readonly input: Uint8Array
  readonly executions: number
  readonly elapsedMs: number
}

/** `examined` is null for what was never run again: no time was left, or it lost its worker; `types` are those of the target. */
export function recordOf(
  { trap, key, input, executions, elapsedMs }: Met,
  examined: ExamineReply | null,
  types: readonly ArgumentType[] | null | undefined,
): FindingRecord {
  const told = tellingOutcome(trap, examined)
  return {
    kind: trap.trap,
    key,
    message: told.message,
    frames: told.frames,
    sizeBytes: input.length,
    executions,
    elapsedMs: Math.round(elapsedMs),
    reproduced: examined?.key === key ? examined.reproduced : 0,
    reproduceRuns: examined?.runs ?? 0,
    confirmed: examined?.confirmed ? examined.confirmed.kind === 'trap' : null,
    inputBase64: toBase64(input),
    ...(types ? { arguments: argumentTexts(types, input) } : {}),
  }
}

/** The fresh, uninstrumented instance knows exact functions and offsets, so it speaks where it saw the same trap. */
function tellingOutcome(first: Trap, examined: ExamineReply | null): { message: string; frames: readonly Frame[] } {
  const candidates: (Outcome | null | undefined)[] = [examined?.confirmed, examined?.outcome]
  for (const outcome of candidates) {
    if (outcome?.kind === 'trap' && outcome.trap === first.trap && outcome.frames.length > 0) return outcome
  }
  const again = candidates.find((outcome) => outcome?.kind === 'trap' && keyOf(outcome) === keyOf(first))
  return again?.kind === 'trap' ? again : first
}
