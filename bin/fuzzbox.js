#!/usr/bin/env node
// The command. Plain and old-fashioned on purpose: on an engine that lacks what fuzzbox needs it must still be able to
// say so. (module (memory 0) (memory 0)) is valid only where a module may have two memories.
var twoMemories = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 5, 5, 2, 0, 0, 0, 0])

if (!WebAssembly.validate(twoMemories)) {
  console.error(
    'fuzzbox: Node ' +
      process.versions.node +
      ' lacks WebAssembly multi-memory, which fuzzbox needs: use Node 22 or newer, or run ' +
      '"npm install --save-dev node" and start it through npx [E_NO_MULTI_MEMORY]',
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
