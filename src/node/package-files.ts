/// <reference types="node" />
// Where fuzzbox's own files are, whether it runs from its sources or from build/.

import { readFileSync, readdirSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const HERE = import.meta.url
const FROM_SOURCES = HERE.endsWith('.ts')
/** …/src/node/ or …/build/src/node/ → the package's folder. */
const ROOT = new URL(FROM_SOURCES ? '../../' : '../../../', HERE)

export const ENGINE_PATH: string = fileURLToPath(new URL('build/engine.wasm', ROOT))

/** What simulations in AssemblyScript import as 'fuzzbox/assembly', and the name under which asc asks for it. */
export const SIMULATION_MODULE_PATH: string = fileURLToPath(new URL('include/assembly.ts', ROOT))
export const SIMULATION_MODULE_FILE = 'node_modules/fuzzbox/assembly.ts'

/** A module of this folder as a worker's entry. */
export function workerUrl(name: string): URL {
  return new URL(`./${name}${FROM_SOURCES ? '.ts' : '.js'}`, HERE)
}

export function packageVersion(): string {
  const manifest = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as { version: string }
  return manifest.version
}

/** Changes whenever a file changes that decides what instrumentation produces: part of every cache key. */
export function instrumentationFingerprint(): string {
  const folders = FROM_SOURCES ? ['instrument/', 'src/core/target/'] : ['build/instrument/', 'build/src/core/target/']
  return folders.map((folder) => listing(new URL(folder, ROOT))).join('')
}

function listing(folder: URL): string {
  let text = ''
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) text += listing(new URL(`${entry.name}/`, folder))
    else if (/\.[jt]s$/.test(entry.name)) {
      const { size, mtimeMs } = statSync(new URL(entry.name, folder))
      text += `${entry.name} ${size} ${mtimeMs}\n`
    }
  }
  return text
}
