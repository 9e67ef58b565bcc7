// A fuzzing worker that comes to grief: in the middle of a run, where the target calls an import that this file has put
// in the place of the engine's, or as its environment says.
import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import { serve } from '../../src/core/worker/comlink-worker.ts'
import type { OpenReply, Reply, SliceReply, WorkerStart } from '../../src/core/worker/protocol.ts'
import { WorkerService } from '../../src/core/worker/worker-service.ts'
import { endpointOf } from '../../src/node/port-endpoint.ts'

const doom = process.env['FUZZBOX_TEST_DOOM']

const FATAL = {
  sched_yield: () => process.exit(3),
  fd_sync: () => {
    const hoard: string[][] = []
    for (;;) hoard.push(new Array<string>(10_000).fill(String(hoard.length)))
  },
  fd_datasync: () => {
    parentPort!.postMessage('in the run')
    for (;;);
  },
}

const { Instance } = WebAssembly
WebAssembly.Instance = new Proxy(Instance, {
  construct(target, [module, imports]: [WebAssembly.Module, WebAssembly.Imports?]) {
    const wasi = imports?.['wasi_snapshot_preview1']
    for (const [name, end] of Object.entries(FATAL)) if (wasi && name in wasi) wasi[name] = end
    return new target(module, imports)
  },
})

class DoomedService extends WorkerService {
  override async open(start: WorkerStart): Promise<Reply<OpenReply>> {
    const reply = await super.open(start)
    // By then the answer is on its way.
    if (doom === 'idle') setTimeout(() => process.exit(4), 1)
    return reply
  }

  override async slice(request: Parameters<WorkerService['slice']>[0]): Promise<Reply<SliceReply>> {
    const reply = await super.slice(request)
    if (doom !== 'garbage' || !reply.ok) return reply
    return { ok: true, value: { ...reply.value, executions: 'all of them' as unknown as number } }
  }
}

if (doom === 'stillborn') {
  process.stderr.write('no room for one more\u001b[2J\n')
  throw new Error('it never lived')
}
serve(new DoomedService(), endpointOf((workerData as { port: MessagePort }).port))
