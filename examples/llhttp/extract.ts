// Unpacks llhttp.wasm, which undici carries as base64 inside a script, into build/examples/llhttp.wasm.
import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const packed: unknown = require('undici/lib/llhttp/llhttp-wasm.js')
const wasm = typeof packed === 'string' ? Buffer.from(packed, 'base64') : (packed as Uint8Array)
const folder = new URL('../../build/examples/', import.meta.url)
mkdirSync(folder, { recursive: true })
writeFileSync(new URL('llhttp.wasm', folder), wasm)
