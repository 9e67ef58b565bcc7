// Workers that do what a test tells them: a real one cannot be made to die on purpose at one exact call.

import {
  CONTROL_EXECUTIONS,
  CONTROL_INPUT_LENGTH,
  CONTROL_PHASE,
  INPUT_BASE,
  PHASE_IDLE,
  PHASE_MUTANT,
} from '../../assembly/abi.ts'
import type {
  AddReply,
  Discovered,
  EdgeHits,
  ExamineReply,
  MeasureReply,
  OpenReply,
  Reply,
  ShrinkReply,
  ShrinkRequest,
  SliceReply,
  TrapReport,
  WorkerApi,
  WorkerDeath,
  WorkerLink,
  WorkerStatistics,
} from '../../src/core/worker/protocol.ts'
import type { PreparedTarget } from '../../src/core/target/prepared.ts'

const STATISTICS: WorkerStatistics = { edges: 3, features: 4, corpus: 1, corpusBytes: 1, lengthLimit: 8 }

/** What one worker does; every function may return a promise that never settles. */
export interface Script {
  readonly slice?: (
    executions: number,
    die: (death: WorkerDeath) => void,
    ignore: readonly number[],
  ) => Partial<SliceReply> | Promise<never>
  readonly add?: (
    inputs: readonly Uint8Array[],
    die: (death: WorkerDeath) => void,
  ) => Partial<AddReply> | Promise<never>
  readonly open?: () => Reply<OpenReply> | Promise<never>
  readonly recorded?: Recorded
  readonly shrink?: (request: ShrinkRequest) => Partial<ShrinkReply>
  readonly hits?: () => EdgeHits
  readonly examine?: (input: Uint8Array, die: (death: WorkerDeath) => void) => Partial<ExamineReply> | Promise<never>
  readonly measure?: (
    inputs: readonly Uint8Array[],
    die: (death: WorkerDeath) => void,
  ) => Partial<MeasureReply> | Promise<never>
}

export interface ScriptedLink extends WorkerLink {
  readonly terminated: () => boolean
  /** Slices that it was asked for, done or not. */
  readonly slicesAsked: () => number
}

export const forever = (): Promise<never> => new Promise(() => {})

export function scriptedLink(script: Script): ScriptedLink {
  let terminated = false
  let slicesAsked = 0
  let die: (death: WorkerDeath) => void = () => {}
  const died = new Promise<WorkerDeath>((resolve) => (die = resolve))
  const answer = async <Value>(value: Promise<Value> | Value): Promise<Reply<Value>> => ({
    ok: true,
    value: await value,
  })
  // A worker does one thing after the other, however many it was asked for.
  let last: Promise<unknown> = Promise.resolve()
  // As messages of real workers do, answers let timers have their turn.
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const done = last.then(pause).then(work)
    last = done.catch(() => {})
    return done
  }
  const api: WorkerApi = {
    open: async () => script.open?.() ?? answer({ ...STATISTICS, memory: script.recorded?.memory ?? null }),
    add: ({ inputs, executionsMax }) =>
      inTurn(async () => {
        const most = inputs.slice(0, executionsMax)
        const partial = await script.add?.(most, die)
        const done = partial?.done ?? most.length
        const empty = { done, executions: done, kept: [], trapped: [], traps: [], unstable: new Uint32Array(0) }
        return answer({ ...empty, busyMs: 1, statistics: STATISTICS, ...partial })
      }),
    slice: ({ executions, ignore }) => {
      slicesAsked++
      return inTurn(async () => {
        const partial = await script.slice?.(executions, die, [...ignore])
        const empty = {
          discoveries: [],
          traps: [],
          trapsRepeated: 0,
          corpusFull: false,
          trimming: false,
          unstable: new Uint32Array(0),
        }
        return answer({ executions, busyMs: 1, ...empty, statistics: STATISTICS, ...partial })
      })
    },
    shrink: (request) =>
      inTurn(() => answer({ input: request.input, executions: 1, busyMs: 1, done: true, ...script.shrink?.(request) })),
    hits: () => inTurn(() => answer(script.hits?.() ?? { samples: 0, counts: new Uint32Array(10) })),
    examine: ({ input, runs, executionsMax }) =>
      inTurn(async () => {
        const partial = await script.examine?.(input, die)
        return answer({ ...examined(Math.min(runs, executionsMax)), ...partial })
      }),
    aside: () => inTurn(() => answer({ memory: null })),
    measure: (inputs) =>
      inTurn(async () => answer({ measured: [], busyMs: 1, ...(await script.measure?.(inputs, die)) })),
  }
  return {
    api,
    died,
    terminate: async () => {
      terminated = true
      die({ reason: 'exit', message: 'it was terminated' })
    },
    terminated: () => terminated,
    slicesAsked: () => slicesAsked,
  }
}

function examined(runs: number): ExamineReply {
  const outcome = { kind: 'ok', result: 0 } as const
  return { executions: runs, outcome, key: null, reproduced: runs, runs, confirmed: null, output: '' }
}

/** What a worker's engine has written down: the input of the execution under way. */
export class Recorded {
  readonly memory: SharedArrayBuffer
  readonly #view: DataView

  constructor(...input: number[]) {
    const pages = (INPUT_BASE >>> 16) + 1
    // A page that is not isolated has no SharedArrayBuffer to call, but this.
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
    this.memory = memory.buffer as unknown as SharedArrayBuffer
    this.#view = new DataView(this.memory)
    this.isRunning = true
    this.write(...input)
    this.executions = 1
  }

  /** The input of the execution under way. */
  write(...input: number[]): void {
    this.#view.setUint32(CONTROL_INPUT_LENGTH, input.length, true)
    new Uint8Array(this.memory).set(input, INPUT_BASE)
  }

  set isRunning(isRunning: boolean) {
    this.#view.setUint32(CONTROL_PHASE, isRunning ? PHASE_MUTANT : PHASE_IDLE, true)
  }

  get executions(): number {
    return Number(this.#view.getBigUint64(CONTROL_EXECUTIONS, true))
  }

  set executions(executions: number) {
    this.#view.setBigUint64(CONTROL_EXECUTIONS, BigInt(executions), true)
  }
}

/** An input that reaches bucket 1 of `count` edges from `first` on. */
export function discovery(input: Uint8Array, first: number, count = 1): Discovered {
  const features = Uint32Array.from({ length: count }, (_, index) => ((first + index) << 8) | 1)
  return { input, features, cost: 10, replaces: null }
}

export function trapReport(key: string, ...input: number[]): TrapReport {
  const outcome = { kind: 'trap', trap: 'unreachable', message: `unreachable: ${key}`, frames: [] } as const
  return { key, input: Uint8Array.from(input), outcome, executions: 1 }
}

/** A target that no scripted worker looks at. */
export const NO_TARGET = {
  name: 'scripted',
  hash: '00',
  inputMax: 4_096,
  module: { map: { edges: 10, functions: [] }, original: Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0) },
} as unknown as PreparedTarget
