import { expect, test } from 'vitest'
import { parseStack, placeOf } from '../../src/core/link/stack.ts'
import { classify } from '../../src/core/link/traps.ts'

const NONE = { reason: 0, detail: 0, message: '' }
const name = (index: number): string => `import ${index}`
const kindOf = (error: unknown): string | undefined => classify(error, NONE, name)?.kind

test.each([
  // V8
  ['unreachable', 'unreachable'],
  ['memory access out of bounds', 'out-of-bounds'],
  ['table index is out of bounds', 'indirect-call'],
  ['null function or function signature mismatch', 'indirect-call'],
  ['divide by zero', 'divide-by-zero'],
  ['remainder by zero', 'divide-by-zero'],
  ['divide result unrepresentable', 'integer-overflow'],
  ['float unrepresentable in integer range', 'integer-overflow'],
  ['array element access out of bounds', 'out-of-bounds'],
  // SpiderMonkey
  ['unreachable executed', 'unreachable'],
  ['index out of bounds', 'out-of-bounds'],
  ['indirect call to null', 'indirect-call'],
  ['indirect call signature mismatch', 'indirect-call'],
  ['integer divide by zero', 'divide-by-zero'],
  ['integer overflow', 'integer-overflow'],
  ['invalid conversion to integer', 'integer-overflow'],
  // JavaScriptCore
  ['Unreachable code should not be executed (evaluating …)', 'unreachable'],
  ['Out of bounds memory access (evaluating …)', 'out-of-bounds'],
  ['Out of bounds call_indirect (evaluating …)', 'indirect-call'],
  ['call_indirect to a null table entry (evaluating …)', 'indirect-call'],
  ['call_indirect to a signature that does not match', 'indirect-call'],
  ['Division by zero (evaluating …)', 'divide-by-zero'],
  ['Integer overflow (evaluating …)', 'integer-overflow'],
  ['Out of bounds Trunc operation (evaluating …)', 'integer-overflow'],
])('takes "%s" for %s', (message, kind) => {
  expect(kindOf(new WebAssembly.RuntimeError(message))).toBe(kind)
})

test('takes an exhausted stack for one in every engine', () => {
  expect(kindOf(new RangeError('Maximum call stack size exceeded'))).toBe('stack-overflow')
  expect(kindOf(Object.assign(new Error('too much recursion'), { name: 'InternalError' }))).toBe('stack-overflow')
})

test('takes a mistake of ours for no trap', () => {
  expect(classify(new TypeError('x is not a function'), NONE, name)).toBe(null)
  expect(classify('text', NONE, name)).toBe(null)
})

test('believes the control block before the engine', () => {
  const error = new WebAssembly.RuntimeError('unreachable')
  const reasons = [1, 2, 3, 4, 5, 6, 7].map((reason) => classify(error, { reason, detail: 2, message: 'text' }, name))
  expect(reasons.map((found) => found?.kind)).toEqual([
    'timeout',
    'stack-overflow',
    'memory-limit',
    'exit',
    'abort',
    'missing-import',
    'uncaught-exception',
  ])
  expect(reasons[4]?.message).toBe('abort: text')
  expect(reasons[5]?.message).toContain('import 2')
})

test('reads the frames of every engine', () => {
  const v8 =
    'RuntimeError: unreachable\n    at ns::parse(int) (wasm://wasm/json-8ec6:wasm-function[12]:0x1a2)\n' +
    '    at wasm://wasm/json-8ec6:wasm-function[3]:0x52\n    at run (file:///a.js:1:2)'
  expect(parseStack(v8)).toEqual([
    { moduleKey: 'wasm://wasm/json-8ec6', index: 12, name: 'ns::parse(int)', offset: 0x1a2 },
    { moduleKey: 'wasm://wasm/json-8ec6', index: 3, name: '', offset: 0x52 },
  ])
  const gecko = 'parse@http://h/w.js line 3 > WebAssembly.Module:wasm-function[12]:0x1a2\nrun@http://h/w.js:4:5'
  expect(parseStack(gecko)).toEqual([
    { moduleKey: 'http://h/w.js line 3 > WebAssembly.Module', index: 12, name: 'parse', offset: 0x1a2 },
  ])
  expect(parseStack('<?>.wasm-function[12]@[wasm code]\nmodule code@a.js')).toEqual([
    { moduleKey: '', index: 12, name: '', offset: null },
  ])
})

test('a place is the message and the innermost frames', () => {
  const stack = ['E: m', ...Array.from({ length: 20 }, (_, frame) => `at ${frame}`)].join('\n')
  expect(placeOf(stack).split('\n')).toHaveLength(6)
  expect(placeOf('short')).toBe('short')
})
