// Length control (libFuzzer's -len_control): inputs start short and may grow only when short ones have nothing left to
// give. The limit rises by log2(limit) after LEN_CONTROL × log2(limit) executions without a find. What a record must have
// anyway counts as nothing.
import { WITHOUT_LENGTH_CONTROL } from './abi'
import { has } from './mechanisms'
import { inputMax } from './memory'
import { fixedBytes } from './record'

const LIMIT_FIRST: u32 = 4

let control: u32 = 100
let limit: u32 = 0
/** Executions at the last find or raise. */
let since: u64 = 0

/** Longest mutant at present, bytes. */
export function lengthLimit(): u32 {
  return limit
}

/** 0 switches length control off: mutants may have any length from the start. */
export function setLengthControl(factor: u32): void {
  control = factor
  if (!factor) limit = inputMax
}

export function resetLengthControl(): void {
  limit = control && has(WITHOUT_LENGTH_CONTROL) ? min(fixedBytes + LIMIT_FIRST, inputMax) : inputMax
  since = 0
}

/** A find starts the waiting anew; an input longer than the limit shows that length pays. */
export function noteFind(executions: u64, length: u32): void {
  since = executions
  limit = min(max(limit, length), inputMax)
}

/** Called once per corpus pick: raises the limit as often as it has become due. */
export function updateLengthLimit(executions: u64): void {
  while (limit < inputMax) {
    const step = max(1, 31 - <u32>clz(limit | 1))
    const wait = <u64>control * step
    if (executions - since < wait) return
    since += wait
    limit = min(limit + step, inputMax)
  }
}
