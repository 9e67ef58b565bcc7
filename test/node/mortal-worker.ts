// A worker entry that really dies or babbles: the environment variable FATE says how, and an input that begins with "!" says when,
// in the middle of its run, with the engine's account of it written as for any other. All else is the real service.
import { workerData, type MessagePort } from 'node:worker_threads'
import { INPUT_BASE, SLOT_RUN } from '../../assembly/abi.ts'
import { asWasmFunctions } from '../../src/core/link/trampoline.ts'
import { serve } from '../../src/core/worker/comlink-worker.ts'
import { WorkerService } from '../../src/core/worker/worker-service.ts'
import { endpointOf } from '../../src/node/port-endpoint.ts'

export type Fate = 'exit' | 'heap' | 'babble' | 'dead on arrival' | 'exit while idle'

const fate = process.env['FATE'] as Fate
const { port } = workerData as { port: MessagePort }

/** Fills the heap of JavaScript until there is no more. */
function fillHeap(): never {
  const all: unknown[] = []
  for (;;) all.push(Array.from({ length: 100_000 }, () => ({ filling: 'the heap' })))
}

function die(): void {
  if (fate === 'exit') process.exit(3)
  if (fate === 'heap') fillHeap()
}

/** Engines of this worker, as they come about: their memories are the shared ones. */
const memories: WebAssembly.Memory[] = []
const Memory = WebAssembly.Memory
WebAssembly.Memory = class extends Memory {
  constructor(descriptor: WebAssembly.MemoryDescriptor) {
    super(descriptor)
    if (descriptor.shared) memories.push(this)
  }
}

// Every run goes through this slot, Wasm to Wasm; here it goes through JavaScript, which can die of it.
const set = WebAssembly.Table.prototype.set
WebAssembly.Table.prototype.set = function (index: number, entry?: unknown) {
  if (index !== SLOT_RUN || typeof entry !== 'function') return set.call(this, index, entry)
  const run = entry as (length: number) => number
  const { mortal } = asWasmFunctions({
    mortal: {
      signature: { params: ['i32'], results: ['i32'] },
      call: (length = 0) => {
        if (memories.some(({ buffer }) => new Uint8Array(buffer)[INPUT_BASE] === 0x21)) die()
        return run(length)
      },
    },
  })
  return set.call(this, index, mortal)
}

class Babbler extends WorkerService {
  override async slice(): ReturnType<WorkerService['slice']> {
    return { ok: true, value: { executions: 'many' } } as never
  }
}

if (fate === 'dead on arrival') {
  process.stderr.write('no disk, no memory, no hope\n')
  process.exit(1)
}
serve(fate === 'babble' ? new Babbler() : new WorkerService(), endpointOf(port))
