// What one execution came to: plain data, safe to post between workers and to print as JSON.

export type TrapKind =
  | 'unreachable'
  | 'out-of-bounds'
  | 'divide-by-zero'
  | 'integer-overflow'
  | 'indirect-call'
  | 'stack-overflow'
  | 'timeout'
  | 'memory-limit'
  | 'uncaught-exception'
  | 'exit'
  | 'abort'
  | 'missing-import'
  /** A mark of a simulation's that must not come to pass did. */
  | 'violation'
  /** The worker itself came to an end in the middle of the run. */
  | 'worker-lost'

/** One call frame, innermost first. `offset` is a byte offset in the ORIGINAL binary, or null where only the instrumented module could tell. */
export interface Frame {
  readonly functionIndex: number
  readonly functionName: string
  readonly offset: number | null
}

/** What a run that did not return came to. */
export type Trap = Extract<Outcome, { kind: 'trap' }>

export type Outcome =
  /** The entry returned; `result` -1 asks to keep the input out of the corpus. */
  | { readonly kind: 'ok'; readonly result: number }
  | {
      readonly kind: 'trap'
      readonly trap: TrapKind
      /** One sentence for people: "integer divide by zero", "proc_exit(3)", "abort: assertion failed: x > 0". */
      readonly message: string
      readonly frames: readonly Frame[]
    }
