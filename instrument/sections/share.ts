// One bit of a binary: whether the memory that it imports is shared between threads. Both kinds of module that name the
// engine's memory are built with it unshared, which every engine accepts; who can have it shared sets the bit as it
// loads them, so there is one build and one cached form of everything.

import { ByteReader } from './bytes.ts'
import { HAS_MAXIMUM, readLimits, SHARED } from './limits.ts'
import { SECTION } from './sections.ts'

const MAGIC_BYTES = 8
const FUNCTION = 0
const TABLE = 1
const MEMORY = 2
const GLOBAL = 3

/** A copy of a valid module whose memory imported as `module` `name` is shared; it must declare a maximum. */
export function shareImportedMemory(wasm: Uint8Array, module: string, name: string): Uint8Array {
  const reader = new ByteReader(wasm, MAGIC_BYTES)
  while (!reader.atEnd) {
    const id = reader.byte()
    const length = reader.unsigned()
    if (id !== SECTION.import) {
      reader.take(length)
      continue
    }
    const flags = findMemory(reader, module, name)
    if (flags === null) break
    // Not `slice`: a Buffer's is a view.
    const shared = new Uint8Array(wasm)
    shared[flags] = HAS_MAXIMUM | SHARED
    return shared
  }
  throw new RangeError(`the module imports no memory "${module}" "${name}" with a maximum`)
}

/** Offset of the flags of that memory's limits. */
function findMemory(reader: ByteReader, module: string, name: string): number | null {
  for (let remaining = reader.unsigned(); remaining > 0; remaining--) {
    const isWanted = [reader.name(), reader.name()].join('\0') === `${module}\0${name}`
    const kind = reader.byte()
    if (kind === TABLE) reader.valueType()
    if (kind === TABLE || kind === MEMORY) {
      const flags = reader.position
      const { maximum, is64 } = readLimits(reader)
      if (isWanted && kind === MEMORY) return maximum === null || is64 ? null : flags
    } else if (kind === GLOBAL) {
      reader.valueType()
      reader.byte()
    } else {
      if (kind !== FUNCTION) reader.byte()
      reader.unsigned()
    }
  }
  return null
}
