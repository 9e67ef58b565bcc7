// What package.json promises to people who install the package, looked at where they get it: in a packed tarball,
// unpacked into an empty project that has the production dependencies and nothing else.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import { buildBrowserWhenStale } from './browser/build.ts'
import { root } from './tidy/files.ts'

const project: string = realpathSync(mkdtempSync(join(tmpdir(), 'fuzzbox-package-')))
const installed: string = join(project, 'node_modules/fuzzbox')
let packed: readonly string[] = []

interface Packed {
  readonly filename: string
  readonly files: readonly { readonly path: string }[]
}

beforeAll(async () => {
  await buildBrowserWhenStale()
  // Its scripts would build the tree anew, under the feet of the tests that run beside this one.
  const options = ['pack', '--ignore-scripts', '--json', '--pack-destination', project]
  const [tarball] = JSON.parse(execFileSync('npm', options, { cwd: root, encoding: 'utf8' })) as [Packed]
  packed = tarball.files.map(({ path }) => path)
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['-xzf', join(project, tarball.filename), '-C', installed, '--strip-components', '1'])
  for (const name of Object.keys(manifest.dependencies)) link(name)
  write('package.json', '{ "type": "module" }')
  write('empty.wat', '(module (memory (export "memory") 1) (func (export "LLVMFuzzerTestOneInput") (param i32 i32)))')
}, 240_000)

afterAll(() => {
  rmSync(project, { recursive: true, force: true })
})

function link(name: string): void {
  const path = join(project, 'node_modules', name)
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(join(root, 'node_modules', name), path, 'junction')
}

function write(name: string, text: string): void {
  writeFileSync(join(project, name), text)
}

function node(...options: readonly string[]): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, options, { cwd: project, encoding: 'utf8' })
  return { status, said: stdout + stderr }
}

function fuzzbox(...words: readonly string[]): { readonly status: number | null; readonly said: string } {
  return node('node_modules/fuzzbox/bin/fuzzbox.js', ...words)
}

function pathsIn(entry: unknown): readonly string[] {
  if (typeof entry === 'string') return [entry]
  return Object.values(entry as object).flatMap(pathsIn)
}

test('every file that package.json names is in the package', () => {
  const named = [...pathsIn(manifest.exports), ...pathsIn(manifest.bin), ...manifest.files, 'LICENSE', 'README.md']
  expect(named.length).toBeGreaterThan(10)
  expect(named.filter((path) => !existsSync(join(installed, path)))).toEqual([])
})

test('the package holds what runs, its types and nothing else', () => {
  const wanted =
    /^(LICENSE|README\.md|package\.json|bin\/fuzzbox\.js|build\/engine\.wasm|include\/(fuzzbox\.h|assembly\.ts)|build\/.*\.(js|d\.ts))$/
  expect(packed.filter((path) => !wanted.test(path))).toEqual([])
  expect(packed.filter((path) => /\btest\b|\bbench\b/.test(path))).toEqual([])
})

test('the command runs a module, looks at it, and repeats an input', () => {
  expect(fuzzbox('run', 'empty.wat', '--runs', '1000', '--seed', '1')).toMatchObject({ status: 0 })
  expect(fuzzbox('doctor', 'empty.wat')).toMatchObject({ status: 0 })
  expect(fuzzbox('replay', 'empty.wat', 'empty.wat')).toMatchObject({ status: 0 })
  expect(fuzzbox('--version').said).toContain(manifest.version)
})

test('the command says what an AssemblyScript target needs where the compiler is not installed', () => {
  write('target.ts', 'export function LLVMFuzzerTestOneInput(pointer: usize, length: usize): void {}')
  const { status, said } = fuzzbox('run', 'target.ts', '--runs', '1')
  expect(status).toBe(2)
  expect(said.trimEnd()).toMatch(/^fuzzbox: .* npm install --save-dev assemblyscript \[E_NO_ASSEMBLYSCRIPT\]$/)
})

test('the package exports what its documentation names, and a campaign runs', () => {
  write(
    'campaign.js',
    `import { fuzz, FuzzboxError, MemoryCorpus, MemoryFindings } from 'fuzzbox'
import * as node from 'fuzzbox/node'
import * as browser from 'fuzzbox/browser'
const session = fuzz({ module: 'empty.wat', corpus: new MemoryCorpus(), findings: new MemoryFindings(), limits: { runs: 10 } })
const { executions } = await session.done
console.log(executions, node.fuzz === fuzz, typeof browser.fuzz, typeof FuzzboxError)`,
  )
  expect(node('campaign.js')).toEqual({ status: 0, said: '10 true function function\n' })
})

const RESOLUTIONS = [
  ['nodenext', ['--module', 'nodenext', '--types', 'node']],
  ['bundler', ['--module', 'esnext', '--moduleResolution', 'bundler']],
] as const

test.each(RESOLUTIONS)('its types serve a program with module resolution %s', (_, options) => {
  if (!existsSync(join(project, 'node_modules/@types/node'))) link('@types/node')
  write(
    'program.ts',
    `import { fuzz, type Session, type SessionEvent } from 'fuzzbox'
import { fuzz as inNode } from 'fuzzbox/node'
import { fuzz as inPage } from 'fuzzbox/browser'
const session: Session = fuzz({ module: new Uint8Array(), limits: { time: '1s' } })
export const seen: SessionEvent[] = []
for await (const event of session) seen.push(event)
export const executions: number = (await session.done).executions
export const faces = [inNode, inPage]
// @ts-expect-error: no such option
fuzz({ module: 'x.wasm', nonsense: 1 })
`,
  )
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const strict = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2023']
  expect(node(compiler, ...strict, ...options, 'program.ts')).toEqual({ status: 0, said: '' })
})

test('versions that generated code depends on are pinned', () => {
  for (const version of Object.values(manifest.dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/)
})
