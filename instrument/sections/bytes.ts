// Reading and writing the primitive encodings of the Wasm binary format.

const decoder = new TextDecoder()
const encoder = new TextEncoder()

/** Walks over a binary; every method reads one thing and moves past it. */
export class ByteReader {
  readonly bytes: Uint8Array
  position: number
  readonly end: number

  constructor(bytes: Uint8Array, start: number = 0, end: number = bytes.length) {
    this.bytes = bytes
    this.position = start
    this.end = end
  }

  get atEnd(): boolean {
    return this.position >= this.end
  }

  byte(): number {
    if (this.position >= this.end) throw new RangeError(`the binary ends early, at offset ${this.position}`)
    return this.bytes[this.position++]!
  }

  /** Unsigned LEB128 up to 64 bits, as a number: exact below 2^53, which covers every count and limit that can be met. */
  unsigned(): number {
    let value = 0
    let scale = 1
    for (;;) {
      const byte = this.byte()
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
      scale *= 128
    }
  }

  /** Passes over a LEB128 of either sign. */
  skipLeb(): void {
    while (this.byte() >= 0x80);
  }

  take(length: number): Uint8Array {
    if (this.position + length > this.end) throw new RangeError(`the binary ends early, at offset ${this.end}`)
    const slice = this.bytes.subarray(this.position, this.position + length)
    this.position += length
    return slice
  }

  name(): string {
    return decoder.decode(this.take(this.unsigned()))
  }

  /** The bytes of one value type: a single byte, or `ref`/`ref null` and its heap type. */
  valueType(): Uint8Array {
    const start = this.position
    const first = this.byte()
    if (first === 0x63 || first === 0x64) this.skipLeb()
    return this.bytes.subarray(start, this.position)
  }
}

export function unsignedLeb(value: number): number[] {
  const out: number[] = []
  do {
    const low = value % 128
    value = Math.floor(value / 128)
    out.push(value > 0 ? low | 0x80 : low)
  } while (value > 0)
  return out
}

export function nameBytes(text: string): number[] {
  const bytes = encoder.encode(text)
  return [...unsignedLeb(bytes.length), ...bytes]
}

export function concat(parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let position = 0
  for (const part of parts) {
    out.set(part, position)
    position += part.length
  }
  return out
}
