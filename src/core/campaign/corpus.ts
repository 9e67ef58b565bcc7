// Where inputs come from and go to, and where findings go: interfaces that directories, browsers and tests implement.

import type { FindingEvent } from './events.ts'

export interface SeedInput {
  /** For messages: a path, or a position. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** Thrown by a store that can no longer be written: its folder is gone, or the disk is full. */
export class StorageLost extends Error {
  /** What can no longer be written. */
  readonly place: string

  constructor(place: string, why: string) {
    super(why)
    this.name = 'StorageLost'
    this.place = place
  }
}

export interface CorpusWarning {
  readonly code: string
  readonly message: string
}

export interface Corpus {
  /** All inputs to start from; what cannot be read is a warning, not an error. */
  load(): Promise<{ readonly seeds: readonly SeedInput[]; readonly warnings: readonly CorpusWarning[] }>
  /** Keeps an input for good; `id` is the SHA-1 of the bytes. Throws StorageLost and nothing else. */
  keep(id: string, bytes: Uint8Array): Promise<void>
  /** A shorter input takes the place of one that `keep` was given. Throws StorageLost and nothing else. */
  replace(before: string, id: string, bytes: Uint8Array): Promise<void>
  /** What others have put there since `load` and the last call, for a store that others can write to. */
  news?(): Promise<readonly SeedInput[]>
}

/** Where to put what was found when the stores are lost. */
export interface Rescue {
  /** Saves inputs and findings; returns where they are, or null where there is no such place. */
  save(inputs: readonly Uint8Array[], findings: readonly FindingEvent[]): Promise<string | null>
}

/** A finding before it is reported. */
export type FindingRecord = Omit<FindingEvent, 'type' | 'version' | 'path' | 'replay'>

export interface StoredFinding {
  readonly path: string | null
  readonly replay: string | null
  readonly warning: CorpusWarning | null
}

export interface FindingStore {
  /** Files a finding; `replaces` is the path of its earlier, larger form. Throws StorageLost and nothing else. */
  write(finding: FindingRecord, input: Uint8Array, replaces: string | null): Promise<StoredFinding>
  /** The command that repeats an input which has a file already; null where there is none. */
  replayOf(path: string): string | null
}

/** A corpus that lives as long as the session. */
export class MemoryCorpus implements Corpus {
  readonly inputs: Map<string, Uint8Array> = new Map()
  readonly #seeds: readonly Uint8Array[]

  constructor(seeds: readonly Uint8Array[] = []) {
    this.#seeds = seeds
  }

  async load(): Promise<{ seeds: readonly SeedInput[]; warnings: readonly CorpusWarning[] }> {
    return { seeds: this.#seeds.map((bytes, index) => ({ name: `seed ${index}`, bytes })), warnings: [] }
  }

  async keep(id: string, bytes: Uint8Array): Promise<void> {
    this.inputs.set(id, bytes)
  }

  async replace(before: string, id: string, bytes: Uint8Array): Promise<void> {
    this.inputs.delete(before)
    this.inputs.set(id, bytes)
  }
}

/** Findings that are only reported as events. */
export class MemoryFindings implements FindingStore {
  async write(): Promise<StoredFinding> {
    return { path: null, replay: null, warning: null }
  }

  replayOf(): null {
    return null
  }
}
