// clang, compiled to Wasm, in a worker of its own: a hundred megabytes, loaded when somebody runs C and not before.
import { commands, Exit, type Tree } from '@yowasp/clang'

export type CReply =
  | { readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly message: string }
  | { readonly doneBytes: number; readonly totalBytes: number }

const FLAGS = ['--target=wasm32-wasip1', '-O2', '-g', '-fno-inline-functions', '-mexec-model=reactor']
const LINK = ['-Wl,--export=LLVMFuzzerTestOneInput', '-Wl,--export=malloc', '-Wl,--export-memory']

addEventListener('message', ({ data }: MessageEvent<string>) => {
  compile(data).then(
    (bytes) => postMessage({ bytes } satisfies CReply),
    (error: unknown) =>
      postMessage({ message: error instanceof Error ? error.message : String(error) } satisfies CReply),
  )
})

async function compile(text: string): Promise<Uint8Array<ArrayBuffer>> {
  let log = ''
  const files: Tree = { 'program.c': text }
  try {
    const out = await commands['clang']([...FLAGS, ...LINK, 'program.c', '-o', 'program.wasm'], files, {
      stdout: null,
      stderr: (bytes) => {
        if (bytes !== null) log += new TextDecoder().decode(bytes)
      },
      fetchProgress: ({ doneLength, totalLength }) =>
        postMessage({ doneBytes: doneLength, totalBytes: totalLength } satisfies CReply),
    })
    return new Uint8Array(out!['program.wasm'] as Uint8Array)
  } catch (error) {
    if (error instanceof Exit) throw new Error(log.trim() || `clang ended with ${error.code}`, { cause: error })
    throw error
  }
}
