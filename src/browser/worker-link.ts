// Web Workers as the coordinator wants them: calls over a MessageChannel, and a promise of the worker's death.
//
// A link is there at once, its worker a moment later: calls wait in the port until the worker has it. Where no worker can
// be had, the page itself serves the other end and answers every call with why.

import { connect } from '../core/worker/comlink-host.ts'
import { serve } from '../core/worker/comlink-worker.ts'
import type { WorkerDeath } from '../core/worker/protocol.ts'
import { browserErrors, messageOf } from './errors.ts'
import { refusing, type Introduction, type ServiceName } from './worker-greeting.ts'
import { LoadingFailed, type Loaded } from './worker-loaders.ts'

export interface ServiceLink<Api> {
  readonly api: Api
  readonly died: Promise<WorkerDeath>
  terminate(): Promise<void>
}

export function startService<Api extends object>(service: ServiceName, load: () => Promise<Loaded>): ServiceLink<Api> {
  const { port1, port2 } = new MessageChannel()
  const { api } = connect<Api>(port1)
  let die: (death: WorkerDeath) => void = () => {}
  const died = new Promise<WorkerDeath>((resolve) => (die = resolve))
  let worker: Worker | null = null
  let isOver = false
  const introduce = (loaded: Loaded): void => {
    if (isOver) return loaded.worker.terminate()
    worker = loaded.worker
    worker.addEventListener('error', (event) => {
      // Otherwise the page's own console and error handlers are told too.
      event.preventDefault()
      worker?.terminate()
      die({ reason: reasonOf(event), message: event.message || 'it failed without a word' })
    })
    const introduction: Introduction = { service, port: port2 }
    worker.postMessage(introduction, [port2])
  }
  load().then(introduce, (error: unknown) => {
    if (isOver) return
    const reasons = error instanceof LoadingFailed ? error.failures : [messageOf(error)]
    serve(refusing(browserErrors.noWorkers(reasons)), port2)
  })
  return {
    api,
    died,
    terminate: async () => {
      isOver = true
      port1.close()
      worker?.terminate()
      die({ reason: 'exit', message: 'it was terminated' })
    },
  }
}

function reasonOf({ message }: ErrorEvent): WorkerDeath['reason'] {
  return /out of memory|allocation failed/i.test(message ?? '') ? 'memory' : 'error'
}
