// Jobs: many timelines from one moment, run one after the other without leaving Wasm.
//
//   job ─► for each seed:  go to the moment ─► reseed ─► run ─► look ─► record
//                          │
//                          ├─ its snapshot is held     goTo, rewind
//                          ├─ it is the start          goTo(base), run
//                          └─ neither                  goTo(an earlier moment on the way, or the base), run silently to the
//                                                      moment; there a snapshot for all that follow, where the module forks
//
// At a discovery the target is unwound, a snapshot taken, and the timeline ended or gone on with. A trap leaves through
// `exploreWork` to the host, which calls `exploreRecover` and then `exploreWork` again: the job goes on with its next seed.
// What a timeline came to depends on its moment and seed alone, never on which snapshots are held.
import {
  CONTROL_BULK_FUEL,
  EXPLORE_DRAWS,
  EXPLORE_FOUND_BASE,
  EXPLORE_FOUND_LOST,
  EXPLORE_FOUND_RECORDS,
  EXPLORE_MARK_CALLS,
  EXPLORE_RESEEDS,
  EXPLORE_USED,
  EXPLORE_VIOLATIONS,
  EXPLORE_VIOLATIONS_BASE,
  EXPLORE_VIOLATIONS_LOST,
  EXPLORE_RUN_BASE,
  EXPLORE_RUN_BYTES,
  FOUND_BYTES,
  EXPLORE_FOUND_MAX,
  FOUND_SNAPSHOT,
  JOB_ANCHOR,
  JOB_ANCHOR_CALLS,
  JOB_ANCHOR_DONE,
  JOB_ANCHOR_DRAWS,
  JOB_CHILDREN,
  JOB_DRAWS,
  JOB_FLAGS,
  JOB_HASH,
  JOB_MARK_CALLS,
  JOB_REPLAY,
  JOB_RESEEDS,
  JOB_RESEEDS_COUNT,
  JOB_RESEEDS_MAX,
  JOB_ROOT_SEED,
  JOB_SEEDS,
  JOB_SNAPSHOT,
  JOB_STOP,
  REASON_DIVERGED,
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
  TIMELINE_LOST,
  TIMELINE_RESEEDS,
  TIMELINE_RESULT,
  TIMELINE_RETURNED,
  TIMELINE_STOPPED,
  TIMELINE_VIOLATIONS,
  TIMELINE_VIOLATION_BYTES,
  CONTROL_REASON,
  STATE_LIVE,
  STATE_SILENT,
  WORK_DIVERGED,
  WORK_DONE,
  WORK_FULL,
  WORK_LOST,
} from '../abi'
import { countExecution } from '../control'
import { clearRun, learnSuspects, observe, sumCounters } from '../coverage'
import { edges, reserve, suspectsBase } from '../memory'
import { clearReason, stateLost } from '../target'
import { clearCharges } from '../wasi/fuel'
import {
  ARRIVE_CHILD,
  ARRIVE_LIVE,
  ARRIVE_UNWIND,
  UNWOUND_AT_ARRIVAL,
  UNWOUND_NOT,
  beginChild,
  canFork,
  drawsPassed,
  isSilent,
  leaveTarget,
  leaveTrapped,
  overflowed,
  rewind,
  runFromStart,
  setChild,
  setSchedule,
  setTimeline,
  silentUntil,
} from './fork'
import { memoryHash, memoryHashSetup } from './memory-hash'
import { GAMMA, clearLists, startStream } from './seam'
import { NODE_BASE, NODE_NONE, handleOf, nodeOf } from './nodes'
import { splitmix } from '../random'
import { goTo, hasGrownBeyond, noteMemory, pin, takeSnapshot } from './snapshots'

let job: usize = 0
let results: usize = 0
let resultsMax: usize = 0
let resultsEnd: usize = 0

// ── the job under way ───────────────────────────────────────────────────────────────────────────────────────────────

/** Node of its moment; NODE_NONE where it has to be run to. */
let from: u32 = NODE_NONE
/** Snapshots of its moment cannot be had: each child runs there itself. */
let inPlace: bool = false
let child: u32 = 0
let diverged: bool = false
/** Draws since the last reseed, where the timeline under way began. */
let drawsBefore: u64 = 0

/** Room for a job and the results of some timelines. Returns 0 where the memory cannot be had. */
export function exploreJobSetup(resultBytes: u32): u32 {
  job = reserve(<u64>JOB_RESEEDS + 16 * (<u64>JOB_RESEEDS_MAX + 1))
  resultsMax = <usize>resultBytes + recordBytesMax()
  results = reserve(resultsMax)
  resultsEnd = results
  return job && results && memoryHashSetup() ? 1 : 0
}

export function jobBase(): usize {
  return job
}
export function resultsBase(): usize {
  return results
}
export function exploreResults(): u32 {
  return <u32>(resultsEnd - results)
}
export function exploreResultsClear(): void {
  resultsEnd = results
}

