// The host's border: what a worker answers is looked at before anybody uses it. A worker whose memory was corrupted, or
// whose code is another version's, may answer anything; what is not of the contract's shape ends it, as its death would.

import type { AddRequest, Reply, WorkerApi } from './protocol.ts'

/** An answer that is none. */
export class MalformedReply extends Error {
  constructor(method: string) {
    super(`it answered "${method}" with something that is no answer`)
    this.name = 'MalformedReply'
  }
}

type Check = (value: unknown) => boolean

const whole: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0
const milliseconds: Check = (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0
const text: Check = (value) => typeof value === 'string'
const flag: Check = (value) => typeof value === 'boolean'
const bytes: Check = (value) => value instanceof Uint8Array
const words: Check = (value) => value instanceof Uint32Array
// A page that is not isolated has such memories, and no name for their class.
const memory: Check = (value) => Object.prototype.toString.call(value) === '[object SharedArrayBuffer]'

const nullOr = (check: Check): Check => {
  return (value) => value === null || check(value)
}
const list = (check: Check): Check => {
  return (value) => Array.isArray(value) && value.every(check)
}
const record = (fields: Readonly<Record<string, Check>>): Check => {
  const entries = Object.entries(fields)
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    entries.every(([name, check]) => check((value as Record<string, unknown>)[name]))
}

const frame = record({ functionIndex: whole, functionName: text, offset: nullOr(whole) })
const trap = record({ kind: (value) => value === 'trap', trap: text, message: text, frames: list(frame) })
const ok = record({ kind: (value) => value === 'ok', result: Number.isInteger })
const outcome: Check = (value) => ok(value) || trap(value)
const trapReport = record({ key: text, input: bytes, outcome: trap, executions: whole })
const compares: Check = (value) =>
  value === undefined || record({ executions: whole, inputs: whole, tokens: whole })(value)
const statisticsFields = {
  compares,
  edges: whole,
  features: whole,
  corpus: whole,
  corpusBytes: whole,
  lengthLimit: whole,
}
const statistics = record(statisticsFields)
const discovered = record({ input: bytes, features: words, cost: whole, replaces: nullOr(bytes) })

const usefulToken = record({ token: bytes, uses: whole })

const CHECKS: Readonly<Record<keyof WorkerApi, Check>> = {
  open: record({ ...statisticsFields, memory: nullOr(memory) }),
  aside: record({ memory: nullOr(memory) }),
  add: record({
    done: whole,
    executions: whole,
    kept: list(record({ at: whole, features: words })),
    trapped: list(record({ at: whole, key: text })),
    traps: list(trapReport),
    unstable: words,
    busyMs: milliseconds,
    statistics,
  }),
  slice: record({
    executions: whole,
    busyMs: milliseconds,
    discoveries: list(discovered),
    unstable: words,
    traps: list(trapReport),
    trapsRepeated: whole,
    corpusFull: flag,
    mutatorsLost: (value) => value === undefined || text(value),
    trimming: flag,
    statistics,
  }),
  shrink: record({ input: bytes, executions: whole, busyMs: milliseconds, done: flag }),
  examine: record({
    executions: whole,
    outcome,
    key: nullOr(text),
    reproduced: whole,
    runs: whole,
    confirmed: nullOr(outcome),
    output: text,
  }),
  hits: record({ samples: whole, counts: words, tokens: (value) => value === undefined || list(usefulToken)(value) }),
  measure: record({ measured: list(record({ outcome, features: words, cost: whole })), busyMs: milliseconds }),
}

const failure = record({
  ok: (value) => value === false,
  error: record({ code: text, message: text }),
  input: nullOr(bytes),
})

/** The same functions; they throw MalformedReply where an answer is not of the contract's shape. */
export function checked(api: WorkerApi): WorkerApi {
  const ask = async <Value>(
    method: keyof WorkerApi,
    answer: Promise<Reply<Value>>,
    fits: (value: Value) => boolean = () => true,
  ): Promise<Reply<Value>> => {
    const reply: unknown = await answer
    const succeeded = record({ ok: (value) => value === true, value: CHECKS[method] })(reply)
    const isReply = succeeded ? fits((reply as { value: Value }).value) : failure(reply)
    if (!isReply) throw new MalformedReply(method)
    return reply as Reply<Value>
  }
  return {
    open: (start) => ask('open', api.open(start)),
    aside: () => ask('aside', api.aside()),
    add: (request) => ask('add', api.add(request), (reply) => fitsAdd(request, reply)),
    slice: (request) => ask('slice', api.slice(request)),
    shrink: (request) => ask('shrink', api.shrink(request)),
    examine: (request) => ask('examine', api.examine(request)),
    hits: () => ask('hits', api.hits()),
    measure: (inputs) => {
      const fits = ({ length }: readonly unknown[]): boolean =>
        length <= inputs.length && (length > 0 || !inputs.length)
      return ask('measure', api.measure(inputs), ({ measured }) => fits(measured))
    },
  }
}

/** Positions that lie among the inputs; and something done, or the rest would be sent again for ever. */
function fitsAdd(
  { inputs, executionsMax }: AddRequest,
  { done, kept, trapped }: { done: number; kept: readonly { at: number }[]; trapped: readonly { at: number }[] },
): boolean {
  const isWithin = [...kept, ...trapped].every(({ at }) => at < inputs.length)
  return isWithin && done <= inputs.length && (done > 0 || inputs.length === 0 || executionsMax === 0)
}
