// The name section is optional: whatever is wrong in it, the module runs, and no name is taken for another.
import { expect, test } from 'vitest'
import { instrument } from '../../instrument/index.ts'
import { concat, nameBytes, unsignedLeb } from '../../instrument/sections/bytes.ts'
import { namesAreUsable } from '../../instrument/sections/names.ts'
import { assemble, only } from './assemble.ts'

const MODULE = '(module (global (mut i32) (i32.const 1)) (memory 1) (func (export "f") (result i32) (global.get 0)))'

function custom(name: string, content: readonly number[]): Uint8Array {
  const payload = [...nameBytes(name), ...content]
  return concat([[0], unsignedLeb(payload.length), payload])
}

/** A subsection that names item 0. */
function named(id: number, name: string): number[] {
  const content = [1, 0, ...nameBytes(name)]
  return [id, ...unsignedLeb(content.length), ...content]
}

const FUNCTIONS = 1
const GLOBALS = 7

test.each([
  ['not UTF-8', custom('name', [FUNCTIONS, 4, 1, 0, 1, 0xff])],
  ['cut short', custom('name', [FUNCTIONS, 9, 1, 0])],
  ['longer than its subsection', custom('name', [FUNCTIONS, 3, 1, 0, 7, 0x61])],
  ['with a NUL', custom('name', named(GLOBALS, 'a\0b'))],
  ['of features nobody knows', custom('target_features', [1, 0x7a, 1, 0x61])],
])('a custom section %s is left out, and the module runs', (_, section) => {
  const wasm = concat([assemble(MODULE), section])
  const { wasm: out } = instrument(wasm, only(['pages', 'edges', 'bridge']))
  expect(WebAssembly.validate(out as BufferSource)).toBe(true)
})

test('names that are well formed stay, and are said to be dropped where they are not', () => {
  const notes = (section: Uint8Array): readonly string[] =>
    instrument(concat([assemble(MODULE), section]), only(['imports', 'limits', 'edges'])).map.notes
  const dropped = expect.stringContaining('names of functions were dropped')
  expect(notes(custom('name', named(FUNCTIONS, 'parse')))).not.toContainEqual(dropped)
  expect(notes(custom('name', named(FUNCTIONS, 'parse\0')))).toContainEqual(dropped)
})

test('knows maps, maps of maps and the name of the module', () => {
  const locals = [2, 6, 1, 0, 1, 0, 1, 0x61]
  expect(namesAreUsable(new Uint8Array([0, 2, 1, 0x6d, ...named(FUNCTIONS, 'f'), ...locals]), 'fuzzbox.')).toBe(true)
  expect(namesAreUsable(new Uint8Array([...locals, ...named(GLOBALS, 'fuzzbox.pages')]), 'fuzzbox.')).toBe(false)
  expect(namesAreUsable(new Uint8Array([0, 3, 1, 0x6d, 0]), 'fuzzbox.')).toBe(false)
})
