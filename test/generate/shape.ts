// What a generated module consists of, decided before any code is written, so that code can refer to all of it.
import type { NumberType } from './operators.ts'
import type { Random } from './random.ts'

export type Type = NumberType | 'funcref' | 'externref' | 'struct' | 'array'

/** How a type is written in the text format. */
export const SPELLED: Readonly<Record<Type, string>> = {
  i32: 'i32',
  i64: 'i64',
  f32: 'f32',
  f64: 'f64',
  v128: 'v128',
  funcref: 'funcref',
  externref: 'externref',
  struct: '(ref null $struct)',
  array: '(ref null $array)',
}

export interface FunctionShape {
  readonly name: string
  readonly params: readonly Type[]
  readonly results: readonly Type[]
}

export interface GlobalShape {
  readonly name: string
  readonly type: Type
  readonly mutable: boolean
}

export interface Shape {
  readonly functions: readonly FunctionShape[]
  readonly globals: readonly GlobalShape[]
  readonly pages: number
  readonly pagesMax: number | null
  readonly tableEntries: number
  /** Passive data segments and element segments, their lengths. */
  readonly dataBytes: number
  readonly elements: number
  readonly exceptions: 'none' | 'legacy' | 'standard'
  readonly objects: boolean
  /** Whether code may grow the memory or the table, or drop segments: state that a restore cannot always bring back. */
  readonly grows: boolean
  readonly drops: boolean
  readonly imports: { readonly memory: boolean; readonly table: boolean; readonly global: boolean }
}

const NUMBERS = ['i32', 'i64', 'f32', 'f64'] as const

export function makeShape(random: Random): Shape {
  const objects = random.chance(20)
  const some = (types: readonly Type[], most: number): Type[] =>
    Array.from({ length: random.below(most + 1) }, () => random.pick(types))
  const all: Type[] = [...NUMBERS, ...NUMBERS, 'v128', 'funcref', 'externref']
  if (objects) all.push('struct', 'array')
  const functions = Array.from({ length: 4 + random.below(5) }, (_, i): FunctionShape => {
    // The even ones can be called from JavaScript, which knows no vectors.
    if (i % 2 === 0) return { name: `$f${i}`, params: some(NUMBERS, 3), results: some(NUMBERS, i === 0 ? 2 : 1) }
    return { name: `$f${i}`, params: some(all, 3), results: some(all, random.chance(25) ? 3 : 1) }
  })
  const globals = Array.from({ length: 2 + random.below(5) }, (_, i): GlobalShape => {
    return { name: `$g${i}`, type: random.pick(all), mutable: random.chance(75) }
  })
  const pages = 1 + random.below(2)
  return {
    functions,
    globals,
    pages,
    pagesMax: random.chance(50) ? pages + random.below(4) : null,
    tableEntries: 4 + random.below(12),
    dataBytes: 8 + random.below(60),
    elements: 1 + random.below(4),
    exceptions: random.pick(['none', 'legacy', 'standard'] as const),
    objects,
    grows: random.chance(40),
    drops: random.chance(15),
    imports: { memory: random.chance(25), table: random.chance(25), global: random.chance(25) },
  }
}
