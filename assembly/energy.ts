// Entropic energy (Böhme, Manès and Cha 2020): an entry is worth as much as its mutants still tell. For the edges that are
// reached least, the rare ones, each entry counts how many of its sampled mutants reached them; the entropy of these counts
// and of all its samples is its energy. It is highest for an entry of which little is known and whose mutants come to many
// rare places, and falls to nothing while they keep coming to the same common ones.
//
//   rare column   u8 per edge             0, or 1 + the column of a rare edge
//   local counts  COLUMNS u8 per entry    samples of its mutants that reached the rare edge of that column
//
// Only what `countHits` samples is counted, one execution in 64, so the hot loop does not know of it. Entries beyond
// ROWS_MAX have no row: their energy is that of an unknown one.
import { CONTROL_SIGNALS, SIGNAL_VALUES } from './abi'
import { entrySamples } from './corpus'
import { COLUMNS, ROWS_MAX, edgeHitsBase, edges, localCountsBase, rareColumnBase, seenBase } from './memory'

/** Of a common edge no count is kept, however few rare ones there are. */
const RARE_HITS_MAX: u32 = 0x1000

/** The edge of each column, plus one; 0 for a column that is free. */
const COLUMN_EDGES = memory.data(256)
const HISTOGRAM = memory.data(132)

let rare: u32 = 0

export function resetEnergy(): void {
  memory.fill(rareColumnBase, 0, edges)
  memory.fill(COLUMN_EDGES, 0, 4 * COLUMNS)
  rare = 0
}

/** A new entry begins with no counts: its row may still hold those of an earlier campaign. */
export function clearRow(entry: u32): void {
  if (entry < ROWS_MAX) memory.fill(rowOf(entry), 0, COLUMNS)
}

function rowOf(entry: u32): usize {
  return localCountsBase + <usize>entry * COLUMNS
}

/** One of the entry's sampled mutants reached an edge. */
export function noteEdge(entry: u32, edge: u32): void {
  const column = <u32>load<u8>(rareColumnBase + edge)
  if (!column || entry >= ROWS_MAX) return
  const cell = rowOf(entry) + column - 1
  const count = load<u8>(cell)
  if (count != 0xff) store<u8>(cell, count + 1)
}

/** Chooses the rare edges anew, among those that the corpus reaches. An edge that stays rare keeps its counts. */
export function chooseRare(entries: u32): void {
  const most = rareThreshold()
  const rows = min(entries, ROWS_MAX)
  for (let column: u32 = 0; column < COLUMNS; column++) {
    const edge = columnEdge(column)
    if (edge && hitsOf(edge - 1) > most) freeColumn(column, edge - 1, rows)
  }
  let column: u32 = 0
  const end = steadyEdges()
  for (let edge: u32 = 0; edge < end; edge++) {
    if (!isRare(edge, most) || load<u8>(rareColumnBase + edge)) continue
    while (column < COLUMNS && columnEdge(column)) column++
    if (column == COLUMNS) return
    store<u32>(COLUMN_EDGES + (column << 2), edge + 1)
    store<u8>(rareColumnBase + edge, <u8>(column + 1))
    rare++
  }
}

/** Without those of extremes, which nobody reaches any more once they are surpassed. */
function steadyEdges(): u32 {
  const signals = load<u32>(CONTROL_SIGNALS)
  return signals ? signals + SIGNAL_VALUES : edges
}

function columnEdge(column: u32): u32 {
  return load<u32>(COLUMN_EDGES + (column << 2))
}

function hitsOf(edge: u32): u32 {
  return load<u32>(edgeHitsBase + (<usize>edge << 2))
}

function isRare(edge: u32, most: u32): bool {
  // An edge that no input of the corpus reaches, or none can be told by, is nobody's.
  const seen = load<u8>(seenBase + edge)
  return seen != 0 && seen != 0xff && hitsOf(edge) <= most
}

function freeColumn(column: u32, edge: u32, rows: u32): void {
  store<u32>(COLUMN_EDGES + (column << 2), 0)
  store<u8>(rareColumnBase + edge, 0)
  rare--
  for (let row: u32 = 0; row < rows; row++) store<u8>(rowOf(row) + column, 0)
}

/** Hits up to which about as many edges as there are columns count as rare: a power of two less one. */
function rareThreshold(): u32 {
  memory.fill(HISTOGRAM, 0, 132)
  const end = steadyEdges()
  for (let edge: u32 = 0; edge < end; edge++) {
    if (!isRare(edge, RARE_HITS_MAX)) continue
    const bin = HISTOGRAM + (<usize>(32 - <u32>clz(hitsOf(edge))) << 2)
    store<u32>(bin, load<u32>(bin) + 1)
  }
  let count: u32 = 0
  let bits: u32 = 0
  while (bits <= 12) {
    count += load<u32>(HISTOGRAM + (bits << 2))
    if (count >= COLUMNS) break
    bits++
  }
  return (1 << bits) - 1
}

/** The entropy, in nats. Logarithms are computed in Wasm, so that they are the same on every platform. */
export function energyOf(entry: u32): f64 {
  const unseen = <f64>(rare + 1)
  if (entry >= ROWS_MAX) return Math.log(unseen)
  let total = unseen
  let sum: f64 = 0
  const row = rowOf(entry)
  for (let at: u32 = 0; at < COLUMNS; at += 8) {
    if (!load<u64>(row + at)) continue
    for (let column = at; column < at + 8; column++) {
      const count = <f64>load<u8>(row + column)
      if (count == 0) continue
      total += count
      sum += (count + 1) * Math.log(count + 1)
    }
  }
  const samples = <f64>entrySamples(entry)
  total += samples
  sum += (samples + 1) * Math.log(samples + 1)
  return Math.max(0, Math.log(total) - sum / total)
}
