// The entry of a worker that runs timelines.

import { workerData, type MessagePort } from 'node:worker_threads'
import { ExploreService } from '../core/explore/explore-service.ts'
import { serve } from '../core/worker/comlink-worker.ts'
import { endpointOf } from './port-endpoint.ts'

serve(new ExploreService(), endpointOf((workerData as { port: MessagePort }).port))
