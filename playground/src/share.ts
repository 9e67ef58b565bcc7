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
  readonly workers?: number
  readonly seed?: number
}

/** Longer fragments are cut off by some programs through which links are sent. */
const LINK_CHARACTERS_MAX = 64_000
const UNPACKED_BYTES_MAX = 8 * 1024 * 1024
const NAME_CHARACTERS_MAX = 100
const LANGUAGES: readonly string[] = ['assemblyscript', 'wat', 'c', 'wasm']

/** The address of this page with all of it in the fragment; null where that would be too long to send. */
export async function linkTo(shared: Shared): Promise<string | null> {
  const packed = await through(new TextEncoder().encode(JSON.stringify(shared)), new CompressionStream('deflate-raw'))
  const link = `${location.origin}${location.pathname}#${toUrlBase64(packed)}`
  return link.length > LINK_CHARACTERS_MAX ? null : link
}

/** What the fragment holds, or the sentence that says why nothing of it is taken; null where there is no fragment. */
export async function fromLink(hash: string): Promise<Shared | string | null> {
  if (hash.length < 2) return null
  if (hash.length > LINK_CHARACTERS_MAX) {
    return `This link is refused: it is ${hash.length} characters long, and ${LINK_CHARACTERS_MAX} is the most.`
  }
  try {
    const bytes = await through(fromUrlBase64(hash.slice(1)), new DecompressionStream('deflate-raw'))
    const shared = sharedOf(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
    return shared ?? 'This link is refused: what it holds is not a program of this playground.'
  } catch (error) {
    if (error instanceof RangeError) {
      return `This link is refused: it unpacks to more than ${UNPACKED_BYTES_MAX / 1024 / 1024} MB.`
    }
    return 'This link is refused: it is damaged or was cut short. Ask for it again.'
  }
}

/** Every field is looked at: a stranger wrote it. What is not known is dropped. */
function sharedOf(value: unknown): Shared | null {
  if (typeof value !== 'object' || value === null) return null
  const { name, language, mode, text, input, workers, seed } = value as Partial<Record<keyof Shared, unknown>>
  if (typeof name !== 'string' || typeof text !== 'string') return null
  if (typeof language !== 'string' || !LANGUAGES.includes(language)) return null
  const known = { name: name.slice(0, NAME_CHARACTERS_MAX), language: language as Language, text }
  const shared: Shared = { ...known, mode: mode === 'explore' ? 'explore' : 'fuzz' }
  if (language === 'wasm') fromBase64(text)
  if (typeof input === 'string' && shared.mode === 'fuzz') fromBase64(input)
  return {
    ...shared,
    ...(typeof input === 'string' ? { input } : {}),
    ...(Number.isSafeInteger(workers) ? { workers: workers as number } : {}),
    ...(Number.isSafeInteger(seed) && (seed as number) >= 0 ? { seed: seed as number } : {}),
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
