// Where a simulation meets the explorer: its random stream, the counters that name a moment, and what happens at a
// discovery. All that a moment consists of lies in one region (EXPLORE_RUN_BASE), so that a snapshot is a copy of it.
import {
  CONTROL_MODE,
  EXPLORE_DRAWS,
  EXPLORE_FOUND_BASE,
  EXPLORE_FOUND_LOST,
  EXPLORE_FOUND_MAX,
  EXPLORE_FOUND_RECORDS,
  EXPLORE_MARK_CALLS,
  EXPLORE_RESEEDS,
  EXPLORE_RESEED_AT,
  EXPLORE_RUN_BASE,
  EXPLORE_STATE,
  EXPLORE_STREAM,
  EXPLORE_USED,
  EXPLORE_VIOLATIONS,
  EXPLORE_VIOLATIONS_BASE,
  EXPLORE_VIOLATIONS_LOST,
  FOUND_BYTES,
  FOUND_DRAWS,
  FOUND_MARK,
  FOUND_MARK_CALLS,
  FOUND_VALUE,
  FOUND_QUALITIES,
  FOUND_QUALITIES_MAX,
  FOUND_QUALITY_COUNT,
  FOUND_RESEEDS,
  FOUND_SNAPSHOT,
  MARK_QUALITIES,
  MARK_QUALITY_COUNT,
  MODE_EXPLORE,
  STATE_LIVE,
} from '../abi'
import { splitmix } from '../random'
import { foundSomething, reseedNow, resumed } from './fork'
import { markAt } from './marks/table'

export const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15

/** True where draws come from the stream and marks are kept; else this is a run of the fuzzer's. */
// @ts-ignore: decorator
@inline
export function isExploring(): bool {
  return load<u32>(CONTROL_MODE) == MODE_EXPLORE
}

// ── the stream: xoroshiro128++ as in random.ts, its state in memory ─────────────────────────────────────────────────

/** A timeline from the start of the program: no violations, no discoveries, the stream of this seed. */
export function exploreBegin(low: u32, high: u32): void {
  memory.fill(EXPLORE_RUN_BASE, 0, EXPLORE_VIOLATIONS_BASE - EXPLORE_RUN_BASE)
  store<u32>(EXPLORE_USED, EXPLORE_VIOLATIONS_BASE - EXPLORE_RUN_BASE)
  exploreFoundClear()
  exploreReseed(low, high)
}

/**
 * The same moment with another future: draws go on from this seed, and are counted from zero. Calls of marks are counted
 * from the start of the program, so that it does not matter to them where between two draws the reseed comes.
 */
export function exploreReseed(low: u32, high: u32): void {
  seedStream((<u64>high << 32) | <u64>low)
  store<u64>(EXPLORE_DRAWS, 0)
}

/** The program starts. */
export function startStream(seed: u64): void {
  seedStream(seed)
  store<u64>(EXPLORE_DRAWS, 0)
  store<u64>(EXPLORE_MARK_CALLS, 0)
}

/** A timeline begins: what the one before it listed is not its own. */
export function clearLists(): void {
  store<u32>(EXPLORE_USED, EXPLORE_VIOLATIONS_BASE - EXPLORE_RUN_BASE)
  store<u32>(EXPLORE_VIOLATIONS, 0)
  store<u32>(EXPLORE_VIOLATIONS_LOST, 0)
  exploreFoundClear()
}

export function seedStream(seed: u64): void {
  store<u64>(EXPLORE_STREAM, splitmix(seed + GAMMA))
  store<u64>(EXPLORE_STREAM, splitmix(seed + 2 * GAMMA), 8)
}

/** Says that the program draws: once for each call, however many numbers it needs. A reseed that is due comes before it. */
// @ts-ignore: decorator
@inline
export function countDraw(): void {
  const draws = load<u64>(EXPLORE_DRAWS)
  if (draws == load<u64>(EXPLORE_RESEED_AT)) reseedNow()
  store<u64>(EXPLORE_DRAWS, load<u64>(EXPLORE_DRAWS) + 1)
}

/** 64 uniform bits of the stream. */
export function streamBits(): u64 {
  const a = load<u64>(EXPLORE_STREAM)
  const other = load<u64>(EXPLORE_STREAM, 8)
  const b = other ^ a
  store<u64>(EXPLORE_STREAM, rotl<u64>(a, 49) ^ b ^ (b << 21))
  store<u64>(EXPLORE_STREAM, rotl<u64>(b, 28), 8)
  return rotl<u64>(a + other, 17) + a
}

/** A draw of the program's that needs one number. */
// @ts-ignore: decorator
@inline
export function nextDraw(): u64 {
  countDraw()
  return streamBits()
}

// ── marks ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** True where a mark is called that must do nothing: its timeline is being resumed there, or is on its way. */
// @ts-ignore: decorator
@inline
export function isResuming(): bool {
  return load<u32>(EXPLORE_STATE) != STATE_LIVE
}

/** What it does then. */
export function finishResume(): void {
  resumed()
}

// @ts-ignore: decorator
@inline
export function countMarkCall(): void {
  store<u64>(EXPLORE_MARK_CALLS, load<u64>(EXPLORE_MARK_CALLS) + 1)
}

/** The call under way found something that no timeline had: tells the host. The last thing that a mark does. */
export function discovered(mark: u32, value: i64): void {
  const count = load<u32>(EXPLORE_FOUND_BASE)
  if (count == EXPLORE_FOUND_MAX) {
    store<u32>(EXPLORE_FOUND_LOST, load<u32>(EXPLORE_FOUND_LOST) + 1)
    return
  }
  const at: usize = EXPLORE_FOUND_RECORDS + count * FOUND_BYTES
  store<u32>(at, mark, FOUND_MARK)
  store<u32>(at, 0, FOUND_SNAPSHOT)
  store<i64>(at, value, FOUND_VALUE)
  store<u64>(at, load<u64>(EXPLORE_DRAWS), FOUND_DRAWS)
  store<u64>(at, load<u64>(EXPLORE_MARK_CALLS), FOUND_MARK_CALLS)
  store<u32>(at, load<u32>(EXPLORE_RESEEDS), FOUND_RESEEDS)
  const qualities = min<u32>(load<u8>(markAt(mark), MARK_QUALITY_COUNT), FOUND_QUALITIES_MAX)
  store<u32>(at, qualities, FOUND_QUALITY_COUNT)
  if (qualities) memory.copy(at + FOUND_QUALITIES, load<u32>(markAt(mark), MARK_QUALITIES), 8 * qualities)
  store<u32>(EXPLORE_FOUND_BASE, count + 1)
  foundSomething()
}

/** The host has read the discoveries. */
export function exploreFoundClear(): void {
  store<u32>(EXPLORE_FOUND_BASE, 0)
  store<u32>(EXPLORE_FOUND_LOST, 0)
}
