// What can go wrong between the host and the engine itself.
import { FuzzboxError } from '../errors.ts'

export const engineErrors = {
  memory: (pagesLacked: number): FuzzboxError =>
    new FuzzboxError(
      'E_ENGINE_MEMORY',
      `the engine's memory lacks ${Math.ceil(pagesLacked / 16)} MiB for this target: give it a smaller --max-len, or free memory and try again`,
    ),
}
