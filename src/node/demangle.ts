// Names of C++ and Rust functions as they stand in the source, by the demanglers of the Firefox profiler.
//
// The package is made for bundlers, which turn `import … from "x.wasm"` into code; here its Wasm is read and started by
// hand, when the first mangled name comes. Names are the target's, so they may be hostile: a name that the library cannot
// stand is shown as it came, and the library is started anew for the next one.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import * as library from 'gecko-profiler-demangle/index_bg.js'

/** Longer names are for machines: they are shown as they are. */
const MANGLED_CHARACTERS_MAX = 4_096

let compiled: WebAssembly.Module | null = null
let isStarted = false

export function demangle(mangled: string): string {
  if (mangled.length > MANGLED_CHARACTERS_MAX) return mangled
  if (!isStarted) start()
  try {
    return library.demangle_any(mangled)
  } catch {
    isStarted = false
    return mangled
  }
}

function start(): void {
  compiled ??= new WebAssembly.Module(
    readFileSync(createRequire(import.meta.url).resolve('gecko-profiler-demangle/index_bg.wasm')),
  )
  const { exports } = new WebAssembly.Instance(compiled, { './index_bg.js': library })
  library.__wbg_set_wasm(exports)
  ;(exports['__wbindgen_start'] as () => void)()
  isStarted = true
}
