// Which instructions name a memory by an address and an offset, how many bytes they reach, and what they take besides the
// address.

/** Types that an operand can have. */
export type Operand = 'i32' | 'i64' | 'f32' | 'f64' | 'v128'

export interface Access {
  /** Bytes that it reads or writes. */
  readonly bytes: number
  /** What it takes from the stack above the address, in order. */
  readonly operands: readonly Operand[]
  /** An index of a lane follows the offset. */
  readonly lane: boolean
  /** memory.atomic.wait: traps wherever the memory is not shared. */
  readonly waits: boolean
}

type Row = readonly [first: number, bytes: readonly number[], operands?: readonly Operand[], rest?: Partial<Access>]

function table(rows: readonly Row[]): ReadonlyMap<number, Access> {
  const accesses = new Map<number, Access>()
  for (const [first, sizes, operands = [], rest = {}] of rows)
    sizes.forEach((bytes, i) => accesses.set(first + i, { bytes, operands, lane: false, waits: false, ...rest }))
  return accesses
}

/** Opcodes of one byte. */
export const PLAIN: ReadonlyMap<number, Access> = table([
  [0x28, [4, 8, 4, 8, 1, 1, 2, 2, 1, 1, 2, 2, 4, 4]],
  [0x36, [4], ['i32']],
  [0x37, [8], ['i64']],
  [0x38, [4], ['f32']],
  [0x39, [8], ['f64']],
  [0x3a, [1, 2], ['i32']],
  [0x3c, [1, 2, 4], ['i64']],
])

/** Behind 0xfd. */
export const VECTOR: ReadonlyMap<number, Access> = table([
  [0, [16, 8, 8, 8, 8, 8, 8, 1, 2, 4, 8]],
  [11, [16], ['v128']],
  [84, [1, 2, 4, 8, 1, 2, 4, 8], ['v128'], { lane: true }],
  [92, [4, 8]],
])

/** i32 and i64 whole, then i32 by 8 and 16 bits, then i64 by 8, 16 and 32. */
const WIDTHS: readonly (readonly [Operand, number])[] = [
  ['i32', 4],
  ['i64', 8],
  ['i32', 1],
  ['i32', 2],
  ['i64', 1],
  ['i64', 2],
  ['i64', 4],
]
/** First opcodes of: stores, then add, sub, and, or, xor, xchg. */
const ATOMIC_WRITES = [0x17, 0x1e, 0x25, 0x2c, 0x33, 0x3a, 0x41]

/** Behind 0xfe. */
export const ATOMIC: ReadonlyMap<number, Access> = table([
  [0, [4], ['i32']],
  [1, [4], ['i32', 'i64'], { waits: true }],
  [2, [8], ['i64', 'i64'], { waits: true }],
  ...WIDTHS.flatMap(([type, bytes], i): Row[] => [
    [0x10 + i, [bytes]],
    ...ATOMIC_WRITES.map((first): Row => [first + i, [bytes], [type]]),
    [0x48 + i, [bytes], [type, type]],
  ]),
])
