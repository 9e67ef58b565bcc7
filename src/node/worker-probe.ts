// Reads the input of an execution that does not end. The worker's thread answers no message while it is in the target,
// but V8 lets its inspector in at every loop and call, so the worker can be asked to evaluate a getter right there.
// Nothing is paid for this until a worker has been silent for seconds.

import type { Worker } from 'node:worker_threads'
import { PROBE_ANSWER_MS_MAX } from '../core/limits.ts'
import { PROBE_SYMBOL, type WorkerProbe } from '../core/worker/protocol.ts'

/** Null when the worker does not answer in time, or has nothing running. */
export async function probeWorker(worker: Worker): Promise<WorkerProbe | null> {
  const { Session } = await import('node:inspector')
  const session = new Session()
  session.connect()
  let timer: NodeJS.Timeout | undefined
  try {
    const answer = await new Promise<string>((resolve) => {
      timer = setTimeout(resolve, PROBE_ANSWER_MS_MAX, '')
      // The inspector numbers workers in its own way, so all are asked and one of them knows that it is meant.
      session.on('NodeWorker.attachedToWorker', ({ params: { sessionId } }) => {
        const params = { expression: expressionFor(worker.threadId) }
        const message = JSON.stringify({ id: 1, method: 'Runtime.evaluate', params })
        session.post('NodeWorker.sendMessageToWorker', { sessionId, message })
      })
      session.on('NodeWorker.receivedMessageFromWorker', ({ params }) => {
        const text = valueOf(params.message)
        if (text !== '') resolve(text)
      })
      session.post('NodeWorker.enable', { waitForDebuggerOnStart: false }, (error) => error && resolve(''))
    })
    if (answer === '') return null
    const { executions, input } = JSON.parse(answer) as { executions: number; input: string }
    return { executions, input: new Uint8Array(Buffer.from(input, 'base64')) }
  } finally {
    clearTimeout(timer)
    session.disconnect()
  }
}

/** Evaluated in a worker: the probe as JSON, or nothing where this is another worker. */
function expressionFor(threadId: number): string {
  return `(() => {
    if (process.getBuiltinModule('node:worker_threads').threadId !== ${threadId}) return ''
    const probe = globalThis[Symbol.for('${PROBE_SYMBOL}')]?.()
    const base64 = (bytes) => process.getBuiltinModule('node:buffer').Buffer.from(bytes).toString('base64')
    return probe ? JSON.stringify({ executions: probe.executions, input: base64(probe.input) }) : ''
  })()`
}

function valueOf(message: string): string {
  const answer = JSON.parse(message) as { id?: number; result?: { result?: { value?: unknown } } }
  const value = answer.result?.result?.value
  return answer.id === 1 && typeof value === 'string' ? value : ''
}
