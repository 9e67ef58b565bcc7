// A TimelineRunner without an engine: runs a program written in TypeScript again from its start for each timeline, with
// the rules of marks as the specification has them. So splitting, energy and order are tested by themselves.

import { betterMark, isAlways, isBetterQuality, isOnce } from '../../../src/core/explore/mark-ledger.ts'
import type {
  JobResult,
  MarkDiscovery,
  MarkState,
  Moment,
  Reseed,
  RunJob,
  Timeline,
  TimelineRunner,
  Violation,
} from '../../../src/core/explore/timelines.ts'
import type { Outcome } from '../../../src/core/outcome.ts'
import { ScriptedTrap, Simulation, unseen, type Met, type Program } from './simulation.ts'

/** Unwinds a program that is stopped at a discovery. */
const STOPPED = Symbol('stopped')

type Counts = Map<string, { passes: number; fails: number }>

export class ScriptedRunner implements TimelineRunner {
  readonly #program: Program
  readonly #marks: Map<string, MarkState> = new Map()
  /** Every job in its order, for tests of the order. */
  readonly jobs: RunJob[] = []
  timelines = 0

  constructor(program: Program) {
    this.#program = program
  }

  run(job: RunJob): JobResult {
    this.jobs.push(job)
    for (const state of job.marks) this.#marks.set(state.id, state)
    const counts: Counts = new Map()
    const changed = new Set<string>()
    const timelines = [...job.seeds].map((seed) => this.#timeline(job, seed, counts, changed))
    const marks = [...changed].map((id) => ({
      ...(this.#marks.get(id) as MarkState),
      passes: counts.get(id)?.passes ?? 0,
      fails: counts.get(id)?.fails ?? 0,
    }))
    return { timelines, marks, reached: 'replay' }
  }

  #timeline(job: RunJob, seed: bigint | null, counts: Counts, changed: Set<string>): Timeline {
    this.timelines++
    const { from } = job
    const discoveries: MarkDiscovery[] = []
    const violations: Violation[] = []
    const path = new Path(from, seed, job.ahead ?? [])
    let stopped = false
    const listen = (met: Met, simulation: Simulation): void => {
      if (path.meet(simulation) !== 'beyond') return
      changed.add(met.id)
      const state = this.#marks.get(met.id) ?? unseen(met.id, met.name)
      const count = counts.get(met.id) ?? { passes: 0, fails: 0 }
      counts.set(met.id, met.passes ? { ...count, passes: count.passes + 1 } : { ...count, fails: count.fails + 1 })
      const next = after(state, met)
      this.#marks.set(met.id, next ?? { ...state, ...watched(state, met) })
      const moment = path.momentOf(simulation)
      if (isViolation(met)) {
        violations.push({ id: met.id, message: met.name.message, details: met.details, moment })
      }
      if (next === null) return
      discoveries.push({ id: met.id, moment, value: met.value, quality: met.quality })
      if (job.stopAtDiscovery) {
        stopped = true
        throw STOPPED
      }
    }
    const simulation = new Simulation(from.rootSeed, listen, (at) => path.beforeDraw(at))
    path.begin(simulation)
    const outcome = outcomeOf(() => this.#program(simulation))
    return {
      end: path.momentOf(simulation),
      draws: simulation.fuel - path.fuelBefore,
      fuel: simulation.fuel - path.fuelBefore,
      outcome,
      stopped,
      violations,
      discoveries,
      features: new Uint32Array(0),
      memoryHash: job.hashMemory ? JSON.stringify([simulation.memory, simulation.draws]) : null,
    }
  }
}

/** The way to `from` and beyond: makes the reseeds at their marks, or before the draw that follows them. */
class Path {
  readonly #from: Moment
  readonly #seed: bigint | null
  readonly #ahead: readonly Reseed[]
  readonly #made: Reseed[] = []
  #arrived = false
  fuelBefore = 0

  constructor(from: Moment, seed: bigint | null, ahead: readonly Reseed[]) {
    this.#from = from
    this.#seed = seed
    this.#ahead = ahead
  }

  begin(simulation: Simulation): void {
    const [first] = this.#from.reseeds
    if (first === undefined && this.#from.markCalls === 0) this.#arrive(simulation)
    else if (first?.markCalls === 0) this.#reseed(simulation, first)
  }

  meet(simulation: Simulation): 'before' | 'beyond' {
    if (this.#arrived) return 'beyond'
    const next = this.#from.reseeds[this.#made.length]
    if (next === undefined) {
      if (simulation.draws === this.#from.draws && simulation.markCalls === this.#from.markCalls) {
        this.#arrive(simulation)
      }
    } else if (simulation.draws === next.draws && simulation.markCalls === next.markCalls) {
      this.#reseed(simulation, next)
    }
    return 'before'
  }

  beforeDraw(simulation: Simulation): void {
    while (this.#arrived) {
      const next = this.#ahead[this.#made.length]
      if (next === undefined || next.draws !== simulation.draws) return
      this.#reseed(simulation, next)
    }
  }

  momentOf({ draws, markCalls }: Simulation): Moment {
    return { rootSeed: this.#from.rootSeed, reseeds: [...this.#made], draws, markCalls }
  }

  #arrive(simulation: Simulation): void {
    this.#arrived = true
    this.fuelBefore = simulation.fuel
    if (this.#seed === null) return
    this.#reseed(simulation, { draws: this.#from.draws, markCalls: this.#from.markCalls, seed: this.#seed })
  }

  #reseed(simulation: Simulation, reseed: Reseed): void {
    this.#made.push(reseed)
    simulation.reseed(reseed.seed)
  }
}

/** The mark's state after a discovery; null where there is none. */
function after(state: MarkState, met: Met): MarkState | null {
  const { kind } = met.name
  if (isAlways(kind)) return null
  if (isOnce(kind)) {
    if (!met.passes) return null
    const better = isBetterQuality(met.quality, state.quality)
    if (state.discovered && !(better && state.quality.length > 0)) return null
    return { ...state, discovered: true, quality: better ? met.quality : state.quality }
  }
  if (kind === 'sometimes-all') {
    return Number(met.value) > state.frontier ? { ...state, discovered: true, frontier: Number(met.value) } : null
  }
  const watermark = betterMark(kind, state.watermark, met.value)
  return watermark === state.watermark ? null : { ...state, discovered: true, watermark }
}

function watched(state: MarkState, met: Met): Partial<MarkState> {
  const isNumeric = /-(gt|ge|lt|le)$/.test(met.name.kind)
  return isNumeric ? { watermark: betterMark(met.name.kind, state.watermark, met.value) } : {}
}

function isViolation({ name, passes }: Met): boolean {
  return name.kind === 'unreachable' ? passes : isAlways(name.kind) && !passes
}

function outcomeOf(run: () => void): Outcome {
  try {
    run()
    return { kind: 'ok', result: 0 }
  } catch (error) {
    if (error === STOPPED) return { kind: 'ok', result: 0 }
    if (!(error instanceof ScriptedTrap)) throw error
    return { kind: 'trap', trap: error.trap, message: error.message, frames: [] }
  }
}
