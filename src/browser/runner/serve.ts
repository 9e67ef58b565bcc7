// What a runner's text does in a worker: it runs targets for a campaign and for nothing else.

import { WorkerService } from '../../core/worker/worker-service.ts'
import { greet } from '../worker-greeting.ts'

export function serveAsWorker(): void {
  greet({ fuzz: () => new WorkerService() })
}
