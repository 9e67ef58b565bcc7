// A table holds Wasm functions only. This module imports functions of JavaScript's and exports them again, which makes
// Wasm functions of them; it has no code and no memory of its own.
import type { Signature } from '../../../instrument/types.ts'

const FUNCTION_TYPE = 0x60
const TYPES: Readonly<Record<string, number>> = { i32: 0x7f, i64: 0x7e }

/** The same functions, fit for a table. Parameters and results are i32 or i64. */
export function asWasmFunctions(
  functions: Readonly<
    Record<string, { readonly signature: Signature; readonly call: (...words: number[]) => unknown }>
  >,
): WebAssembly.Exports {
  const entries = Object.entries(functions)
  const types = entries.map(([, { signature }]) => [
    FUNCTION_TYPE,
    ...vector(signature.params.map((type) => [TYPES[type]!])),
    ...vector(signature.results.map((type) => [TYPES[type]!])),
  ])
  const imports = entries.map(([name], index) => [...text('js'), ...text(name), 0, index])
  const exports = entries.map(([name], index) => [...text(name), 0, index])
  const bytes = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...section(1, types), ...section(2, imports), ...section(7, exports)]
  const js = Object.fromEntries(entries.map(([name, { call }]) => [name, call]))
  return new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes)), { js }).exports
}

function section(id: number, items: readonly number[][]): number[] {
  const payload = vector(items)
  return [id, ...number(payload.length), ...payload]
}

function vector(items: readonly number[][]): number[] {
  return [...number(items.length), ...items.flat()]
}

function text(name: string): number[] {
  const bytes = new TextEncoder().encode(name)
  return [...number(bytes.length), ...bytes]
}

function number(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...number(value >>> 7)]
}
