// worker_threads as the coordinator wants them: calls over a MessageChannel, a promise of the worker's death, and a
// look into a worker that is busy.

import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads'
import { connect } from '../core/worker/comlink-host.ts'
import type { WorkerApi, WorkerDeath, WorkerLink } from '../core/worker/protocol.ts'
import { workerUrl } from './package-files.ts'
import { endpointOf } from './port-endpoint.ts'
import { probeWorker } from './worker-probe.ts'

/** Starts a worker of `entry`, which finds its port in `workerData.port`. */
export function startWorker(entry: URL = workerUrl('fuzz-worker')): WorkerLink {
  const { worker, port, died } = openWorker(entry)
  const { api } = connect<WorkerApi>(endpointOf(port))
  return {
    api,
    died,
    probe: async () => await probeWorker(worker),
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
export function openWorker(entry: URL): { worker: Worker; port: MessagePort; died: Promise<WorkerDeath> } {
  const { port1, port2 } = new MessageChannel()
  const worker = new Worker(entry, { workerData: { port: port2 }, transferList: [port2], stdout: true, stderr: true })
  worker.stdout.resume()
  worker.stderr.resume()
  const died = new Promise<WorkerDeath>((resolve) => {
    worker.once('error', (error: Error & { code?: string }) => {
      const reason = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'error'
      resolve({ reason, message: reason === 'memory' ? 'it ran out of memory' : error.message })
    })
    worker.once('exit', (code) => resolve({ reason: 'exit', message: `it exited with code ${code}` }))
  })
  port1.on('newListener', () => port1.unref())
  port1.unref()
  return { worker, port: port1, died }
}
