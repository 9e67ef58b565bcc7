// What a merge has measured, beside the corpus, so that one that was killed goes on where it was. Lines are only added:
//
//   fuzzbox-merge 1 <module and limits>                         what follows holds for nothing else
//   <sha1> <bytes> <cost> <ok | trap> <features, base64> <check>
//
// The check is the beginning of the line's own SHA-1. A line that is torn, or that the disk gave back otherwise, is not
// there; the file is cut behind the last good one before anything is added.

import { createHash } from 'node:crypto'
import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { EncodedFeatures } from '../../core/minimize/features.ts'
import type { TrapKind } from '../../core/outcome.ts'
import { nodeErrors } from '../errors.ts'

export interface JournalEntry {
  /** SHA-1 of the bytes that were run, in hex. */
  readonly id: string
  readonly sizeBytes: number
  readonly cost: number
  /** Null for an input that returned. */
  readonly trap: TrapKind | null
  readonly features: EncodedFeatures
}

const CHECK_CHARACTERS = 8
const LINE_FEED = 0x0a

/** Beside a corpus and not in it, so that it is never taken for an input. */
export function journalPath(corpus: string): string {
  const whole = resolve(corpus)
  return join(dirname(whole), `.fuzzbox-merge-${basename(whole)}`)
}

export class MergeJournal {
  readonly #path: string
  readonly #descriptor: number
  /** What an earlier merge has measured. */
  readonly known: ReadonlyMap<string, JournalEntry>

  /** `binding` says what the results depend on; a journal with another one starts anew. Throws what the file system throws. */
  constructor(path: string, binding: string) {
    this.#path = path
    const head = `fuzzbox-merge 1 ${binding}\n`
    const { known, goodBytes } = readJournal(path, head)
    mkdirSync(dirname(path), { recursive: true })
    // Appending, whatever another merge into the same corpus does meanwhile.
    this.#descriptor = openSync(path, 'a')
    ftruncateSync(this.#descriptor, goodBytes)
    if (goodBytes === 0) writeSync(this.#descriptor, head)
    this.known = known
  }

  add(entries: readonly JournalEntry[]): void {
    try {
      writeSync(this.#descriptor, entries.map(lineOf).join(''))
    } catch (error) {
      throw nodeErrors.corpusUnwritable(dirname(this.#path), error)
    }
  }

  /** Keeps the file for the next time. */
  close(): void {
    closeSync(this.#descriptor)
  }

  /** The merge is done. */
  remove(): void {
    this.close()
    rmSync(this.#path, { force: true })
  }
}

function lineOf({ id, sizeBytes, cost, trap, features }: JournalEntry): string {
  const text = `${id} ${sizeBytes} ${cost} ${trap ?? 'ok'} ${Buffer.from(features).toString('base64') || '-'}`
  return `${text} ${checkOf(text)}\n`
}

function readJournal(path: string, head: string): { known: Map<string, JournalEntry>; goodBytes: number } {
  const known = new Map<string, JournalEntry>()
  let content: Buffer
  try {
    content = readFileSync(path)
  } catch {
    return { known, goodBytes: 0 }
  }
  if (content.subarray(0, head.length).toString('latin1') !== head) return { known, goodBytes: 0 }
  let goodBytes = head.length
  for (let end = content.indexOf(LINE_FEED, goodBytes); end >= 0; end = content.indexOf(LINE_FEED, goodBytes)) {
    const entry = entryOf(content.toString('latin1', goodBytes, end))
    if (entry === null) break
    known.set(entry.id, entry)
    goodBytes = end + 1
  }
  return { known, goodBytes }
}

function entryOf(line: string): JournalEntry | null {
  const at = line.lastIndexOf(' ')
  if (at < 0 || line.slice(at + 1) !== checkOf(line.slice(0, at))) return null
  const [id = '', sizeBytes, cost, outcome, features = ''] = line.split(' ')
  return {
    id,
    sizeBytes: Number(sizeBytes),
    cost: Number(cost),
    trap: outcome === 'ok' ? null : (outcome as TrapKind),
    features: features === '-' ? new Uint8Array(0) : new Uint8Array(Buffer.from(features, 'base64')),
  }
}

function checkOf(text: string): string {
  return createHash('sha1').update(text).digest('hex').slice(0, CHECK_CHARACTERS)
}
