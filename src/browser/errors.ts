// Texts about pages: what they forbid, what they lack, what they cannot load.

import type { CorpusWarning } from '../core/campaign/corpus.ts'
import { FuzzboxError } from '../core/errors.ts'

export const browserErrors = {
  insecure: (): FuzzboxError =>
    new FuzzboxError(
      'E_INSECURE_CONTEXT',
      'this page came over plain http, where browsers offer no hashes; serve it over https, or from localhost',
    ),
  policy: (): FuzzboxError =>
    new FuzzboxError(
      'E_CONTENT_POLICY',
      "the Content-Security-Policy of this page forbids WebAssembly; add 'wasm-unsafe-eval' to its script-src",
    ),
  noModule: (): FuzzboxError =>
    new FuzzboxError(
      'E_NO_MODULE',
      'this <fuzz-box> names no module; give it src="parser.wasm", or set its module property',
    ),
  noWorkers: (reasons: readonly string[]): FuzzboxError =>
    new FuzzboxError(
      'E_NO_WORKERS',
      `no worker could be started (${reasons.join('; ')}); allow "worker-src 'self' blob:" in the Content-Security-Policy, or give createWorker`,
    ),
  targetFetch: (url: string, reason: string): FuzzboxError =>
    new FuzzboxError(
      'E_TARGET_FETCH',
      `${url} could not be fetched (${reason}); check the address and its CORS headers`,
    ),
  targetKind: (url: string): FuzzboxError =>
    new FuzzboxError(
      'E_TARGET_KIND',
      `${url} is neither .wasm, .wat nor a prepared module; what came does not begin as a module does`,
    ),
  assemblyScript: (name: string): FuzzboxError =>
    new FuzzboxError(
      'E_NO_ASSEMBLYSCRIPT',
      `${name} is AssemblyScript, for which no compiler is loaded in a page; compile it with asc and give the bytes`,
    ),
  noPreparing: (name: string): FuzzboxError =>
    new FuzzboxError(
      'E_NOT_PREPARED',
      `${name} is not prepared, and this is the build that runs prepared modules only; prepare it in Node, or take fuzzbox.browser.js`,
    ),
  prepareDied: (name: string, reason: string): FuzzboxError =>
    new FuzzboxError(
      'E_PREPARE',
      `${name} could not be instrumented: the worker that does it was lost (${reason}); try a smaller module`,
    ),
} as const

export const browserWarnings = {
  notIsolated: (): CorpusWarning => ({
    code: 'W_NOT_ISOLATED',
    message:
      'the page is not cross-origin isolated, so workers share no memory with it: everything works, but the last input of a worker that hangs or dies cannot be read; send COOP and COEP, or Document-Isolation-Policy',
  }),
  inlineWorkers: (why: string): CorpusWarning => ({
    code: 'W_INLINE_WORKERS',
    message: `workers cannot be loaded by their address here (${why}), so they start from memory, a little slower`,
  }),
  noStorage: (what: string, why: string): CorpusWarning => ({
    code: 'W_NO_STORAGE',
    message: `this page may store nothing (${why}), so ${what} is kept in memory and is gone when the page is`,
  }),
} as const

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
