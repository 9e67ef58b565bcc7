// Every function of the engine that a target may import, under the name by which src/core/target/imports.ts lists it.
//
// The engine's loop calls `beginHostRun` before each execution; whatever the run before it left in files, clock, random
// generator and output is undone there, at the cost of what was touched. `hostReady` makes the present state the one
// that every run starts from.
export * from './imports/assemblyscript'
export * from './imports/bindgen'
export * from './imports/emscripten'
export * from './imports/fuzzbox'
export * from './imports/libfuzzer'
export * from './imports/signals'
export * from './measures'
export * from './wasi/clock'
export * from './wasi/descriptors'
export * from './wasi/paths'
export * from './wasi/process'
export { hostReady, hostReset, hostSetup, hostStdin, outputLength } from './wasi/state'
export { stopAtImport } from './wasi/stop'
