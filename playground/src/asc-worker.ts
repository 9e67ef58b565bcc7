// AssemblyScript's compiler in a worker of its own: it is large, and compiling holds a thread up for a second.
import { compileAssemblyScript } from '../../src/core/target/assemblyscript.ts'

export interface CompileJob {
  readonly name: string
  readonly text: string
  /** What the text may import, by the paths that asc asks for. */
  readonly files: Readonly<Record<string, string>>
}

export type CompileReply = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly message: string }

// Null asks for nothing but that the compiler be loaded.
addEventListener('message', ({ data }: MessageEvent<CompileJob | null>) => {
  if (data === null) return void import('assemblyscript/asc')
  compileAssemblyScript({ kind: 'assemblyscript', ...data }, {}).then(
    (bytes) => postMessage({ bytes } satisfies { bytes: Uint8Array }),
    (error: unknown) => postMessage({ message: error instanceof Error ? error.message : String(error) }),
  )
})
