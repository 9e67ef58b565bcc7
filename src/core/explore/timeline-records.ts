// The engine's records of timelines, read into what timelines.ts promises.
import {
  FOUND_BYTES,
  FOUND_DRAWS,
  FOUND_MARK,
  FOUND_MARK_CALLS,
  FOUND_QUALITIES,
  FOUND_QUALITY_COUNT,
  FOUND_RESEEDS,
  FOUND_SNAPSHOT,
  FOUND_VALUE,
  REGION_RESULTS,
  TIMELINE_BYTES,
  TIMELINE_DRAWS,
  TIMELINE_END_DRAWS,
  TIMELINE_END_MARK_CALLS,
  TIMELINE_END_SNAPSHOT,
  TIMELINE_FEATURES,
  TIMELINE_FOUND,
  TIMELINE_FUEL,
  TIMELINE_HASH,
  TIMELINE_HEADER_BYTES,
  TIMELINE_KIND,
  TIMELINE_RESEEDS,
  TIMELINE_RESULT,
  TIMELINE_RETURNED,
  TIMELINE_STOPPED,
  TIMELINE_TRAPPED,
  TIMELINE_VIOLATIONS,
  TIMELINE_VIOLATION_BYTES,
  VIOLATION_DETAILS_BYTES,
  VIOLATION_DRAWS,
  VIOLATION_HEADER_BYTES,
  VIOLATION_ID,
  VIOLATION_MARK_CALLS,
  VIOLATION_MESSAGE_BYTES,
  VIOLATION_RESEEDS,
} from '../../../assembly/abi.ts'
import type { Engine } from '../engine/engine.ts'
import type { Outcome } from '../outcome.ts'
import { idAt, type MarkTable } from './mark-table.ts'
import { ALL_RESEEDS, NO_FEATURES, PLAIN_NUMBERS, PlainTimeline, comesByReseeds, reseedsOf } from './plain-timeline.ts'
import type { MarkDiscovery, Moment, Reseed, RunJob, Timeline, Violation } from './timelines.ts'

const NONE: readonly never[] = []
/** Plain timelines whose numbers share an array. */
const PLAIN_TOGETHER = 64
const text = new TextDecoder()

/** Somebody to tell which snapshot was taken where. */
export type NoteSnapshot = (moment: Moment, handle: number) => void

export class TimelineRecords {
  readonly #engine: Engine
  readonly #marks: MarkTable
  readonly #note: NoteSnapshot
  /** Plain timelines write their numbers here, one behind the other. */
  #plainNumbers = new Float64Array(0)
  #plainEnd = 0

  constructor(engine: Engine, marks: MarkTable, note: NoteSnapshot) {
    this.#engine = engine
    this.#marks = marks
    this.#note = note
  }

  /** Reads and removes what there is; `outcomes` has one for each that trapped, `first` is the seed of the first one. */
  drain(job: RunJob, first: number, outcomes: Outcome[]): Timeline[] {
    const { exports } = this.#engine
    const view = this.#engine.view()
    const timelines: Timeline[] = []
    let at = this.#engine.address(REGION_RESULTS)
    const end = at + exports.exploreResults()
    while (at < end) {
      timelines.push(this.#read(view, at, job, first + timelines.length, outcomes))
      at += view.getUint32(at + TIMELINE_BYTES, true)
    }
    exports.exploreResultsClear()
    return timelines
  }

  #read(view: DataView, at: number, job: RunJob, index: number, outcomes: Outcome[]): Timeline {
    const kind = view.getUint32(at + TIMELINE_KIND, true)
    if (kind === TIMELINE_RETURNED && !job.hashMemory && isPlain(view, at)) {
      const passed = comesByReseeds(job) ? view.getUint32(at + TIMELINE_RESEEDS, true) : ALL_RESEEDS
      return this.#plain(view, at, job, index, passed)
    }
    const path = new Path(job, index)
    const stopped = kind === TIMELINE_STOPPED
    const end = path.moment(view, at + TIMELINE_END_DRAWS, at + TIMELINE_END_MARK_CALLS, at + TIMELINE_RESEEDS)
    const snapshot = view.getUint32(at + TIMELINE_END_SNAPSHOT, true)
    if (snapshot !== 0) this.#note(end, snapshot)
    const found = view.getUint32(at + TIMELINE_FOUND, true)
    const violations = view.getUint32(at + TIMELINE_VIOLATIONS, true)
    const features = view.getUint32(at + TIMELINE_FEATURES, true)
    const foundAt = at + TIMELINE_HEADER_BYTES
    const violationsAt = foundAt + found * FOUND_BYTES
    const featuresAt = violationsAt + view.getUint32(at + TIMELINE_VIOLATION_BYTES, true)
    return {
      end,
      draws: numberAt(view, at + TIMELINE_DRAWS),
      fuel: numberAt(view, at + TIMELINE_FUEL),
      outcome:
        kind === TIMELINE_TRAPPED
          ? outcomes.shift()!
          : { kind: 'ok', result: view.getInt32(at + TIMELINE_RESULT, true) },
      stopped,
      violations: violations === 0 ? NONE : this.#violations(view, violationsAt, violations, path),
      discoveries: found === 0 ? NONE : this.#discoveries(view, foundAt, found, path),
      features: features === 0 ? NO_FEATURES : readWords(view, featuresAt, features),
      memoryHash: job.hashMemory ? idAt(view, at + TIMELINE_HASH) : null,
    }
  }

