// An input as people read it, its beginning where it is long.

const SHOWN_BYTES_MAX = 256

export function toHex(input: Uint8Array): string {
  const shown = input.subarray(0, SHOWN_BYTES_MAX)
  const hex = Array.from(shown, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
  return shown.length < input.length ? `${hex} …` : hex
}

/** Printable ASCII as it is, every other byte as a dot. */
export function textOf(input: Uint8Array): string {
  const shown = input.subarray(0, SHOWN_BYTES_MAX)
  return Array.from(shown, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('')
}
