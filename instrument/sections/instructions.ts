// The instructions of a binary, each with its offset: enough decoding to find where the next one begins, nothing more.

/** A position in a binary. */
interface Cursor {
  readonly bytes: Uint8Array
  at: number
}

export interface Instruction {
  /** First byte, counted from the beginning of the module. */
  readonly offset: number
  readonly opcode: number
}

/** A function that the module defines. */
export interface Body {
  readonly start: number
  readonly end: number
  /** All of them, `end` too; null where one is met that this decoder does not know (GC). */
  readonly instructions: readonly Instruction[] | null
}

const SECTION_CODE = 10

/** The bodies of the code section, in order. With `offset`, instructions are decoded only of the one that contains it. */
export function bodiesOf(wasm: Uint8Array, offset?: number): Body[] {
  const cursor: Cursor = { bytes: wasm, at: 8 }
  while (cursor.at < wasm.length) {
    const id = wasm[cursor.at++]
    const end = unsigned(cursor) + cursor.at
    if (id === SECTION_CODE) return inCodeSection(cursor, offset)
    cursor.at = end
  }
  return []
}

function inCodeSection(cursor: Cursor, offset: number | undefined): Body[] {
  return Array.from({ length: unsigned(cursor) }, () => {
    const end = unsigned(cursor) + cursor.at
    const start = cursor.at
    const isWanted = offset === undefined || (offset >= start && offset < end)
    const instructions = isWanted ? instructionsOf(cursor, end) : null
    cursor.at = end
    return { start, end, instructions }
  })
}

function instructionsOf(cursor: Cursor, end: number): Instruction[] | null {
  for (let groups = unsigned(cursor); groups > 0; groups--) {
    unsigned(cursor)
    skipType(cursor)
  }
  const instructions: Instruction[] = []
  while (cursor.at < end) {
    const offset = cursor.at
    instructions.push({ offset, opcode: cursor.bytes[offset] as number })
    if (!skipInstruction(cursor)) return null
  }
  return instructions
}

/** Returns false for an instruction that it does not know. */
function skipInstruction(cursor: Cursor): boolean {
  const opcode = cursor.bytes[cursor.at++] as number
  if (opcode === 0xfc) return skipBulk(cursor)
  if (opcode === 0xfd) return skipVector(cursor)
  if (opcode === 0xfe) return skipAtomic(cursor)
  if (opcode === 0xfb) return false
  if (opcode === 0x0e) skipMany(cursor, unsigned(cursor) + 1)
  else if (opcode === 0x1c) for (let types = unsigned(cursor); types > 0; types--) skipType(cursor)
  else if (opcode === 0x1f) skipTryTable(cursor)
  else if (opcode === 0x11 || opcode === 0x13) skipMany(cursor, 2)
  else if (opcode >= 0x28 && opcode <= 0x3e) skipMemoryArgument(cursor)
  else if (opcode === 0x43) cursor.at += 4
  else if (opcode === 0x44) cursor.at += 8
  else if (ONE_NUMBER.has(opcode)) skipNumber(cursor)
  return true
}

/** Blocks and their types, branches, calls, variables, tables, memory.size and grow, constants, references. */
const ONE_NUMBER: ReadonlySet<number> = new Set([
  0x02, 0x03, 0x04, 0x06, 0x07, 0x08, 0x09, 0x0c, 0x0d, 0x10, 0x12, 0x14, 0x15, 0x18, 0x20, 0x21, 0x22, 0x23, 0x24,
  0x25, 0x26, 0x3f, 0x40, 0x41, 0x42, 0xd0, 0xd2, 0xd5, 0xd6,
])

function skipBulk(cursor: Cursor): boolean {
  const code = unsigned(cursor)
  if (code >= 8) skipMany(cursor, code === 8 || code === 10 || code === 12 || code === 14 ? 2 : 1)
  return code <= 17
}

function skipVector(cursor: Cursor): boolean {
  const code = unsigned(cursor)
  if (code <= 11 || code === 92 || code === 93) skipMemoryArgument(cursor)
  else if (code === 12 || code === 13) cursor.at += 16
  else if (code >= 21 && code <= 34) cursor.at += 1
  else if (code >= 84 && code <= 91) {
    skipMemoryArgument(cursor)
    cursor.at += 1
  }
  return true
}

function skipAtomic(cursor: Cursor): boolean {
  if (unsigned(cursor) === 3) cursor.at += 1
  else skipMemoryArgument(cursor)
  return true
}

function skipTryTable(cursor: Cursor): void {
  skipNumber(cursor)
  for (let catches = unsigned(cursor); catches > 0; catches--) {
    const kind = cursor.bytes[cursor.at++] as number
    skipMany(cursor, kind <= 1 ? 2 : 1)
  }
}

/** Alignment with a flag for "a memory index follows", then the offset. */
function skipMemoryArgument(cursor: Cursor): void {
  if (unsigned(cursor) & 0x40) skipNumber(cursor)
  skipNumber(cursor)
}

/** A value type: one byte, or two for a reference to a heap type that is spelled out. */
function skipType(cursor: Cursor): void {
  const code = cursor.bytes[cursor.at++]
  if (code === 0x63 || code === 0x64) skipNumber(cursor)
}

function skipMany(cursor: Cursor, numbers: number): void {
  for (let index = 0; index < numbers; index++) skipNumber(cursor)
}

function skipNumber(cursor: Cursor): void {
  while ((cursor.bytes[cursor.at++] as number) & 0x80);
}

function unsigned(cursor: Cursor): number {
  let value = 0
  for (let factor = 1; ; factor *= 0x80) {
    const byte = cursor.bytes[cursor.at++] ?? 0
    value += (byte & 0x7f) * factor
    if (!(byte & 0x80)) return value
  }
}
