// The first words between a page and a worker of its own: the worker says that its script runs, the page sends the port
// on which it is to serve, and what.
//
//   page                                worker
//     new Worker ──────────────────────►  script runs
//     ◄──────────────────────────────────  GREETING
//     { service, port } ───────────────►  serves `service` on the port; calls that were made meanwhile wait in it

import { toErrorData, type ErrorData } from '../core/errors.ts'
import { serve } from '../core/worker/comlink-worker.ts'
import { browserErrors } from './errors.ts'

const GREETING = 'fuzzbox: ready'

export type ServiceName = 'fuzz' | 'explore' | 'prepare'

export interface Introduction {
  readonly service: ServiceName
  readonly port: MessagePort
}

export function isGreeting(data: unknown): boolean {
  return data === GREETING
}

/** What of a worker's global scope is needed here; the DOM's types know only a window's. */
interface Scope {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void
}

/** Offers services to the page that started this worker, each made when it is asked for. */
export function greet(services: Partial<Readonly<Record<ServiceName, () => object>>>): void {
  const scope = globalThis as unknown as Scope
  scope.addEventListener('message', ({ data }) => {
    const { service, port } = data as Introduction
    const make = services[service]
    if (make) serve(mayCompile() ? make() : refusing(browserErrors.policy()), port)
  })
  // Inside a worker nobody but its page listens; there is no origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  scope.postMessage(GREETING)
}

/** A service that answers every call with this error. */
export function refusing(error: unknown): object {
  const answer: { ok: false; error: ErrorData; input: null } = { ok: false, error: toErrorData(error), input: null }
  const say = async (): Promise<typeof answer> => answer
  return { open: say, run: say, prepare: say }
}

/** False where a Content-Security-Policy forbids WebAssembly. */
export function mayCompile(): boolean {
  try {
    return new WebAssembly.Module(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])) instanceof WebAssembly.Module
  } catch {
    return false
  }
}
