// A link carries everything in its fragment, which browsers do not send to any server: the program, the mode, and
// perhaps an input, compressed. What comes in by a link is only shown; nothing runs before somebody presses Run.
import type { Language, Mode } from './examples.ts'

export interface Shared {
  readonly name: string
  readonly language: Language
  readonly mode: Mode
  /** Source text; of a .wasm, its bytes in base64. */
  readonly text: string
  /** A failing input, base64, or a recipe. */
  readonly input?: string
}

/** Longer fragments are cut off by some programs through which links are sent. */
const LINK_CHARACTERS_MAX = 64_000
const UNPACKED_BYTES_MAX = 8 * 1024 * 1024
const LANGUAGES: readonly string[] = ['assemblyscript', 'wat', 'c', 'wasm']

/** The address of this page with all of it in the fragment; null where that would be too long to send. */
export async function linkTo(shared: Shared): Promise<string | null> {
  const packed = await through(new TextEncoder().encode(JSON.stringify(shared)), new CompressionStream('deflate-raw'))
  const link = `${location.origin}${location.pathname}#${toUrlBase64(packed)}`
  return link.length > LINK_CHARACTERS_MAX ? null : link
}

/** What the fragment holds; null where there is none, or none of ours. */
export async function fromLink(hash: string): Promise<Shared | null> {
  if (hash.length < 2) return null
  try {
    const bytes = await through(fromUrlBase64(hash.slice(1)), new DecompressionStream('deflate-raw'))
    const value = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Record<keyof Shared, unknown>>
    const { name, language, mode, text, input } = value
    if (typeof name !== 'string' || typeof text !== 'string') return null
    if (typeof language !== 'string' || !LANGUAGES.includes(language)) return null
    return {
      name: name.slice(0, 100),
      language: language as Language,
      mode: mode === 'explore' ? 'explore' : 'fuzz',
      text,
      ...(typeof input === 'string' ? { input } : {}),
    }
  } catch {
    return null
  }
}

/** Stops a fragment that unpacks to more than a page should hold. */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([bytes]).stream().pipeThrough<Uint8Array<ArrayBuffer>>(stream).getReader()
  const parts: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length
    if (length > UNPACKED_BYTES_MAX) {
      await reader.cancel()
      throw new RangeError('too much')
    }
    parts.push(part.value)
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}

function toUrlBase64(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function fromUrlBase64(text: string): Uint8Array<ArrayBuffer> {
  return fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'))
}

export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}
