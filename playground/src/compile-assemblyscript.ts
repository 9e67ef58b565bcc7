// AssemblyScript to Wasm. The worker stays for the next time: starting the compiler takes longer than compiling.
import simulations from '../../include/assembly.ts?raw'
import type { CompileJob, CompileReply } from './asc-worker.ts'
import type { LineTable } from './lines.ts'

/** What programs may import beside asc's own library: the module of draws and marks, where asc looks for it. */
const LIBRARY: CompileJob['files'] = { 'node_modules/fuzzbox/assembly.ts': simulations }

let worker: Worker | null = null

/** Starts the worker, so that the compiler is there when it is asked for. */
export function warmUp(): void {
  worker ??= new Worker(new URL('./asc-worker.ts', import.meta.url), { type: 'module' })
  worker.postMessage(null)
}

export async function compileAssemblyScript(
  name: string,
  text: string,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; lines: LineTable }> {
  warmUp()
  const compiler = worker!
  return await new Promise((resolve, reject) => {
    const answered = ({ data }: MessageEvent<CompileReply>): void => {
      settle()
      if ('bytes' in data) resolve(data)
      else reject(new Error(data.message))
    }
    const failed = (event: ErrorEvent): void => {
      settle()
      compiler.terminate()
      worker = null
      reject(new Error(`the compiler could not be loaded: ${event.message}`))
    }
    const settle = (): void => {
      compiler.removeEventListener('message', answered)
      compiler.removeEventListener('error', failed)
    }
    compiler.addEventListener('message', answered)
    compiler.addEventListener('error', failed)
    compiler.postMessage({ name, text, files: LIBRARY } satisfies CompileJob)
  })
}
