// Ctrl-C once ends a campaign cleanly, twice at once; so do a request to end and a terminal that is closed.

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** What shells expect of a process that a signal ended: 128 + SIGINT. */
export const INTERRUPTED = 130

/** Calls `once` at the first signal and ends the process at the second; returns a function that stops listening. */
export function onInterrupt(once: () => void): () => void {
  let signals = 0
  const listen = (): void => {
    if (signals++ === 0) once()
    else process.exit(INTERRUPTED)
  }
  for (const signal of SIGNALS) process.on(signal, listen)
  return () => {
    for (const signal of SIGNALS) process.off(signal, listen)
  }
}
