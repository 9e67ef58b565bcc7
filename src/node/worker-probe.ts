// Reads the input of an execution that does not end. The worker's thread answers no message while it is in the target,
// but V8 lets its inspector in at every loop and call, so the worker can be asked to evaluate a getter right there.
// Nothing is paid for this until a worker has been silent for seconds.

import type { Worker } from 'node:worker_threads'
import { PROBE_SYMBOL, type WorkerProbe } from '../core/protocol.ts'

const ANSWER_MS_MAX = 2_000

const EXPRESSION = `(() => {
  const probe = globalThis[Symbol.for('${PROBE_SYMBOL}')]?.()
  return probe ? JSON.stringify({ executions: probe.executions, input: process.getBuiltinModule('node:buffer').Buffer.from(probe.input).toString('base64') }) : ''
})()`

/** Null when the worker does not answer in time, or has nothing running. */
export async function probeWorker(worker: Worker): Promise<WorkerProbe | null> {
  const { Session } = await import('node:inspector')
  const session = new Session()
  session.connect()
  try {
    const text = await new Promise<string>((resolve) => {
      setTimeout(resolve, ANSWER_MS_MAX, '').unref()
      session.on('NodeWorker.attachedToWorker', ({ params }) => {
        if (params.workerInfo.workerId !== String(worker.threadId)) return
        const evaluate = { id: 1, method: 'Runtime.evaluate', params: { expression: EXPRESSION } }
        session.post('NodeWorker.sendMessageToWorker', {
          sessionId: params.sessionId,
          message: JSON.stringify(evaluate),
        })
      })
      session.on('NodeWorker.receivedMessageFromWorker', ({ params }) => {
        const answer = JSON.parse(params.message) as { id?: number; result?: { result?: { value?: unknown } } }
        if (answer.id === 1) resolve(String(answer.result?.result?.value ?? ''))
      })
      session.post('NodeWorker.enable', { waitForDebuggerOnStart: false }, (error) => error && resolve(''))
    })
    if (!text.startsWith('{')) return null
    const { executions, input } = JSON.parse(text) as { executions: number; input: string }
    return { executions, input: new Uint8Array(Buffer.from(input, 'base64')) }
  } finally {
    session.disconnect()
  }
}
