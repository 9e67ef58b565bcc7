// The limits of memories and tables as the binary spells them.
import { type ByteReader, unsignedLeb } from './bytes.ts'

export interface Limits {
  readonly minimum: number
  /** null: the module sets no maximum. */
  readonly maximum: number | null
  readonly shared: boolean
  readonly is64: boolean
}

export const HAS_MAXIMUM = 1
export const SHARED = 2
const IS_64 = 4

export function readLimits(reader: ByteReader): Limits {
  const flags = reader.byte()
  if (flags > 7) throw new RangeError(`unknown limits flags ${flags} at offset ${reader.position - 1}`)
  const minimum = reader.unsigned()
  const maximum = flags & HAS_MAXIMUM ? reader.unsigned() : null
  return { minimum, maximum, shared: (flags & SHARED) !== 0, is64: (flags & IS_64) !== 0 }
}

export function writeLimits(minimum: number, maximum: number): number[] {
  return [HAS_MAXIMUM, ...unsignedLeb(minimum), ...unsignedLeb(maximum)]
}