function recordBytesMax(): u32 {
  return TIMELINE_HEADER_BYTES + EXPLORE_FOUND_MAX * FOUND_BYTES + EXPLORE_RUN_BYTES + 4 * edges + 16
}

/** The job's seeds are those of children of a split: what child-seed.ts makes of its seed and their indexes. */
export function exploreSeeds(split: u64, first: u32, count: u32): void {
  for (let i: u32 = 0; i < count; i++) {
    const at = job + JOB_SEEDS + ((<usize>i) << 4)
    store<u64>(at, splitmix(split + (<u64>first + i + 1) * GAMMA))
    store<u32>(at, 1, 8)
  }
}

/** The host has written a job: looks whether its moment is at hand. 1 where it is, and nothing need be run again. */
export function exploreJob(): u32 {
  child = 0
  inPlace = false
  diverged = false
  pin(NODE_BASE)
  const replay = (load<u32>(job, JOB_FLAGS) & JOB_REPLAY) != 0
  from = replay
    ? NODE_NONE
    : nodeOf(load<u32>(job, JOB_SNAPSHOT), load<u64>(job, JOB_DRAWS), load<u64>(job, JOB_MARK_CALLS))
  inPlace = replay || !canFork()
  if (from != NODE_NONE) pin(from)
  return from != NODE_NONE || isStart() ? 1 : 0
}

/** The moment is the start of the program, perhaps with reseeds that come on the way and are part of its timelines. */
function isStart(): bool {
  return load<u64>(job, JOB_MARK_CALLS) == 0
}

/** Works on the job. Returns WORK_*; a trap of the target's leaves it as an exception, see exploreRecover. */
export function exploreWork(): u32 {
  while (child < load<u32>(job, JOB_CHILDREN)) {
    if (diverged) return WORK_DIVERGED
    if (stateLost() || hasGrownBeyond(beginning())) return WORK_LOST
    if (resultsEnd + recordBytesMax() > results + resultsMax) return WORK_FULL
    runChild()
  }
  return diverged ? WORK_DIVERGED : stateLost() ? WORK_LOST : WORK_DONE
}

// ── one timeline ────────────────────────────────────────────────────────────────────────────────────────────────────

function runChild(): void {
  const flags = load<u32>(job, JOB_FLAGS)
  const seed = job + JOB_SEEDS + ((<usize>child) << 4)
  const seeded = load<u32>(seed, 8) != 0
  setTimeline((flags & JOB_STOP) != 0, !inPlace)
  setChild(seeded, load<u64>(seed))
  drawsBefore = seeded || isStart() ? 0 : load<u64>(job, JOB_DRAWS)
  countExecution()
  clearLists()
  clearCharges()
  settle(begin())
}

/** Goes to the moment and runs from there; the target has returned or was unwound when this returns. */
function begin(): i32 {
  if (from != NODE_NONE) {
    goTo(from)
    beginChild()
    return rewind(STATE_LIVE)
  }
  if (isStart()) {
    goToStart()
    return runFromStart(STATE_LIVE)
  }
  silentUntil(load<u64>(job, JOB_MARK_CALLS), load<u64>(job, JOB_DRAWS), inPlace ? ARRIVE_CHILD : ARRIVE_UNWIND)
  const anchor = anchorNode()
  if (anchor != NODE_NONE) {
    goTo(anchor)
    const done = load<u32>(job, JOB_ANCHOR_DONE)
    setSchedule(job + JOB_RESEEDS + ((<usize>done) << 4), load<u32>(job, JOB_RESEEDS_COUNT) - done)
    return rewind(STATE_SILENT)
  }
  goToStart()
  return runFromStart(STATE_SILENT)
}

/** Where the next timeline sets out from. */
function beginning(): u32 {
  if (from != NODE_NONE) return from
  const anchor = isStart() ? NODE_NONE : anchorNode()
  return anchor != NODE_NONE ? anchor : NODE_BASE
}

/** A moment on the way that is at hand. */
function anchorNode(): u32 {
  if (load<u32>(job, JOB_FLAGS) & JOB_REPLAY) return NODE_NONE
  return nodeOf(load<u32>(job, JOB_ANCHOR), load<u64>(job, JOB_ANCHOR_DRAWS), load<u64>(job, JOB_ANCHOR_CALLS))
}

function goToStart(): void {
  goTo(NODE_BASE)
  startStream(load<u64>(job, JOB_ROOT_SEED))
  let count = load<u32>(job, JOB_RESEEDS_COUNT)
  const seed = job + JOB_SEEDS + ((<usize>child) << 4)
  if (isStart() && load<u32>(seed, 8)) {
    const last = job + JOB_RESEEDS + ((<usize>count) << 4)
    store<u64>(last, load<u64>(job, JOB_DRAWS))
    store<u64>(last, load<u64>(seed), 8)
    count++
  }
  setSchedule(job + JOB_RESEEDS, count)
}

