// The program in the editor, as fuzzbox takes it.
import type { ModuleReference } from 'fuzzbox/browser'
import type { Language, Mode } from './examples.ts'
import { fromBase64 } from './share.ts'

export interface Program {
  readonly name: string
  readonly language: Language
  readonly mode: Mode
  /** Source; of a .wasm, its bytes in base64. */
  readonly text: string
}

const ENDINGS: Readonly<Record<Language, string>> = { assemblyscript: 'ts', wat: 'wat', c: 'c', wasm: 'wasm' }

export async function moduleOf(
  { name, language, text }: Program,
  say: (progress: string) => void,
): Promise<ModuleReference> {
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

/** What kind of program a file is that somebody dropped; null for others. */
export function languageOfFile(name: string): Language | null {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  const found = Object.entries(ENDINGS).find(([, known]) => known === ending)
  return found ? (found[0] as Language) : null
}
