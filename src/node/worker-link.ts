// worker_threads as the coordinator wants them: calls over a MessageChannel, and a promise of the worker's death.

import { MessageChannel, Worker, type MessagePort, type ResourceLimits } from 'node:worker_threads'
import type { ExploreApi, ExploreLink } from '../core/explore/protocol.ts'
import { connect } from '../core/worker/comlink-host.ts'
import { LAST_WORDS_CHARACTERS_MAX } from '../core/limits.ts'
import { printable } from '../core/printable.ts'
import type { WorkerApi, WorkerDeath, WorkerLink } from '../core/worker/protocol.ts'
import { workerUrl } from './package-files.ts'
import { endpointOf } from './port-endpoint.ts'

/** Starts a worker of `entry`, which finds its port in `workerData.port`; `meet` is shown the thread itself. */
export function startWorker(
  entry: URL = workerUrl('fuzz-worker'),
  resourceLimits: ResourceLimits = {},
  meet: (worker: Worker) => void = () => {},
): WorkerLink {
  const { worker, port, died } = openWorker(entry, resourceLimits)
  meet(worker)
  const { api } = connect<WorkerApi>(endpointOf(port))
  return {
    api,
    died,
    terminate: async () => {
      port.close()
      await worker.terminate()
    },
  }
}

/** Starts a worker that runs timelines. */
export function startExplorer(entry: URL = workerUrl('explore-worker')): ExploreLink {
  const { worker, port, died } = openWorker(entry)
  const { api } = connect<ExploreApi>(endpointOf(port))
  return {
    api,
    died,
    terminate: async () => {
      port.close()
      await worker.terminate()
    },
  }
}

/**
 * A worker and the port to it; the port keeps nobody alive. What libraries print in a worker (Binaryen complains of names
 * in the words of the module) reaches neither the terminal nor the reader of `--json`.
 */
export function openWorker(
  entry: URL,
  resourceLimits: ResourceLimits = {},
): { worker: Worker; port: MessagePort; died: Promise<WorkerDeath> } {
  const { port1, port2 } = new MessageChannel()
  const options = { workerData: { port: port2 }, transferList: [port2], stdout: true, stderr: true, resourceLimits }
  const worker = new Worker(entry, options)
  worker.stdout.resume()
  const died = deathOf(worker)
  port1.on('newListener', () => port1.unref())
  port1.unref()
  return { worker, port: port1, died }
}

/** Of its errors only the first tells why; the exit comes last, and then what it had still to say. */
function deathOf(worker: Worker): Promise<WorkerDeath> {
  let words = ''
  let first: Pick<WorkerDeath, 'reason' | 'message'> | null = null
  worker.stderr.setEncoding('utf8')
  worker.stderr.on('data', (text: string) => (words = (words + text).slice(-LAST_WORDS_CHARACTERS_MAX)))
  worker.once('error', (error: Error & { code?: string }) => {
    const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    first = isMemory
      ? { reason: 'memory', message: 'it ran out of memory' }
      : { reason: 'error', message: error.message }
  })
  return new Promise<WorkerDeath>((resolve) => {
    worker.once('exit', (code) => {
      first ??= { reason: 'exit', message: `it exited with code ${code}` }
      const death = first
      const tell = (): void => resolve({ ...death, lastWords: printable(words.trim(), LAST_WORDS_CHARACTERS_MAX) })
      if (worker.stderr.readableEnded) tell()
      else worker.stderr.once('close', tell)
    })
  })
}
