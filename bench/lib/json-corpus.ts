// A directory of many inputs for the JSON target: made from a seed, all of one size, mostly distinct and mostly valid.
import { mkdirSync, writeFileSync } from 'node:fs'

/** A small generator of numbers (Mulberry32): the same seed makes the same directory everywhere. */
export function generator(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

type Draw = (below: number) => number

const WORDS = ['name', 'size', 'é', '\\n', '\\u00e9', '\\ud83d\\ude00', 'x', '', 'id', '日本'] as const
const LITERALS = ['true', 'false', 'null', '0', '-0', '1e9', '-12.5E-3', '[]', '{}'] as const

function value(draw: Draw, depth: number): string {
  const kind = draw(depth > 3 ? 3 : 6)
  if (kind === 0) return LITERALS[draw(LITERALS.length)]!
  if (kind === 1) return String(draw(2_000_000) - 1_000_000)
  if (kind === 2) return `"${WORDS[draw(WORDS.length)]}${draw(1000)}"`
  const values = Array.from({ length: 1 + draw(4) }, () => value(draw, depth + 1))
  if (kind < 5) return `[${values.join(', ')}]`
  return `{${values.map((text) => `"${WORDS[draw(WORDS.length)]}": ${text}`).join(',')}}`
}

/** One input of exactly `bytes` bytes: an array of values, filled up with space; one in eight has a byte changed. */
export function jsonInput(draw: Draw, bytes: number): Buffer {
  const input = Buffer.alloc(bytes, ' ')
  let text = `[${draw(2 ** 31)}`
  for (let tries = 0; tries < 12; tries++) {
    const next = `,${value(draw, 0)}`
    if (Buffer.byteLength(text) + Buffer.byteLength(next) < bytes) text += next
  }
  input.write(`${text}]`)
  if (draw(8) === 0) input[draw(bytes)] = draw(256)
  return input
}

/** Calls `keep` with each of `count` inputs; the same for the same count and size. */
export function eachJsonInput(count: number, bytes: number, keep: (input: Buffer, index: number) => void): void {
  const draw = generator(1)
  for (let index = 0; index < count; index++) keep(jsonInput(draw, bytes), index)
}

export function writeJsonCorpus(folder: string, count: number, bytes: number): void {
  mkdirSync(folder, { recursive: true })
  eachJsonInput(count, bytes, (input, index) =>
    writeFileSync(`${folder}/${index.toString(16).padStart(8, '0')}`, input),
  )
}
