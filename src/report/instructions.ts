// Which instruction of which function stands at an offset of a module: enough decoding to count, nothing more.
// wabt prints one instruction a line but forgets the offsets; counting puts the two together again.

/** A position in a binary. */
interface Cursor {
  readonly bytes: Uint8Array
  at: number
}

export interface InstructionPlace {
  /** Index among the functions that the module defines, imports left out. */
  readonly definedFunction: number
  /** 0 for the first instruction of the body. */
  readonly instruction: number
}

const SECTION_CODE = 10

/** Null where the offset is in no function, or an instruction is met that this decoder does not know (GC). */
export function instructionAt(wasm: Uint8Array, offset: number): InstructionPlace | null {
  const cursor: Cursor = { bytes: wasm, at: 8 }
  while (cursor.at < wasm.length) {
    const id = wasm[cursor.at++]
    const end = unsigned(cursor) + cursor.at
    if (id === SECTION_CODE) return inCodeSection(cursor, offset)
    cursor.at = end
  }
  return null
}

function inCodeSection(cursor: Cursor, offset: number): InstructionPlace | null {
  const functions = unsigned(cursor)
  for (let definedFunction = 0; definedFunction < functions; definedFunction++) {
    const end = unsigned(cursor) + cursor.at
    if (offset < end) return offset < cursor.at ? null : inBody(cursor, end, offset, definedFunction)
    cursor.at = end
  }
  return null
}

function inBody(cursor: Cursor, end: number, offset: number, definedFunction: number): InstructionPlace | null {
  for (let groups = unsigned(cursor); groups > 0; groups--) {
    unsigned(cursor)
    skipType(cursor)
  }
  for (let instruction = 0; cursor.at < end; instruction++) {
    const start = cursor.at
    if (!skipInstruction(cursor)) return null
    if (offset >= start && offset < cursor.at) return { definedFunction, instruction }
  }
  return null
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
