#!/usr/bin/env node
// The command. Plain and old-fashioned on purpose: on an engine that lacks what fuzzbox needs it must still be able to
// say so. (module (func (result v128) unreachable)) is valid only where there are vectors.
var vectors = new Uint8Array([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7b, 3, 2, 1, 0, 10, 5, 1, 3, 0, 0, 0x0b,
])
var major = Number(process.versions.node.split('.')[0])

if (major < 20 || !WebAssembly.validate(vectors)) {
  console.error(
    'fuzzbox: Node ' +
      process.versions.node +
      ' lacks what fuzzbox needs (WebAssembly SIMD, and a JavaScript of 2023): use Node 20 or newer, or run ' +
      '"npm install --save-dev node" and start it through npx [E_NO_SIMD]',
  )
  process.exitCode = 2
} else {
  import('node:module')
    .then(function (module) {
      if (module.enableCompileCache) module.enableCompileCache()
      return import('../build/src/cli/main.js')
    })
    .then(function (cli) {
      return cli.main(process.argv.slice(2))
    })
    .then(function (exitCode) {
      process.exitCode = exitCode
    })
    .catch(function (error) {
      console.error(
        'fuzzbox: a bug in fuzzbox, please report it: ' + ((error && error.stack) || error) + ' [E_INTERNAL]',
      )
      process.exitCode = 1
    })
}
