// The program in the editor, as fuzzbox takes it.
import { prepare, readPrepared, type ModuleReference, type PreparedTarget } from 'fuzzbox/browser'
import { EXAMPLES, type Language, type Mode } from './examples.ts'
import { linesOfWat, type LineTable } from './lines.ts'
import { fromBase64 } from './share.ts'

export interface Program {
  readonly name: string
  readonly language: Language
  readonly mode: Mode
  /** Source; of a .wasm, its bytes in base64. */
  readonly text: string
}

/** A program that can run, and from which lines its code comes. */
export interface Ready {
  readonly target: PreparedTarget
  readonly lines: LineTable
}

type Say = (progress: string) => void

const ENDINGS: Readonly<Record<Language, string>> = { assemblyscript: 'ts', wat: 'wat', c: 'c', wasm: 'wasm' }

let last: { readonly key: string; readonly ready: Promise<Ready> } | null = null

/** What was asked for last is kept: a replay waits for no compiler. An example that nobody has changed is ready already. */
export async function readyOf(program: Program, say: Say): Promise<Ready> {
  const key = [program.language, program.mode, program.text].join(' ')
  if (last?.key !== key) last = { key, ready: makeReady(program, say) }
  const { ready } = last
  ready.catch(() => {
    if (last?.ready === ready) last = null
  })
  return await ready
}

async function makeReady(program: Program, say: Say): Promise<Ready> {
  const { name, mode, text } = program
  const example = EXAMPLES.find((other) => other.text === text && other.mode === mode)
  if (example?.prepared) {
    const { base64, lines } = (await example.prepared()).default
    return { target: readPrepared(fromBase64(base64), name), lines }
  }
  const { module, lines } = await moduleOf(program, say)
  say('Preparing the program …')
  const target = await prepare({ module, explore: mode === 'explore', places: true })
  return { target, lines: program.language === 'wat' ? linesOfWat(text, target.module.original) : lines }
}

async function moduleOf(
  { name, language, text }: Program,
  say: Say,
): Promise<{ module: ModuleReference; lines: LineTable }> {
  const file = `${name.replace(/[^\w-]+/g, '-').toLowerCase()}.${ENDINGS[language]}`
  if (language === 'wasm') return { module: { kind: 'wasm', name: file, bytes: fromBase64(text) }, lines: [] }
  if (language === 'wat') return { module: { kind: 'wat', name: file, text }, lines: [] }
  if (language === 'assemblyscript') {
    say('Compiling …')
    const { compileAssemblyScript } = await import('./compile-assemblyscript.ts')
    const { bytes, lines } = await compileAssemblyScript(file, text)
    return { module: { kind: 'wasm', name: file, bytes }, lines }
  }
  const { compileC } = await import('./compile-c.ts')
  return { module: { kind: 'wasm', name: file, bytes: await compileC(text, say) }, lines: [] }
}

/** The folder of the page's own storage in which the corpus of this program lies: another program has another one. */
export async function folderOf({ language, mode, text }: Program): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${language} ${mode} ${text}`))
  const name = Array.from(new Uint8Array(digest, 0, 10), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `playground/${name}`
}

/** What kind of program a file is that somebody dropped; null for others. */
export function languageOfFile(name: string): Language | null {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  const found = Object.entries(ENDINGS).find(([, known]) => known === ending)
  return found ? (found[0] as Language) : null
}
