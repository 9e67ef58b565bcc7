// Loaded before anything else, it makes this JavaScript engine one that allows a module one memory only, and that knows no
// types below `func`: what Node 20 is, with the JavaScript of today. FUZZBOX_ENGINE=old has the tests run so.
import { SECTION, Sections } from '../../instrument/sections/sections.ts'
import { readShape } from '../../src/core/target/shape.ts'

const { validate, Module, compile } = WebAssembly
/** Features that are asked for by a module of their own: (module (func (result funcref) (ref.null nofunc))). */
const BOTTOM_TYPES = '0061736d0100000001050160000170030201000a06010400d0730b'

function bytesOf(source: BufferSource): Uint8Array {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source)
}

function isTooNew(source: BufferSource): boolean {
  const bytes = bytesOf(source)
  if (bytes.length < 64 && Buffer.from(bytes).toString('hex') === BOTTOM_TYPES) return true
  if (!validate(source)) return false
  const imported = readShape(bytes).imports.filter(({ kind }) => kind === 'memory').length
  return imported + new Sections(bytes).count(SECTION.memory) > 1
}

function refuseNew(source: BufferSource): void {
  if (isTooNew(source)) throw new WebAssembly.CompileError('multiple memories are not allowed')
}

if (WebAssembly.validate.name !== 'validateOld') {
  WebAssembly.validate = function validateOld(source): boolean {
    return validate(source) && !isTooNew(source)
  }
  WebAssembly.compile = async function compileOld(source): Promise<WebAssembly.Module> {
    refuseNew(source)
    return await compile(source)
  }
  WebAssembly.Module = new Proxy(Module, {
    construct(target, [source]: [BufferSource]) {
      refuseNew(source)
      return new target(source)
    },
  })
}
