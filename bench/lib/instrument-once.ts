/// <reference types="node" />
// Instruments one module with every pass: words are the file to read and the file to write.
import { readFileSync, writeFileSync } from 'node:fs'

import { instrumentWithout } from './modules.ts'

const [from = '', to = ''] = process.argv.slice(2)
const { wasm } = instrumentWithout(readFileSync(from), [], { kind: 'none' }, 65536)
writeFileSync(to, wasm)
