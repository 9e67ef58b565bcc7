// Before the first test: build/engine.wasm, made anew when one of its sources is younger. Where that fails the tests that
// need no engine still run, and build-engine.node.test.ts turns the run red.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** What asc said about sources that do not compile; empty when all is well. */
    engineProblem: string
  }
}

const root = fileURLToPath(new URL('../../', import.meta.url))
const asc = join(root, 'node_modules/assemblyscript/bin/asc.js')

interface Engine {
  readonly entries: readonly string[]
  readonly output: string
}

/** `engine.test.wasm` is the engine with its insides exported, for tests of one part. */
const ENGINES: readonly Engine[] = [
  { entries: ['assembly/index.ts'], output: 'build/engine.wasm' },
  { entries: ['assembly/index.ts', 'assembly/test.ts'], output: 'build/engine.test.wasm' },
]

export default function setup(project: TestProject): void {
  const problems = ENGINES.filter(({ entries }) => entries.every((entry) => existsSync(join(root, entry))))
    .filter(isStale)
    .map(compile)
  project.provide('engineProblem', problems.join(''))
}

function isStale(engine: Engine): boolean {
  const output = join(root, engine.output)
  if (!existsSync(output)) return true
  const sources = readdirSync(join(root, 'assembly'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(root, 'assembly', name))
  const builtMs = statSync(output).mtimeMs
  return [...sources, join(root, 'asconfig.json')].some((source) => statSync(source).mtimeMs > builtMs)
}

/** Compiles beside the output and renames, so that a run under way never sees half a file. Returns what asc complained of. */
function compile({ entries, output }: Engine): string {
  mkdirSync(join(root, 'build'), { recursive: true })
  const fresh = `build/.engine-${process.pid}.wasm`
  const text = fresh.replace(/wasm$/, 'wat')
  const options = ['--config', 'asconfig.json', '--target', 'release', '--outFile', fresh, '--textFile', text]
  const { status, stderr } = spawnSync(process.execPath, [asc, ...entries, ...options], { cwd: root, encoding: 'utf8' })
  if (status === 0) {
    renameSync(join(root, text), join(root, output.replace(/wasm$/, 'wat')))
    renameSync(join(root, fresh), join(root, output))
    return ''
  }
  rmSync(join(root, fresh), { force: true })
  rmSync(join(root, text), { force: true })
  return `${entries.at(-1)} does not compile:\n${stderr}`
}
