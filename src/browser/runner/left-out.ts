// Stands in, in fuzzbox.runner.js, for modules that plain targets never call (plain-target.ts). Each name is one that the rest
// imports; where one is missing here, the build fails.

function leftOut(): never {
  throw new Error('this needs the complete runner: a defect of fuzzbox')
}

export {
  leftOut as callWith,
  leftOut as canonicalRecord,
  leftOut as decodeRecord,
  leftOut as encodeRecord,
  leftOut as goText,
  leftOut as goTypeOf,
  leftOut as isGoFile,
  leftOut as layOutRecord,
  leftOut as lowerToOneMemory,
  leftOut as readGoFile,
  leftOut as shrinkScalar,
  leftOut as writeGoFile,
}
