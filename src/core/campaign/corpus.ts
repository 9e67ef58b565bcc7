// Where inputs come from and go to, and where findings go: interfaces that directories, browsers and tests implement.

import type { FindingEvent } from './events.ts'

export interface SeedInput {
  /** For messages: a path, or a position. */
  readonly name: string
  readonly bytes: Uint8Array
}

export interface CorpusWarning {
  readonly code: string
  readonly message: string
}

export interface Corpus {
  /** All inputs to start from; what cannot be read is a warning, not an error. */
  load(): Promise<{ readonly seeds: readonly SeedInput[]; readonly warnings: readonly CorpusWarning[] }>
  /** Keeps an input for good; `id` is the SHA-1 of the bytes. Must not throw: what fails is a warning. */
  keep(id: string, bytes: Uint8Array): Promise<CorpusWarning | null>
}

/** A finding before it is reported. */
export type FindingRecord = Omit<FindingEvent, 'type' | 'version' | 'path' | 'replay'>

export interface StoredFinding {
  readonly path: string | null
  readonly replay: string | null
  readonly warning: CorpusWarning | null
}

export interface FindingStore {
  /** Files a finding; `replaces` is the path of its earlier, larger form. */
  write(finding: FindingRecord, input: Uint8Array, replaces: string | null): Promise<StoredFinding>
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

  async keep(id: string, bytes: Uint8Array): Promise<null> {
    this.inputs.set(id, bytes)
    return null
  }
}

/** Findings that are only reported as events. */
export class MemoryFindings implements FindingStore {
  async write(): Promise<StoredFinding> {
    return { path: null, replay: null, warning: null }
  }
}
