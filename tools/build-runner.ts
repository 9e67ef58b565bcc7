// The two files that run prepared modules. Each is one function, called in the page and in its workers (runner/itself.ts).
//
//   build/fuzzbox.runner.js            with the plain engine, and without what plain targets do without
//   build/fuzzbox.runner-complete.js   with all of it; the other one loads it for targets that are not plain

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, renameSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Plugin } from 'rolldown'

type Bundle = (input: string, plugins: readonly Plugin[], name: string) => Promise<string>

/** What runner/left-out.ts stands in for. */
const LEFT_OUT = /\/(typed\/(go-format|record)|findings\/shrink-scalar|link\/typed-call|lowering\/lower)\.ts$/

const EXPORTS = ['FuzzboxError', 'fuzz', 'readPrepared', 'replay']

/** The texts of both files by their names. */
export async function buildRunners(root: string, build: string, bundle: Bundle): Promise<Record<string, string>> {
  const [plain, complete] = await Promise.all([
    bundle('runner', [entry(root, 'index'), ...standIns(root), leftOut(root)], 'runner'),
    bundle('runner', [entry(root, 'complete'), ...standIns(root)], 'runner'),
  ])
  return {
    'fuzzbox.runner-complete.js': runnerFile(complete, join(build, 'engine.wasm'), 'null'),
    'fuzzbox.runner.js': runnerFile(plain, plainEngine(root, build), `()=>import('./fuzzbox.runner-complete.js')`),
  }
}

function runnerFile(code: string, engine: string, complete: string): string {
  const packed = gzipSync(readFileSync(engine), { level: 9 }).toString('base64')
  return [
    `const engine='${packed}'`,
    `const body=(RUNNER)=>{'use strict';${code};return runner}`,
    'const text=()=>`(${body})({}).serveAsWorker()`',
    `export const {${EXPORTS.join(',')}}=body({engine,text,complete:${complete}})`,
    '',
  ].join('\n')
}

/** What the page needs of a runner, and what its worker does. */
function entry(root: string, name: 'index' | 'complete'): Plugin {
  const at = (file: string): string => JSON.stringify(join(root, 'src/browser/runner', `${file}.ts`))
  return {
    name: 'entry of a runner',
    resolveId: (id) => (id === 'runner' ? '\0runner' : null),
    load: (id) =>
      id === '\0runner' ? `export * from ${at(name)}\nexport { serveAsWorker } from ${at('serve')}` : null,
  }
}

function standIns(root: string): readonly Plugin[] {
  const runner = join(root, 'src/browser/runner')
  const files: Readonly<Record<string, string>> = {
    './prepare.ts': join(runner, 'no-prepare.ts'),
    './inline-loader.ts': join(runner, 'own-loader.ts'),
    './module-loader.ts': join(root, 'src/browser/no-module-loader.ts'),
  }
  return [
    {
      name: 'stand-ins of the runners',
      resolveId: (id) => files[id] ?? (id === './bundled/engine.js' ? '\0engine' : null),
      load: (id) => (id === '\0engine' ? 'export default RUNNER.engine' : null),
    },
  ]
}

function leftOut(root: string): Plugin {
  return {
    name: 'left out',
    resolveId: (id, importer = '') =>
      LEFT_OUT.test(join(dirname(importer), id)) ? join(root, 'src/browser/runner/left-out.ts') : null,
  }
}

/** The path of the engine without what plain targets do without (assembly/plain.ts), made anew when a source is younger. */
function plainEngine(root: string, build: string): string {
  const output = join(build, 'engine.plain.wasm')
  const sources = readdirSync(join(root, 'assembly'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(root, 'assembly', name))
  const youngestMs = Math.max(...[...sources, join(root, 'asconfig.json')].map((path) => statSync(path).mtimeMs))
  if (existsSync(output) && statSync(output).mtimeMs >= youngestMs) return output
  const beside = `${output}.${process.pid}.wasm`
  const words = ['assembly/plain.ts', '--config', 'asconfig.json', '--target', 'plain', '--outFile', beside]
  const asc = join(root, 'node_modules/assemblyscript/bin/asc.js')
  const { status, stderr } = spawnSync(process.execPath, [asc, ...words], { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`assembly/plain.ts does not compile:\n${stderr}`)
  renameSync(beside, output)
  return output
}
