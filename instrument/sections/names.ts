// Whether the name section can be let in. It is optional and nobody validates it: engines skip what is wrong in it, while
// Binaryen refuses the whole module, and names there become its keys.
import { ByteReader } from './bytes.ts'

/** Subsections: 0 the module's own name; 2 and 3 names within functions (locals, labels); others a map from index to name. */
const MODULE = 0
const LOCALS = 2
const LABELS = 3

const strict = new TextDecoder('utf-8', { fatal: true })

/**
 * True for names that are well formed, do not begin with `reserved`, and hold no NUL: JavaScript reads Binaryen's names
 * up to the first one, so that two such names could be taken for one another.
 */
export function namesAreUsable(subsections: Uint8Array, reserved: string): boolean {
  const check = (reader: ByteReader): void => {
    const name = strict.decode(reader.take(reader.unsigned()))
    if (name.includes('\0') || name.startsWith(reserved)) throw new RangeError(`the name ${name} cannot be used`)
  }
  try {
    const reader = new ByteReader(subsections)
    while (!reader.atEnd) {
      const id = reader.byte()
      const content = new ByteReader(reader.take(reader.unsigned()))
      if (id === MODULE) check(content)
      else if (id === LOCALS || id === LABELS) checkMap(content, () => checkMap(content, () => check(content)))
      else checkMap(content, () => check(content))
      if (!content.atEnd) return false
    }
    return true
  } catch {
    return false
  }
}

function checkMap(reader: ByteReader, checkValue: () => void): void {
  for (let left = reader.unsigned(); left > 0; left--) {
    reader.unsigned()
    checkValue()
  }
}
