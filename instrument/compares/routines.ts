// Functions that compare bytes, known by their names and shapes: what they are called with is logged when they begin.
// A function without a name is known by what it does: its loop loads two bytes and compares them (sources.ts).

import { COMPARE_BYTES, COMPARE_TEXT } from '../../assembly/abi.ts'
import { TYPE, binaryen, raw } from '../binaryen.ts'
import type { OriginalFunction } from '../context.ts'

const functionParams = raw('_BinaryenFunctionGetParams')
const functionResults = raw('_BinaryenFunctionGetResults')

export interface Routine {
  readonly kind: typeof COMPARE_BYTES | typeof COMPARE_TEXT
  /** Its third parameter says how many bytes there are, at most. */
  readonly counted: boolean
}

/** Names as compilers write them: with underscores, a version, or mangled around a plain stem. */
const NAMES: readonly (readonly [RegExp, Routine['kind']])[] = [
  [
    /(^|[^a-z])(bcmp|memcmp|memicmp|memcasecmp|CRYPTO_memcmp|timingsafe_bcmp|timingsafe_memcmp)(\d|[^a-z]|$)/,
    COMPARE_BYTES,
  ],
  [
    /(^|[^a-z])(strn?casecmp|strn?icmp|strn?cmpi|strn?cmp|strcoll|strcasestr|strn?str|xmlStrn?(cas)?e?(cmp|qual))(\d|[^a-z]|$)/,
    COMPARE_TEXT,
  ],
]

export function routineOf({ func, name }: OriginalFunction, exportName: string | undefined): Routine | null {
  const params = binaryen.expandType(functionParams(func))
  if (functionResults(func) !== TYPE.i32 || params.some((type) => type !== TYPE.i32)) return null
  if (params.length !== 2 && params.length !== 3) return null
  for (const candidate of [name, exportName ?? '']) {
    const kind = NAMES.find(([pattern]) => pattern.test(candidate))?.[1]
    if (kind !== undefined && (params.length === 3 || kind === COMPARE_TEXT))
      return { kind, counted: params.length === 3 }
  }
  return null
}
