// C to Wasm, with a bar while the compiler is loaded. Its worker stays for the next time.
import type { CReply } from './c-worker.ts'
import { showProgress } from './figures.ts'

let worker: Worker | null = null

export async function compileC(text: string, say: (progress: string) => void): Promise<Uint8Array<ArrayBuffer>> {
  worker ??= new Worker(new URL('./c-worker.ts', import.meta.url), { type: 'module' })
  const compiler = worker
  const answered = new AbortController()
  const { signal } = answered
  say('Compiling …')
  try {
    return await new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
      const onMessage = ({ data }: MessageEvent<CReply>): void => {
        if ('bytes' in data) return resolve(data.bytes)
        if ('message' in data) return reject(new Error(data.message))
        const { doneBytes, totalBytes } = data
        showProgress(doneBytes / totalBytes)
        say(`Loading clang: ${Math.round(doneBytes / 1e6)} of ${Math.round(totalBytes / 1e6)} MB`)
      }
      const onError = ({ message }: ErrorEvent): void => {
        compiler.terminate()
        worker = null
        reject(new Error(`clang could not be loaded: ${message}; check the network and press Run again`))
      }
      compiler.addEventListener('message', onMessage, { signal })
      compiler.addEventListener('error', onError, { signal })
      compiler.postMessage(text)
    })
  } finally {
    answered.abort()
    showProgress(null)
  }
}
