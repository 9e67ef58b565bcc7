// AssemblyScript's compiler in a worker of its own: it is large, and compiling holds a thread up for a second.
import { compileAssemblyScript } from '../../src/core/target/assemblyscript.ts'
import { linesOfSourceMap, type LineTable } from './lines.ts'

export interface CompileJob {
  readonly name: string
  readonly text: string
  /** What the text may import, by the paths that asc asks for. */
  readonly files: Readonly<Record<string, string>>
}

export type CompileReply =
  { readonly bytes: Uint8Array<ArrayBuffer>; readonly lines: LineTable } | { readonly message: string }

// Null asks for nothing but that the compiler be loaded.
addEventListener('message', ({ data }: MessageEvent<CompileJob | null>) => {
  if (data === null) return void import('assemblyscript/asc')
  let lines: LineTable = []
  const onSourceMap = (json: string): void => void (lines = linesOfSourceMap(json, data.name))
  compileAssemblyScript({ kind: 'assemblyscript', ...data }, { onSourceMap }).then(
    (bytes) => postMessage({ bytes: new Uint8Array(bytes), lines } satisfies CompileReply),
    (error: unknown) => postMessage({ message: error instanceof Error ? error.message : String(error) }),
  )
})
