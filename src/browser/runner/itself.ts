// What a runner's file tells the code in it (tools/build-browser.ts). The file is one function, which is called in the page and, as
// a script of its own text, in each worker: so no line has to be loaded twice.
//
//   page     fuzzbox.runner.js  ──►  body({ engine, text, complete })  ──►  fuzz, replay, …
//   worker   Blob of text()     ──►  body({}).serveAsWorker()

declare const RUNNER: {
  /** The script of a worker. Only in the page. */
  readonly text: () => string
  /** Loads the runner that is complete, where this one is not. */
  readonly complete: () => Promise<typeof import('./complete.ts')>
}

export const workerText = (): string => RUNNER.text()
export const loadComplete = (): Promise<typeof import('./complete.ts')> => RUNNER.complete()
