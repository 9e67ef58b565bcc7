// Names are the target's: they are made readable where they can be, and may be anything.
import { expect, test } from 'vitest'
import { demangle } from '../../src/node/demangle.ts'
import { withReadableNames } from '../../src/core/target/readable-names.ts'
import { prepareTarget } from '../../src/core/target/prepare.ts'
import { openPrepared, wat } from '../support/targets.ts'

test.each([
  ['C++', '_ZNK6parser5Lexer4nextEv', 'parser::Lexer::next() const'],
  ['C++, a lambda', '_ZZ4fuzzvENKUlvE_clEv', 'fuzz()::{lambda()#1}::operator()() const'],
  [
    'C++, an anonymous namespace',
    '_ZN12_GLOBAL__N_15parseEPKhm',
    '(anonymous namespace)::parse(unsigned char const*, unsigned long)',
  ],
  ['Rust', '_ZN4demo6parser5parse17h0123456789abcdefE', 'demo::parser::parse'],
  ['Rust since 2025', '_RNvNtCs1234_4demo6parser5parse', 'demo::parser::parse'],
])('a name of %s reads as in the source', (_, mangled, name) => {
  expect(demangle(mangled)).toBe(name)
})

test('a name that is no mangled one, is broken, deep or very long comes back, and the next one still reads', () => {
  for (const name of [
    '_Z',
    '_ZN',
    '_R',
    `_Z1f${'P'.repeat(4_000)}i`,
    `_Z${'9'.repeat(5_000)}`,
    `_Z1fI${'I'.repeat(3_000)}`,
    '_Z\ud800',
  ])
    expect(typeof demangle(name)).toBe('string')
  expect(demangle('_Z3addii')).toBe('add(int, int)')
})

test('the frames of a finding carry the readable name, on both builds of the module', async () => {
  const text = `(module (memory (export "memory") 1)
    (func $_ZN4demo5parse17h0123456789abcdefE (unreachable))
    (func (export "fuzz") (param i32 i32) (result i32) (call $_ZN4demo5parse17h0123456789abcdefE) (i32.const 0)))`
  const sandbox = await openPrepared(withReadableNames(await prepareTarget(wat(text)), demangle))
  const outcomes = [sandbox.runOnce(new Uint8Array(1)), sandbox.confirm(new Uint8Array(1))]
  for (const outcome of outcomes)
    expect(outcome).toMatchObject({ kind: 'trap', frames: [{ functionName: 'demo::parse' }, {}] })
})
