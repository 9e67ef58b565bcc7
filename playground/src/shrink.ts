// A smaller input that fails in the same way. A campaign shrinks what it finds a little; this goes on for longer.
import { browserRuntime, type PreparedTarget } from 'fuzzbox/browser'
import { minimizeInput } from '../../src/core/minimize/minimize-input.ts'

const TIME_MS = 10_000
/** An execution that shows no end for so long has lost its worker. */
const PATIENCE_MS = 10_000

/** `told` of each one that is better; null where the input was the smallest already. */
export async function shrunk(
  target: PreparedTarget,
  input: Uint8Array,
  told: (best: Uint8Array) => void,
): Promise<Uint8Array | null> {
  const runtime = browserRuntime()
  const options = {
    target,
    engine: await runtime.engine(),
    startWorker: () => runtime.startWorker(),
    patienceMs: PATIENCE_MS,
    exact: false,
    timeMs: TIME_MS,
    runs: null,
    signal: null,
    onGoal: () => {},
    onBetter: told,
  }
  const { best } = await minimizeInput(options, input)
  return best.length < input.length || best.some((byte, at) => byte !== input[at]) ? best : null
}
