// Corpus minimisation: runs every input of a corpus and of other places, and has the corpus hold a small set that reaches
// everything that all of them reach.
//
//   list ─► measure what the journal does not know ─► choose ─► copy what is missing ─► remove what is redundant ─► done
//             └─ every result to the journal                     (whole files only)     (in place; list written first)
//
// Killed anywhere, nothing is lost that was there: what was copied reaches everything before the first file is removed.

import { existsSync, lstatSync, mkdirSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'
import type { CorpusWarning } from '../../core/campaign/corpus.ts'
import { coverOf } from '../../core/minimize/cover.ts'
import { encodeFeatures, FeatureSet } from '../../core/minimize/features.ts'
import { measureInputs, type MeasureOptions } from '../../core/minimize/measure.ts'
import type { TrapKind } from '../../core/outcome.ts'
import { codecOf } from '../../core/typed/typed-corpus.ts'
import { sweepTemporaries, writeAtomically } from '../atomic-file.ts'
import { nodeErrors, nodeWarnings } from '../errors.ts'
import { Skipped, type InputFile } from '../inputs/input-file.ts'
import { isAflOutput, isFile, listInputs } from '../inputs/list-inputs.ts'
import { journalPath, MergeJournal } from './journal.ts'
import { InputPool, type PooledInput } from './pool.ts'

export interface MergeOptions extends MeasureOptions {
  /** The corpus that is merged into; made where it is missing. */
  readonly corpus: string
  readonly places: readonly string[]
  /** Of the corpus, too, only what is needed stays. */
  readonly inPlace: boolean
  readonly onProgress: (progress: MergeProgress) => void
}

export interface MergeProgress {
  readonly inputs: number
  /** Files there are, in all places. */
  readonly files: number
  /** Inputs that an earlier, interrupted merge had measured. */
  readonly resumed: number
  readonly edges: number
  readonly features: number
}

export interface FailingInput {
  readonly path: string
  readonly kind: TrapKind
}

export interface Merged extends MergeProgress {
  /** Distinct inputs that the corpus had, those that were added, files that were removed. */
  readonly kept: number
  readonly added: number
  readonly addedBytes: number
  readonly removed: number
  /** Where the names of removed files are written; null where none was removed. */
  readonly removedList: string | null
  readonly failing: readonly FailingInput[]
  readonly warnings: readonly CorpusWarning[]
}

/** Null when it was stopped: the journal waits for the next time. Throws E_CORPUS_MISSING, E_CORPUS_FOREIGN, E_CORPUS_WRITE. */
export async function merge(options: MergeOptions): Promise<Merged | null> {
  checkPlaces(options)
  const skipped = new Skipped(codecOf(options.target.types))
  const own = listInputs(existsSync(options.corpus) ? [options.corpus] : [], skipped)
  const others = listInputs(options.places, skipped)
  const journal = openJournal(options)
  const pool = new InputPool(options.target.inputMax, skipped)
  const reached = new FeatureSet()
  try {
    await measure(options, pool, own.files, others.files, journal, reached)
    if (options.signal?.aborted) {
      journal.close()
      return null
    }
    const chosen = choose(options, pool)
    const added = await copyMissing(options, pool, chosen)
    const removed = options.inPlace ? await removeRedundant(options, pool, chosen) : []
    journal.remove()
    const warnings = [...skipped.warnings(), ...own.warnings, ...others.warnings]
    if (pool.cut > 0) warnings.push(nodeWarnings.inputsCut(pool.cut, options.target.inputMax))
    return {
      ...progressOf(pool, own.files.length + others.files.length, reached),
      kept: chosen.filter((input) => input.isOwn).length,
      ...added,
      removed: removed.length,
      removedList: removed.length > 0 ? listPath(options.corpus) : null,
      failing: failingOf(pool),
      warnings,
    }
  } catch (error) {
    journal.close()
    throw error
  }
}

function checkPlaces({ corpus, places }: MergeOptions): void {
  if (isFile(corpus)) throw nodeErrors.corpusForeign(corpus, 'a file')
  if (isAflOutput(corpus)) throw nodeErrors.corpusForeign(corpus, 'the output of AFL')
  for (const place of [...places, ...(places.length === 0 ? [corpus] : [])]) {
    if (!existsSync(place)) throw nodeErrors.corpusMissing(place)
  }
}

/** Results hold for one module and the limits that it runs under. */
function openJournal({ corpus, target }: MergeOptions): MergeJournal {
  const { hash, inputMax, importPolicy, limits, entry } = target
  const binding = JSON.stringify([hash, inputMax, importPolicy, limits, entry]).replaceAll('\n', ' ')
  try {
    mkdirSync(corpus, { recursive: true })
    sweepTemporaries(corpus)
    return new MergeJournal(journalPath(corpus), binding)
  } catch (error) {
    throw nodeErrors.corpusUnwritable(corpus, error)
  }
}

async function measure(
  options: MergeOptions,
  pool: InputPool,
  own: readonly InputFile[],
  others: readonly InputFile[],
  journal: MergeJournal,
  reached: FeatureSet,
): Promise<void> {
  const files = own.length + others.length
  await measureInputs(options, pool.unmeasured(own, others, journal.known), ({ pooled, bytes }, measured) => {
    const { outcome, cost } = measured
    const features = encodeFeatures(measured.features)
    const trap = outcome.kind === 'trap' ? outcome.trap : null
    pooled.measured = { id: pooled.id, sizeBytes: bytes.length, cost, trap, features }
    journal.add([pooled.measured])
    if (trap === null) reached.add(features)
    options.onProgress(progressOf(pool, files, reached))
  })
  for (const { measured } of pool.inputs.values()) if (measured?.trap === null) reached.add(measured.features)
}

/** What the corpus shall hold. Without `inPlace` everything stays that is there, failing inputs included. */
function choose({ inPlace }: MergeOptions, pool: InputPool): PooledInput[] {
  const returned = [...pool.inputs.values()].filter((input) => input.measured?.trap === null)
  const settled = returned.filter((input) => input.isOwn && !inPlace)
  const open = returned.filter((input) => !input.isOwn || inPlace)
  const covered = new FeatureSet()
  for (const { measured } of settled) if (measured) covered.add(measured.features)
  const candidates = open.flatMap(({ measured }) => measured ?? [])
  return [...settled, ...coverOf(candidates, covered).map((index) => open[index] as PooledInput)]
}

async function copyMissing(
  { corpus }: MergeOptions,
  pool: InputPool,
  chosen: readonly PooledInput[],
): Promise<{ added: number; addedBytes: number }> {
  let added = 0
  let addedBytes = 0
  for (const input of chosen) {
    if (input.isOwn) continue
    const bytes = pool.bytesOf(input)
    if (bytes === null) throw nodeErrors.inputChanged(input.files[0]?.name ?? input.id)
    const { codec } = pool.skipped
    const file = codec.encodeFile(bytes)
    try {
      await writeAtomically(join(corpus, await codec.nameOf(file)), file)
    } catch (error) {
      throw nodeErrors.corpusUnwritable(corpus, error)
    }
    added++
    addedBytes += file.length
  }
  return { added, addedBytes }
}

/** Removes files whose inputs are reached without them, and copies; the first file of a chosen input stays. */
async function removeRedundant(
  { corpus }: MergeOptions,
  pool: InputPool,
  chosen: readonly PooledInput[],
): Promise<string[]> {
  const stays = new Set(chosen)
  for (const input of chosen) {
    const [first] = input.files
    if (input.isOwn && first && !pool.holds(first, input)) throw nodeErrors.inputChanged(first.name)
  }
  const redundant: string[] = []
  for (const input of pool.inputs.values()) {
    if (!input.isOwn || input.measured?.trap !== null) continue
    for (const file of stays.has(input) ? input.files.slice(1) : input.files) {
      if (isOwnFile(file.path, corpus) && pool.holds(file, input)) redundant.push(file.path)
    }
  }
  if (redundant.length === 0) return []
  await writeAtomically(listPath(corpus), redundant.map((path) => `${path}\n`).join(''))
  for (const path of redundant) rmSync(path, { force: true })
  return redundant
}

/** A file below the corpus itself: not one of another place, and no link to one. */
function isOwnFile(path: string | null, corpus: string): path is string {
  if (path === null || !resolve(path).startsWith(resolve(corpus) + sep)) return false
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true
}

function listPath(corpus: string): string {
  const whole = resolve(corpus)
  return join(dirname(whole), `.fuzzbox-removed-${basename(whole)}`)
}

function progressOf(pool: InputPool, files: number, reached: FeatureSet): MergeProgress {
  const { edges, features } = reached
  return { inputs: pool.inputs.size, files, resumed: pool.resumed, edges, features }
}

function failingOf(pool: InputPool): FailingInput[] {
  return [...pool.inputs.values()].flatMap(({ files, measured }) =>
    measured?.trap ? [{ path: files[0]?.name ?? '', kind: measured.trap }] : [],
  )
}
