// A port of worker_threads as Comlink wants one. Listening to it in the way of browsers would have Node load the whole of
// its HTTP client, for the MessageEvent in there: a tenth of a start, in each thread.

import type { MessagePort } from 'node:worker_threads'
import type { Endpoint } from '../core/worker/comlink-host.ts'

type Listener = Parameters<Endpoint['addEventListener']>[1]

export function endpointOf(port: MessagePort): Endpoint {
  const added = new Map<Listener, (data: unknown) => void>()
  return {
    postMessage: (message, transfer = []) => port.postMessage(message, transfer as readonly ArrayBuffer[]),
    addEventListener(type, listener) {
      const tell = (data: unknown): void => {
        const event = { type, data } as unknown as Event
        if (typeof listener === 'function') listener(event)
        else listener.handleEvent(event)
      }
      added.set(listener, tell)
      port.on(type as 'message', tell)
    },
    removeEventListener(type, listener) {
      const tell = added.get(listener)
      if (tell) port.off(type as 'message', tell)
      added.delete(listener)
    },
    start: () => port.start(),
  }
}
