// Names of functions as their authors wrote them: `_ZN4demo5parseE` is `demo::parse`.

import type { PreparedModule, PreparedTarget } from './prepared.ts'
import { readShape } from './shape.ts'

/** From a mangled name to the one in the source; the same name where it cannot tell. */
export type Demangle = (mangled: string) => string

/** Itanium's C++ names, older names of Rust (alike), and newer ones of Rust; some tools put one more underscore in front. */
const MANGLED = /^_{1,2}[ZR]/

export function withReadableNames(target: PreparedTarget, demangle: Demangle): PreparedTarget {
  const { module, harness } = target
  return { ...target, module: readable(module, demangle), harness: harness && readable(harness, demangle) }
}

function readable(module: PreparedModule, demangle: Demangle): PreparedModule {
  const names = [...readShape(module.original).functionNames].flatMap(([index, name]) => {
    const shown = MANGLED.test(name) ? demangle(name) : name
    return shown === name || shown === '' ? [] : [[index, shown] as const]
  })
  return names.length === 0 ? module : { ...module, names: Object.fromEntries(names) }
}
