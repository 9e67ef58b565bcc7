// What can go wrong between the host and the engine itself.
import { FuzzboxError } from '../errors.ts'

export const engineErrors = {
  memory: (pagesLacked: number): FuzzboxError =>
    new FuzzboxError(
      'E_ENGINE_MEMORY',
      `the engine's memory lacks ${Math.ceil(pagesLacked / 16)} MiB for this target: give it a smaller --max-len, or free memory and try again`,
    ),
  noMultiMemory: (): FuzzboxError =>
    new FuzzboxError(
      'E_NO_MULTI_MEMORY',
      'this JavaScript engine lacks WebAssembly multi-memory, which --layout two needs: leave the option out, or use Node 22 or newer',
    ),
  noVectors: (): FuzzboxError =>
    new FuzzboxError(
      'E_NO_SIMD',
      'this JavaScript engine lacks WebAssembly SIMD, without which nothing of fuzzbox runs: use Node 20 or newer, or a browser of 2023 or newer',
    ),
}