/** Goes on until the timeline has come to its end: takes snapshots where it was unwound. */
function settle(first: i32): void {
  let result = first
  for (;;) {
    const silent = isSilent()
    const why = leaveTarget()
    if (why == UNWOUND_NOT) {
      if (silent) diverged = true
      else finish(TIMELINE_RETURNED, result, 0)
      return
    }
    const lost = overflowed()
    const node = lost ? NODE_NONE : takeSnapshot()
    if (why == UNWOUND_AT_ARRIVAL) {
      // Without a snapshot here, this child and all that follow come here by themselves.
      inPlace = node == NODE_NONE
      if (inPlace) return
      result = arrived(node)
      continue
    }
    const handle = node == NODE_NONE ? 0 : handleOf(node)
    noteSnapshot(handle)
    if (load<u32>(job, JOB_FLAGS) & JOB_STOP) {
      finish(TIMELINE_STOPPED, 0, handle)
      return
    }
    result = lost ? goAgain() : rewind(STATE_LIVE)
  }
}

/** The target stands, unwound, where the job's timelines begin. */
function arrived(node: u32): i32 {
  from = node
  pin(node)
  beginChild()
  return rewind(STATE_LIVE)
}

/** There is no way back into a stack that did not fit: the timeline runs to where it was once more, and is not forked. */
function goAgain(): i32 {
  silentUntil(load<u64>(EXPLORE_MARK_CALLS), 0, ARRIVE_LIVE)
  setTimeline(false, false)
  clearRun()
  clearCharges()
  if (from == NODE_NONE) {
    goToStart()
    return runFromStart(STATE_SILENT)
  }
  goTo(from)
  beginChild()
  return rewind(STATE_SILENT)
}

/** Notes the handle in the record of the last discovery. */
function noteSnapshot(handle: u32): void {
  const last: usize = EXPLORE_FOUND_RECORDS + (load<u32>(EXPLORE_FOUND_BASE) - 1) * FOUND_BYTES
  store<u32>(last, handle, FOUND_SNAPSHOT)
}

/** After a trap that the host has read: `kind` says what the timeline counts as. The job goes on with `exploreWork`. */
export function exploreRecover(kind: u32): void {
  if (leaveTrapped() || load<u32>(CONTROL_REASON) == REASON_DIVERGED) {
    diverged = true
    clearRun()
  } else {
    finish(kind, 0, 0)
  }
  clearReason()
}

/** Writes the timeline's record; the next one can begin. */
function finish(kind: u32, result: i32, handle: u32): void {
  noteMemory()
  const at = resultsEnd
  store<u32>(at, kind, TIMELINE_KIND)
  store<u32>(at, result, TIMELINE_RESULT)
  store<u32>(at, handle, TIMELINE_END_SNAPSHOT)
  store<u64>(at, load<u64>(EXPLORE_DRAWS), TIMELINE_END_DRAWS)
  store<u64>(at, load<u64>(EXPLORE_MARK_CALLS), TIMELINE_END_MARK_CALLS)
  store<u64>(at, drawsPassed() + load<u64>(EXPLORE_DRAWS) - drawsBefore, TIMELINE_DRAWS)
  store<u64>(at, sumCounters() + load<u32>(CONTROL_BULK_FUEL), TIMELINE_FUEL)
  store<u64>(at, load<u32>(job, JOB_FLAGS) & JOB_HASH ? memoryHash() : 0, TIMELINE_HASH)
  const found = load<u32>(EXPLORE_FOUND_BASE)
  const violationBytes = load<u32>(EXPLORE_USED) - (EXPLORE_VIOLATIONS_BASE - EXPLORE_RUN_BASE)
  const features = observe() ? learnSuspects() : 0
  store<u32>(at, found, TIMELINE_FOUND)
  store<u32>(at, load<u32>(EXPLORE_VIOLATIONS), TIMELINE_VIOLATIONS)
  store<u32>(at, violationBytes, TIMELINE_VIOLATION_BYTES)
  store<u32>(at, features, TIMELINE_FEATURES)
  store<u32>(at, load<u32>(EXPLORE_FOUND_LOST), TIMELINE_LOST)
  store<u32>(at, load<u32>(EXPLORE_VIOLATIONS_LOST), TIMELINE_LOST + 4)
  store<u32>(at, load<u32>(EXPLORE_RESEEDS), TIMELINE_RESEEDS)
  let end = at + TIMELINE_HEADER_BYTES
  memory.copy(end, EXPLORE_FOUND_RECORDS, found * FOUND_BYTES)
  end += found * FOUND_BYTES
  memory.copy(end, EXPLORE_VIOLATIONS_BASE, violationBytes)
  end += violationBytes
  memory.copy(end, suspectsBase, 4 * features)
  end = (end + 4 * features + 7) & ~7
  store<u32>(at, <u32>(end - at), TIMELINE_BYTES)
  resultsEnd = end
  child++
}
