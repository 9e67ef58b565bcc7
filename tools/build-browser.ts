// Makes what pages need and tsc cannot make: `node tools/build-browser.ts`, after the engine is built.
//
//   build/src/browser/bundled/   beside the tree that tsc makes, which imports it
//     engine.js                    the engine, packed: gzip in base64 in a module, within every bundler's reach
//     fuzz-worker.js               workers as classic scripts that import nothing, for `new Worker(new URL(…))`
//     prepare-worker.js            the one with Binaryen
//     …-worker-text.js             the same scripts, packed, for workers that start from memory
//     fingerprint.js               the hash of what instruments: part of every cache key
//   build/fuzzbox.browser.js     all of it in one file
//   build/fuzzbox.runner.js      one file that runs prepared modules, and its complete twin: build-runner.ts
//
// Each file is written beside its place and renamed: whoever loads one meanwhile gets the old one or the new one.

import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { rolldown, type InputOptions, type Plugin } from 'rolldown'
import { buildRunners } from './build-runner.ts'

const root: string = fileURLToPath(new URL('../', import.meta.url))
const sources: string = join(root, 'src/browser')

/** Names of packages and of Node's own modules that code for pages mentions and never calls. */
const ABSENT = /^(node:.*|fs|path|crypto|assemblyscript\/asc)$/

export async function buildBrowser(build: string = join(root, 'build')): Promise<void> {
  const bundled = join(build, 'src/browser/bundled')
  const [fuzzWorker, prepareWorker] = await Promise.all(['fuzz-worker', 'prepare-worker'].map(classicScript))
  if (!fuzzWorker || !prepareWorker) throw new Error('a worker became nothing')
  const generated: Readonly<Record<string, string>> = {
    'engine.js': packed(readFileSync(join(build, 'engine.wasm'))),
    'fuzz-worker-text.js': packed(fuzzWorker),
    'prepare-worker-text.js': packed(prepareWorker),
    'fingerprint.js': `export default '${createHash('sha256').update(prepareWorker).digest('hex')}'\n`,
  }
  const [single, runners] = await Promise.all([
    bundle(join(sources, 'single-file.ts'), [given(generated), standIn('module-loader', 'no-module-loader')]),
    buildRunners(root, build, bundle),
  ])
  for (const [name, text] of Object.entries(generated)) place(join(bundled, name), text)
  place(join(bundled, 'fuzz-worker.js'), fuzzWorker)
  place(join(bundled, 'prepare-worker.js'), prepareWorker)
  for (const [name, text] of Object.entries(runners)) place(join(build, name), text)
  place(join(build, 'fuzzbox.browser.js'), single)
}

/**
 * A worker as one classic script. Binaryen awaits itself at the top level, which only modules may: so the whole is a
 * function that may. What it throws is thrown once more where the worker's page hears of it.
 */
async function classicScript(name: string): Promise<string> {
  const code = await bundle(join(sources, `${name}.ts`), [])
  return `(async()=>{${code}\n})().catch(error=>setTimeout(()=>{throw error}))\n`
}

/** One text: a module, or where a name is given a script that puts what the module exports into a variable so called. */
async function bundle(input: string, plugins: readonly Plugin[], name?: string): Promise<string> {
  const options: InputOptions = {
    input,
    platform: 'browser',
    // Emscripten's code asks for Node's own names, and bundlers of pages answer by halves where they find them.
    transform: {
      define: { 'import.meta.url': 'globalThis.location.href', __filename: 'undefined', __dirname: 'undefined' },
    },
    plugins: [...plugins, absent],
    onLog(level, log, handle) {
      // Emscripten's code evaluates names of its own; there is no other way to say that one knows.
      if (log.code !== 'EVAL') handle(level, log)
    },
  }
  const build = await rolldown(options)
  try {
    const form = name === undefined ? ({ format: 'es' } as const) : ({ format: 'iife', name } as const)
    const { output } = await build.generate({ ...form, minify: true, codeSplitting: false, comments: false })
    const [chunk, ...others] = output
    if (others.length > 0) throw new Error(`${input} became ${output.length} files`)
    return chunk.code
  } finally {
    await build.close()
  }
}

/** A module that throws when it is imported, where the importer is prepared for that; nobody else gets to it. */
const absent: Plugin = {
  name: 'absent',
  resolveId: (id) => (ABSENT.test(id) ? `\0absent:${id}` : null),
  load: (id) => (id.startsWith('\0absent:') ? { code: 'export default {}', moduleSideEffects: false } : null),
}

/** Files of bundled/ that are not on disk yet. */
function given(files: Readonly<Record<string, string>>): Plugin {
  return {
    name: 'given',
    resolveId: (id) => (id.startsWith('./bundled/') ? `\0given:${basename(id)}` : null),
    load: (id) => (id.startsWith('\0given:') ? (files[id.slice('\0given:'.length)] ?? null) : null),
  }
}

function standIn(name: string, otherName: string): Plugin {
  return {
    name: `stand-in for ${name}`,
    resolveId: (id) => (id === `./${name}.ts` ? join(sources, `${otherName}.ts`) : null),
  }
}

function packed(content: string | Uint8Array): string {
  return `export default '${gzipSync(content, { level: 9 }).toString('base64')}'\n`
}

function place(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  const beside = `${path}.${process.pid}`
  writeFileSync(beside, text)
  renameSync(beside, path)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildBrowser()
