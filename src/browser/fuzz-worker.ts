// The entry of a worker that runs targets: for a campaign, or for an exploration.

import { ExploreService } from '../core/explore/explore-service.ts'
import { WorkerService } from '../core/worker/worker-service.ts'
import { greet } from './worker-greeting.ts'

greet({ fuzz: () => new WorkerService(), explore: () => new ExploreService() })