  #plain(view: DataView, at: number, job: RunJob, index: number, passed: number): PlainTimeline {
    if (this.#plainEnd + PLAIN_NUMBERS > this.#plainNumbers.length) {
      this.#plainNumbers = new Float64Array(PLAIN_NUMBERS * PLAIN_TOGETHER)
      this.#plainEnd = 0
    }
    const [numbers, place] = [this.#plainNumbers, this.#plainEnd]
    this.#plainEnd += PLAIN_NUMBERS
    numbers[place] = numberAt(view, at + TIMELINE_DRAWS)
    numbers[place + 1] = numberAt(view, at + TIMELINE_FUEL)
    numbers[place + 2] = numberAt(view, at + TIMELINE_END_DRAWS)
    numbers[place + 3] = numberAt(view, at + TIMELINE_END_MARK_CALLS)
    numbers[place + 4] = passed
    numbers[place + 5] = view.getInt32(at + TIMELINE_RESULT, true)
    return new PlainTimeline(job, index, numbers, place)
  }

  #discoveries(view: DataView, first: number, count: number, path: Path): MarkDiscovery[] {
    return Array.from({ length: count }, (_, i) => {
      const at = first + i * FOUND_BYTES
      const moment = path.moment(view, at + FOUND_DRAWS, at + FOUND_MARK_CALLS, at + FOUND_RESEEDS)
      const snapshot = view.getUint32(at + FOUND_SNAPSHOT, true)
      if (snapshot !== 0) this.#note(moment, snapshot)
      const quality: bigint[] = []
      const values = view.getUint32(at + FOUND_QUALITY_COUNT, true)
      for (let v = 0; v < values; v++) quality.push(view.getBigInt64(at + FOUND_QUALITIES + 8 * v, true))
      const id = this.#marks.idOf(view.getUint32(at + FOUND_MARK, true))
      return { id, moment, value: view.getBigInt64(at + FOUND_VALUE, true), quality }
    })
  }

  #violations(view: DataView, first: number, count: number, path: Path): Violation[] {
    const bytes = this.#engine.bytes()
    let at = first
    return Array.from({ length: count }, () => {
      const message = at + VIOLATION_HEADER_BYTES
      const details = message + view.getUint32(at + VIOLATION_MESSAGE_BYTES, true)
      const end = details + view.getUint32(at + VIOLATION_DETAILS_BYTES, true)
      const violation = {
        id: idAt(view, at + VIOLATION_ID),
        message: text.decode(bytes.slice(message, details)),
        details: text.decode(bytes.slice(details, end)),
        moment: path.moment(view, at + VIOLATION_DRAWS, at + VIOLATION_MARK_CALLS, at + VIOLATION_RESEEDS),
      }
      at = first + ((end - first + 7) & ~7)
      return violation
    })
  }
}

/** How one timeline of a job came to its moments: their reseeds are the same list, unless some lie ahead of it. */
class Path {
  readonly #job: RunJob
  readonly #reseeds: readonly Reseed[]
  readonly #comesByThem: boolean

  constructor(job: RunJob, index: number) {
    this.#job = job
    this.#reseeds = reseedsOf(job, index)
    this.#comesByThem = comesByReseeds(job)
  }

  moment(view: DataView, draws: number, markCalls: number, passed: number): Moment {
    return {
      rootSeed: this.#job.from.rootSeed,
      reseeds: this.#comesByThem ? this.#reseeds.slice(0, view.getUint32(passed, true)) : this.#reseeds,
      draws: numberAt(view, draws),
      markCalls: numberAt(view, markCalls),
    }
  }
}

/** Nothing but its numbers is to be said of it. */
function isPlain(view: DataView, at: number): boolean {
  const found = view.getUint32(at + TIMELINE_FOUND, true) | view.getUint32(at + TIMELINE_VIOLATIONS, true)
  return (found | view.getUint32(at + TIMELINE_FEATURES, true) | view.getUint32(at + TIMELINE_END_SNAPSHOT, true)) === 0
}

/** 53 bits are enough for what a timeline can count. */
function numberAt(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32
}

function readWords(view: DataView, at: number, count: number): Uint32Array {
  const words = new Uint32Array(count)
  for (let i = 0; i < count; i++) words[i] = view.getUint32(at + 4 * i, true)
  return words
}
