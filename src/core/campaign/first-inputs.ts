// What a campaign without seeds begins with.
import type { PreparedTarget } from '../target/prepared.ts'
import { canonicalRecord } from '../typed/record.ts'

/** Arguments that are all zero; where an input is bytes, nothing at all and one byte. */
export function firstInputs({ types }: PreparedTarget): Uint8Array<ArrayBuffer>[] {
  if (types) return [canonicalRecord(types, new Uint8Array(0)).slice()]
  return [new Uint8Array(0), new Uint8Array([0x30])]
}
