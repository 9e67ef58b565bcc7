// Random modules, in the manner of wasm-smith: `generateModule(seed)` gives the text of a valid module that ends, and
// what a test has to know to call it. Everything that can be compared from outside is exported.
import { Body } from './body.ts'
import { Random } from './random.ts'
import { type Shape, SPELLED, type Type, makeShape } from './shape.ts'

export interface GeneratedModule {
  readonly wat: string
  readonly shape: Shape
  /** Exports that JavaScript can call, with the types of their parameters. */
  readonly calls: readonly { readonly name: string; readonly params: readonly Type[] }[]
  /** Exported globals whose value JavaScript can read. */
  readonly readable: readonly string[]
}

/** Entries that every call may spend on functions. */
const GAS = 60

/** Results that are NaN become the one NaN, because its bits are not specified. */
const ONE_NAN = ['f32', 'f64']
  .map(
    (type) => `(func $one_nan_${type} (param ${type}) (result ${type})
      (select (local.get 0) (${type}.const nan) (${type}.eq (local.get 0) (local.get 0))))`,
  )
  .concat(
    ['f32x4', 'f64x2'].map(
      (shape) => `(func $one_nan_${shape} (param v128) (result v128)
      (v128.bitselect (local.get 0) (${shape}.splat (${shape.slice(0, 3)}.const nan)) (${shape}.eq (local.get 0) (local.get 0))))`,
    ),
  )
  .join('\n')

const ZERO: Readonly<Record<Type, string>> = {
  i32: '(i32.const 3)',
  i64: '(i64.const -4)',
  f32: '(f32.const 1.5)',
  f64: '(f64.const -2.5)',
  v128: '(v128.const i32x4 1 2 3 4)',
  funcref: '(ref.func $f0)',
  externref: '(ref.null extern)',
  struct: '(ref.null $struct)',
  array: '(ref.null $array)',
}

export function generateModule(seed: number): GeneratedModule {
  const random = new Random(seed)
  const shape = makeShape(random)
  const functions = shape.functions.map((func) => new Body(random, shape, func).write())
  const readable = shape.globals.filter(({ type }) => /^[if]/.test(type)).map(({ name }) => name.slice(1))
  const wat = `(module
    ${shape.objects ? '(type $struct (struct (field (mut i32)) (field i64) (field (ref null $struct)))) (type $array (array (mut i32)))' : ''}
    (import "env" "mix" (func $mix (param i32 i32) (result i32)))
    ${declarations(random, shape)}
    ${ONE_NAN}
    (func (export "refuel") (global.set $gas (i32.const ${GAS})))
    ${functions.join('\n')})`
  const calls = shape.functions
    .filter((_, i) => i % 2 === 0)
    .map(({ name, params }) => ({ name: name.slice(1), params }))
  return { wat, shape, calls, readable }
}

function declarations(random: Random, shape: Shape): string {
  const { imports } = shape
  const pages = `${shape.pages} ${shape.pagesMax ?? ''}`
  const names = shape.functions.map(({ name }) => name)
  const some = (count: number): string => Array.from({ length: count }, () => random.pick(names)).join(' ')
  const bytes = Array.from(
    { length: shape.dataBytes },
    () => `\\${(random.below(256) + 256).toString(16).slice(1)}`,
  ).join('')
  const imported = [
    imports.memory ? `(import "env" "memory" (memory $memory ${pages}))` : '',
    imports.table ? `(import "env" "table" (table $table ${shape.tableEntries} funcref))` : '',
    imports.global ? '(import "env" "global" (global $imported (mut i32)))' : '',
  ]
  const defined = [
    imports.memory ? '' : `(memory $memory ${pages})`,
    imports.table ? '' : `(table $table ${shape.tableEntries} funcref)`,
    '(global $gas (mut i32) (i32.const 0)) (export "gas" (global $gas))',
    ...shape.globals.map(({ name, type, mutable }) => {
      const spelled = mutable ? `(mut ${SPELLED[type]})` : SPELLED[type]
      return `(global ${name} ${spelled} ${ZERO[type]}) (export "${name.slice(1)}" (global ${name}))`
    }),
    '(export "memory" (memory $memory)) (export "table" (table $table))',
    shape.exceptions === 'none' ? '' : '(tag $tag (param i32))',
    `(data (i32.const ${random.below(60000)}) "${bytes}") (data $bytes "${bytes}")`,
    `(elem (table $table) (i32.const 0) func ${some(3)}) (elem $functions func ${some(shape.elements)})`,
  ]
  return [...imported, ...defined].filter((line) => line !== '').join('\n')
}
