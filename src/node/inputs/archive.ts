// Inputs in a .zip, as OSS-Fuzz packs its seed corpora. Nothing is unpacked to disk, so a name such as ../../x is only a
// name. The archive is read as a stream, entry after entry, so that entries cannot overlap, and what it may unpack to is
// bounded while it does: what its headers say about that is not believed.

import { extname } from 'node:path'
import { Inflate, Unzip, type UnzipFile } from 'fflate'
import {
  ARCHIVE_BYTES_MAX,
  ARCHIVE_UNPACKED_BYTES_MAX,
  NAME_CHARACTERS_MAX,
  SEED_FILES_MAX,
  SEED_FILE_BYTES_MAX,
} from '../../core/limits.ts'
import type { CorpusWarning } from '../../core/campaign/corpus.ts'
import { printable } from '../../core/printable.ts'
import { nodeErrors, nodeWarnings } from '../errors.ts'
import { readRegularFile } from '../regular-file.ts'
import { isForeign } from './foreign-files.ts'
import type { InputFile, Skipped } from './input-file.ts'

/** Deflate makes a byte into 1,032 at most, so one step unpacks to no more than 17 MB before it is looked at. */
const STEP_BYTES = 16 * 1024

/** By name only: what is called otherwise may be an input for a program that reads archives. */
export function isArchive(path: string): boolean {
  return extname(path).toLowerCase() === '.zip'
}

/** Throws E_ARCHIVE for what is no archive; what is wrong in one is a warning. */
export function readArchive(path: string, skipped: Skipped): { files: InputFile[]; warnings: CorpusWarning[] } {
  const bytes = readWhole(path)
  const reader = new ArchiveReader(path, skipped)
  const damage = reader.read(bytes)
  const warnings = damage === null ? [] : [nodeWarnings.archiveDamaged(path, damage)]
  if (reader.entries === 0 && !isEmptyArchive(bytes)) throw nodeErrors.archive(path, 'there is no file in it')
  return { files: reader.files, warnings }
}

function readWhole(path: string): Uint8Array {
  let bytes: Uint8Array | null
  try {
    bytes = readRegularFile(path, ARCHIVE_BYTES_MAX)
  } catch (error) {
    throw nodeErrors.archive(path, error)
  }
  if (bytes === null) throw nodeErrors.archive(path, `it has more than ${ARCHIVE_BYTES_MAX} bytes`)
  return bytes
}

/** The directory's end and nothing before it. */
function isEmptyArchive(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 5 && bytes[3] === 6
}

class ArchiveReader {
  readonly files: InputFile[] = []
  entries = 0
  readonly #path: string
  readonly #skipped: Skipped
  #unpackedBytes = 0

  constructor(path: string, skipped: Skipped) {
    this.#path = path
    this.#skipped = skipped
  }

  /** Null where all went well, otherwise why it stopped. */
  read(bytes: Uint8Array): string | null {
    const unzip = new Unzip((file) => this.#meet(file))
    unzip.register(decoder(0, this.#count))
    unzip.register(decoder(8, this.#count))
    try {
      for (let start = 0; start < bytes.length; start += STEP_BYTES) {
        unzip.push(bytes.subarray(start, start + STEP_BYTES), start + STEP_BYTES >= bytes.length)
        if (this.files.length > SEED_FILES_MAX) return `it has more than ${SEED_FILES_MAX} files`
        if (this.#unpackedBytes > ARCHIVE_UNPACKED_BYTES_MAX) {
          return `it unpacks to more than ${ARCHIVE_UNPACKED_BYTES_MAX} bytes`
        }
      }
      return null
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }

  readonly #count = (bytes: number): void => {
    this.#unpackedBytes += bytes
  }

  #meet(file: UnzipFile): void {
    this.entries++
    if (file.name.endsWith('/') || file.name.split(/[\\/]/).some(isForeignPart)) return
    const name = `${this.#path}:${printable(file.name, NAME_CHARACTERS_MAX)}`
    if (file.compression !== 0 && file.compression !== 8) return this.#skipped.add(name, 'unreadable')
    const parts: Uint8Array[] = []
    let bytes = 0
    file.ondata = (error, part, final) => {
      if (error) return this.#skipped.add(name, 'unreadable')
      bytes += part.length
      if (bytes <= SEED_FILE_BYTES_MAX) parts.push(part)
      if (!final) return
      if (bytes > SEED_FILE_BYTES_MAX) this.#skipped.add(name, 'large')
      else this.#keep(name, Buffer.concat(parts))
    }
    file.start()
  }

  #keep(name: string, content: Buffer): void {
    // A copy of its own: small buffers share one that inputs must not keep alive.
    const bytes = new Uint8Array(content)
    this.files.push({ name, path: null, read: () => bytes })
  }
}

/** A way upwards leads nowhere here, and what is behind it is an input. */
function isForeignPart(name: string): boolean {
  return name !== '.' && name !== '..' && isForeign(name)
}

/** Stored or deflated data in steps; unpacks no further once an entry is larger than an input may be. */
function decoder(compression: 0 | 8, count: (bytes: number) => void): Parameters<Unzip['register']>[0] {
  return class {
    static readonly compression: number = compression
    ondata!: UnzipFile['ondata']
    readonly #inflate: Inflate | null = compression === 0 ? null : new Inflate((part, final) => this.#tell(part, final))
    #bytes = 0
    #ended = false

    push(data: Uint8Array, final: boolean): void {
      if (this.#ended) return
      try {
        if (this.#inflate) this.#inflate.push(data, final)
        else this.#tell(data.slice(), final)
      } catch (error) {
        this.#ended = true
        this.ondata(error as Parameters<UnzipFile['ondata']>[0], new Uint8Array(0), true)
      }
    }

    #tell(part: Uint8Array, final: boolean): void {
      count(part.length)
      this.#bytes += part.length
      this.#ended = final || this.#bytes > SEED_FILE_BYTES_MAX
      this.ondata(null, part, this.#ended)
    }
  }
}
