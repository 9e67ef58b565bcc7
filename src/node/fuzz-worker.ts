// The entry of a fuzzing worker: serves one WorkerService on the port that came with it.

import { workerData, type MessagePort } from 'node:worker_threads'
import { serve } from '../core/worker/comlink-worker.ts'
import { endpointOf } from './port-endpoint.ts'
import { WorkerService } from '../core/worker/worker-service.ts'

serve(new WorkerService(), endpointOf((workerData as { port: MessagePort }).port))
