// C, by clang compiled to Wasm: a hundred megabytes, loaded when somebody writes C and not before.
import { commands, Exit, type Tree } from '@yowasp/clang'
import { showProgress } from './figures.ts'

const FLAGS = ['--target=wasm32-wasip1', '-O2', '-g', '-fno-inline-functions', '-mexec-model=reactor']
const LINK = ['-Wl,--export=LLVMFuzzerTestOneInput', '-Wl,--export=malloc', '-Wl,--export-memory']

export async function compileC(text: string, say: (progress: string) => void): Promise<Uint8Array<ArrayBuffer>> {
  let log = ''
  const files: Tree = { 'program.c': text }
  try {
    const out = await commands['clang']([...FLAGS, ...LINK, 'program.c', '-o', 'program.wasm'], files, {
      stdout: null,
      stderr: (bytes) => {
        if (bytes !== null) log += new TextDecoder().decode(bytes)
      },
      fetchProgress: ({ doneLength, totalLength }) => {
        showProgress(doneLength / totalLength)
        say(`Loading clang: ${Math.round(doneLength / 1e6)} of ${Math.round(totalLength / 1e6)} MB`)
      },
    })
    return new Uint8Array(out!['program.wasm'] as Uint8Array)
  } catch (error) {
    if (error instanceof Exit) throw new Error(log.trim() || `clang ended with ${error.code}`, { cause: error })
    throw error
  } finally {
    showProgress(null)
  }
}
