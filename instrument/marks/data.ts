// The memory as a module's data segments fill it: only what active segments at constant addresses say.
import { ByteReader } from '../sections/bytes.ts'
import { SECTION, Sections } from '../sections/sections.ts'

const I32_CONST = 0x41
const END = 0x0b

interface Segment {
  readonly start: number
  readonly bytes: Uint8Array
}

export class InitialMemory {
  readonly #segments: readonly Segment[]

  constructor(wasm: Uint8Array) {
    const payload = new Sections(wasm).payload(SECTION.data)
    this.#segments = payload === undefined ? [] : readSegments(new ByteReader(payload))
  }

  /** Null where no segment says anything about the first byte; bytes that compilers left out at the end are zeros. */
  read(address: number, length: number): Uint8Array | null {
    if (!this.#segments.some(({ start, bytes }) => start <= address && address < start + bytes.length)) return null
    const out = new Uint8Array(length)
    // In their order: a later segment overwrites an earlier one.
    for (const { start, bytes } of this.#segments) {
      const from = Math.max(address, start)
      const to = Math.min(address + length, start + bytes.length)
      if (from < to) out.set(bytes.subarray(from - start, to - start), from - address)
    }
    return out
  }
}

function readSegments(reader: ByteReader): Segment[] {
  const segments: Segment[] = []
  for (let left = reader.unsigned(); left > 0; left--) {
    const flags = reader.unsigned()
    if (flags === 2) reader.unsigned()
    const start = flags === 1 ? null : readAddress(reader)
    const bytes = reader.take(reader.unsigned())
    if (start !== null) segments.push({ start, bytes })
  }
  return segments
}

/** An address that is a plain constant; null for one that is computed. */
function readAddress(reader: ByteReader): number | null {
  const opcode = reader.byte()
  if (opcode === I32_CONST) {
    const address = signed(reader)
    if (reader.byte() === END) return address >>> 0
  }
  while (reader.byte() !== END);
  return null
}

function signed(reader: ByteReader): number {
  let value = 0
  for (let shift = 0; ; shift += 7) {
    const byte = reader.byte()
    if (shift < 32) value |= (byte & 0x7f) << shift
    if (byte < 0x80) return shift + 7 < 32 && byte & 0x40 ? value | (-1 << (shift + 7)) : value
  }
}
