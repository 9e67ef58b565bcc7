// Bytes for people: sixteen a line, in hex and as text, or in one line as a quoted string.

import { HEX_LINES_MAX } from '../core/limits.ts'

const BYTES_PER_LINE = 16

/** `00000010  48 65 6c 6c 6f …  |Hello|`; cut, and saying so, after HEX_LINES_MAX lines. */
export function hexDump(bytes: Uint8Array): string[] {
  const lines: string[] = []
  for (let start = 0; start < bytes.length && lines.length < HEX_LINES_MAX; start += BYTES_PER_LINE) {
    const part = Array.from(bytes.subarray(start, start + BYTES_PER_LINE))
    const hex = part.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const text = part.map((byte) => (isPrintable(byte) ? String.fromCharCode(byte) : '.')).join('')
    lines.push(`${start.toString(16).padStart(8, '0')}  ${hex.padEnd(BYTES_PER_LINE * 3 - 1)}  |${text}|`)
  }
  const shown = lines.length * BYTES_PER_LINE
  if (shown < bytes.length) lines.push(`… ${bytes.length - shown} bytes more`)
  return lines
}

/** `"GET \x00\n"`: what can be pasted into C, JavaScript or a dictionary. */
export function quotedText(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes.subarray(0, HEX_LINES_MAX * BYTES_PER_LINE)) {
    if (byte === 0x0a) text += '\\n'
    else if (byte === 0x22 || byte === 0x5c) text += `\\${String.fromCharCode(byte)}`
    else if (isPrintable(byte)) text += String.fromCharCode(byte)
    else text += `\\x${byte.toString(16).padStart(2, '0')}`
  }
  return `"${text}"${bytes.length > HEX_LINES_MAX * BYTES_PER_LINE ? ' …' : ''}`
}

function isPrintable(byte: number): boolean {
  return byte >= 0x20 && byte < 0x7f
}
