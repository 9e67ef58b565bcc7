// The program in the editor, as fuzzbox takes it.
import { prepare, readPrepared, type ModuleReference, type PreparedTarget } from 'fuzzbox/browser'
import { EXAMPLES, type Language, type Mode } from './examples.ts'
import { fromBase64 } from './share.ts'

export interface Program {
  readonly name: string
  readonly language: Language
  readonly mode: Mode
  /** Source; of a .wasm, its bytes in base64. */
  readonly text: string
}

const ENDINGS: Readonly<Record<Language, string>> = { assemblyscript: 'ts', wat: 'wat', c: 'c', wasm: 'wasm' }

/** An example that nobody has changed is prepared already; all else is compiled here. */
export async function moduleOf(
  program: Program,
  say: (progress: string) => void,
): Promise<ModuleReference | PreparedTarget> {
  const { name, language, mode, text } = program
  const ready = EXAMPLES.find((example) => example.text === text && example.mode === mode)?.prepared
  if (ready) return readPrepared(fromBase64((await ready()).default), name)
  const file = `${name.replace(/[^\w-]+/g, '-').toLowerCase()}.${ENDINGS[language]}`
  if (language === 'wasm') return { kind: 'wasm', name: file, bytes: fromBase64(text) }
  if (language === 'wat') return { kind: 'wat', name: file, text }
  if (language === 'assemblyscript') {
    say('Compiling …')
    const { compileAssemblyScript } = await import('./compile-assemblyscript.ts')
    return { kind: 'wasm', name: file, bytes: await compileAssemblyScript(file, text) }
  }
  const { compileC } = await import('./compile-c.ts')
  return { kind: 'wasm', name: file, bytes: await compileC(text, say) }
}

/** Ready to run, which what was prepared once is at once. */
export async function preparedOf(program: Program, say: (progress: string) => void): Promise<PreparedTarget> {
  const module = await moduleOf(program, say)
  if (typeof module === 'object' && 'hash' in module && 'entry' in module) return module
  say('Preparing the program …')
  return await prepare({ module: module as ModuleReference })
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
