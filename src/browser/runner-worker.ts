// The entry of a worker that runs targets for a campaign and for nothing else: the smaller one of the runner build.

import { WorkerService } from '../core/worker/worker-service.ts'
import { greet } from './worker-greeting.ts'

greet({ fuzz: () => new WorkerService() })
