// One input, wherever it lies: in a file of its own, or in an archive. It is read when it is needed, because a corpus may
// be larger than memory.

import type { CorpusWarning } from '../../core/campaign/corpus.ts'
import { plainCodec, SkippedFiles, type InputCodec } from '../../core/typed/typed-corpus.ts'
import { formatSize } from '../../core/units.ts'
import { nodeWarnings } from '../errors.ts'
import { readRegularFile } from '../regular-file.ts'
import { roomOfItsOwn, type Room } from './shared-room.ts'

export interface InputFile {
  /** For messages: a path, or an archive's path and the name in there. */
  readonly name: string
  /** The file that holds this input and nothing else; null for one in an archive. */
  readonly path: string | null
  /** Its bytes as they lie there, or why it is skipped. */
  read(bytesMax: number, room?: Room): Uint8Array | 'large' | 'unreadable'
}

export function inputFile(path: string): InputFile {
  return new WholeFile(path)
}

/** A class, since there may be a hundred thousand of them. */
class WholeFile implements InputFile {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  get name(): string {
    return this.path
  }

  read(bytesMax: number, room: Room = roomOfItsOwn): Uint8Array | 'large' | 'unreadable' {
    try {
      return readRegularFile(this.path, bytesMax, room) ?? 'large'
    } catch {
      return 'unreadable'
    }
  }
}

/** Remembers what was skipped, so that it is said once. */
export class Skipped {
  readonly codec: InputCodec
  readonly #large: string[] = []
  readonly #unreadable: string[] = []
  readonly #malformed: SkippedFiles = new SkippedFiles()

  constructor(codec: InputCodec = plainCodec) {
    this.codec = codec
  }

  add(name: string, why: 'large' | 'unreadable'): void {
    const names = why === 'large' ? this.#large : this.#unreadable
    names.push(name)
  }

  /** The input in a file; null for what has to be skipped. */
  read(file: InputFile, room: Room = roomOfItsOwn): Uint8Array | null {
    const bytes = file.read(this.codec.fileBytesMax, room)
    if (typeof bytes !== 'string') return this.#malformed.read(this.codec, file.name, bytes)?.bytes ?? null
    this.add(file.name, bytes)
    return null
  }

  warnings(): CorpusWarning[] {
    const most = formatSize(this.codec.fileBytesMax)
    return [
      ...this.#malformed.warnings,
      ...(this.#large.length > 0 ? [nodeWarnings.corpusFiles(`skipped, larger than ${most}`, this.#large)] : []),
      ...(this.#unreadable.length > 0 ? [nodeWarnings.corpusFiles('skipped, not readable', this.#unreadable)] : []),
    ]
  }
}
