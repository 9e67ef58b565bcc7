import { expect, test } from 'vitest'
import { loadModule } from '../../src/core/target/load.ts'
import { readShape } from '../../src/core/target/shape.ts'
import { assemblyScript, refusal, wat } from '../support/targets.ts'

const bytes = (...values: number[]): Uint8Array => new Uint8Array(values)
const MAGIC = [0, 0x61, 0x73, 0x6d]

test('refuses what is not Wasm, with one sentence', async () => {
  const { code, message } = await refusal(loadModule({ kind: 'wasm', name: 'a.wasm', bytes: bytes(1, 2, 3) }))
  expect(code).toBe('E_NOT_WASM')
  expect(message).toMatch(/^a\.wasm is not a WebAssembly module/)
  expect(message).not.toContain('\n')
})

test('refuses an empty file', async () => {
  expect((await refusal(loadModule({ kind: 'wasm', name: 'a', bytes: bytes() }))).code).toBe('E_NOT_WASM')
})

test('refuses every prefix of a module that ends inside a section', async () => {
  const whole = await loadModule(wat('(module (memory 1) (func (export "fuzz") (param i32 i32) (unreachable)))'))
  let cut = 0
  for (let length = 0; length < whole.length; length++) {
    const part = whole.slice(0, length)
    if (WebAssembly.validate(part)) continue
    cut++
    const { code } = await refusal(loadModule({ kind: 'wasm', name: 'cut.wasm', bytes: part }))
    expect(['E_NOT_WASM', 'E_INVALID_WASM']).toContain(code)
  }
  expect(cut).toBeGreaterThan(20)
})

test('says why a module is invalid', async () => {
  // A function section that names type 0, and no types.
  const wasm = bytes(...MAGIC, 1, 0, 0, 0, 3, 2, 1, 0)
  const { code, message } = await refusal(loadModule({ kind: 'wasm', name: 'bad.wasm', bytes: wasm }))
  expect(code).toBe('E_INVALID_WASM')
  expect(message).toContain('bad.wasm is not valid WebAssembly (')
})

test('tells a component from a module', async () => {
  const wasm = bytes(...MAGIC, 0x0d, 0, 1, 0)
  expect((await refusal(loadModule({ kind: 'wasm', name: 'c.wasm', bytes: wasm }))).code).toBe('E_COMPONENT')
})

test('says where text does not assemble', async () => {
  const { code, message } = await refusal(loadModule(wat('(module\n  (func (i32.nonsense)))', 'bad.wat')))
  expect(code).toBe('E_WAT')
  expect(message).toContain('bad.wat:2:')
  expect(message).not.toContain('\n')
})

/** So many of one thing within each other. */
const nested = (count: number, open: string, close: string): string =>
  `(module (func (export "fuzz") (param i32 i32) ${open.repeat(count)}${close.repeat(count)}))`

test.each([
  ['blocks in brackets', '(block ', ')'],
  ['blocks up to their end', 'block ', 'end '],
  ['operators', '(drop (i32.eqz ', '(i32.const 1)))'],
])('refuses text that nests %s so deep that the assembler would never answer', async (_, open, close) => {
  const { code, message } = await refusal(loadModule(wat(nested(300, open, close), 'deep.wat')))
  expect(code).toBe('E_WAT_TOO_DEEP')
  expect(message).toMatch(/^deep\.wat nests .* give the \.wasm file$/)
})

test('takes text with deep blocks, and brackets in comments and strings do not count', async () => {
  const noise = `${'(; ( (; ;) '.repeat(300)}${';) '.repeat(300)} ;; ${'('.repeat(300)}\n`
  expect(await loadModule(wat(nested(115, '(block ', ')')))).toHaveProperty('length')
  expect(
    await loadModule(wat(`(module ${noise} (memory 1) (data (i32.const 0) "${'(\\"'.repeat(300)}"))`)),
  ).toHaveProperty('length')
})

test('shows what the AssemblyScript compiler says, under the name of the file', async () => {
  const { code, message } = await refusal(
    loadModule(assemblyScript('export function fuzz(): i32 { return nothing }', 'my.ts')),
  )
  expect(code).toBe('E_ASSEMBLYSCRIPT')
  expect(message).toContain("Cannot find name 'nothing'")
  expect(message).toContain('my.ts(1,')
})

test('compiles AssemblyScript that imports its neighbours', async () => {
  const wasm = await loadModule({
    kind: 'assemblyscript',
    name: 'dir/main.ts',
    text: `import { answer } from './answer'\nexport function fuzz(data: usize, length: i32): i32 { return answer() }`,
    readFile: async (path) => (path === 'answer.ts' ? 'export function answer(): i32 { return 42 }' : null),
  })
  const names = readShape(wasm).exports.map(({ name }) => name)
  expect(names).toContain('fuzz')
  expect(names).toContain('__new')
})

test('reads signatures, names, limits and the start function of a module', async () => {
  const shape = readShape(
    await loadModule(
      wat(`(module
        (import "env" "table" (table 2 10 funcref))
        (import "env" "f" (func $f (param i64 f32) (result f64)))
        (import "env" "g" (global (mut i64)))
        (memory (export "m") 2 5)
        (func $start)
        (func $inner (export "outer") (param i32 v128) (result externref) (ref.null extern))
        (start $start))`),
    ),
  )
  expect(shape.imports.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['table table', 'function f', 'global g'])
  expect(shape.imports[0]?.limits).toEqual({ initial: 2, maximum: 10 })
  expect(shape.imports[1]?.signature).toEqual({ params: ['i64', 'f32'], results: ['f64'] })
  expect(shape.imports[2]?.global).toEqual({ type: 'i64', mutable: true })
  expect(shape.memory).toEqual({ initial: 2, maximum: 5 })
  expect(shape.hasStart).toBe(true)
  expect(shape.functionNames.get(2)).toBe('inner')
  expect(shape.exports[1]?.signature).toEqual({ params: ['i32', 'v128'], results: ['ref'] })
})
