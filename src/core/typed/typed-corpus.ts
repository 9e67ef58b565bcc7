// How the inputs of a target become files and come back. Where an input is bytes, the file is the input. Where it is a
// record of arguments, the file is one of `go test`, named as Go names it, so that either fuzzer goes on from the other's.
//
//   engine ── record ──► encodeFile ──► nameOf ──► corpus or findings folder
//          ◄── record ── decodeFile ◄──────────────

import { INPUT_MAX } from '../../../assembly/abi.ts'
import type { CorpusWarning, SeedInput } from '../campaign/corpus.ts'
import { sha1Hex, sha256Hex } from '../hash.ts'
import { ARGUMENT_CHARACTERS_MAX, SEED_FILE_BYTES_MAX } from '../limits.ts'
import { printable } from '../printable.ts'
import { ARGUMENT_TYPES, type ArgumentType } from './argument-types.ts'
import { typedErrors, typedWarnings } from './errors.ts'
import { goText, goTypeOf, isGoFile, readGoFile, writeGoFile } from './go-format.ts'
import { decodeRecord, encodeRecord, type Argument } from './record.ts'

/** The input in a file; or why it has none, null where it does not even mean to be such a file. */
export type DecodedFile = { readonly input: Uint8Array } | { readonly problem: string | null }

export interface InputCodec {
  /** A larger file cannot hold an input that is small enough. */
  readonly fileBytesMax: number
  decodeFile(file: Uint8Array): DecodedFile
  encodeFile(input: Uint8Array): Uint8Array
  /** The name under which a corpus keeps the file; a finding's has its kind in front. */
  nameOf(file: Uint8Array): Promise<string>
  /** The same as `decodeFile` for a file that was asked for by name: throws E_TYPED_FILE. */
  demandInput(file: Uint8Array, name: string): Uint8Array
}

/** Files that are inputs, as libFuzzer keeps them. */
export const plainCodec: InputCodec = {
  fileBytesMax: SEED_FILE_BYTES_MAX,
  decodeFile: (file) => ({ input: file }),
  encodeFile: (input) => input,
  nameOf: sha1Hex,
  demandInput: (file) => file,
}

/** Hex digits of SHA-256 in the name of a file of Go's. */
const NAME_DIGITS = 16
/** A byte takes four characters where it is escaped, and a byte of its own type a line of fourteen. */
const TEXT_BYTES_A_BYTE = 4
const LINES_BYTES_MAX = 64 * 1024

export function codecOf(types: readonly ArgumentType[] | null | undefined): InputCodec {
  if (!types) return plainCodec
  const decodeFile = (file: Uint8Array): DecodedFile => decodeArguments(types, file)
  return {
    fileBytesMax: TEXT_BYTES_A_BYTE * INPUT_MAX + LINES_BYTES_MAX,
    decodeFile,
    encodeFile: (record) => writeGoFile(decodeRecord(types, record)),
    nameOf: async (file) => (await sha256Hex(file)).slice(0, NAME_DIGITS),
    demandInput(file, name) {
      const decoded = decodeFile(file)
      if ('input' in decoded) return decoded.input
      throw typedErrors.inputFile(name, decoded.problem, goNames(types))
    },
  }
}

/** What a report says of a record: one line an argument, cut where it is very long. */
export function argumentTexts(types: readonly ArgumentType[], record: Uint8Array): readonly string[] {
  return decodeRecord(types, record).map((argument) => {
    const text = printable(goText(argument), ARGUMENT_CHARACTERS_MAX)
    // Go writes a number as a character where it can; the comment, which its files may have, says the number.
    const isNumber = argument.type === 'i32' || argument.type === 'u8'
    return isNumber && text.endsWith("')") ? `${text} // ${argument.value}` : text
  })
}

/** The files that were skipped while a corpus was read, for one warning each kind. */
export class SkippedFiles {
  readonly #foreign: string[] = []
  readonly #malformed: string[] = []

  /** The seed in a file; null where there is none, which is remembered. */
  read(codec: InputCodec, name: string, file: Uint8Array): SeedInput | null {
    const decoded = codec.decodeFile(file)
    if ('input' in decoded) return { name, bytes: decoded.input }
    if (decoded.problem === null) this.#foreign.push(name)
    else this.#malformed.push(`${name}: ${decoded.problem}`)
    return null
  }

  get warnings(): readonly CorpusWarning[] {
    return [
      ...(this.#foreign.length > 0 ? [typedWarnings.foreign(this.#foreign)] : []),
      ...(this.#malformed.length > 0 ? [typedWarnings.malformed(this.#malformed)] : []),
    ]
  }
}

function decodeArguments(types: readonly ArgumentType[], file: Uint8Array): DecodedFile {
  if (!isGoFile(file)) return { problem: null }
  const read = readGoFile(file)
  if ('problems' in read) return { problem: read.problems.join('; ') }
  const { values } = read
  if (values.length !== types.length) {
    return { problem: `it has ${count(values.length)}, the target takes ${types.length}: ${goNames(types)}` }
  }
  const wrong = types.flatMap((type, index) => mismatch(type, values[index]!, index))
  return wrong.length > 0 ? { problem: wrong.join('; ') } : { input: encodeRecord(values) }
}

function mismatch(type: ArgumentType, { type: found }: Argument, index: number): string[] {
  if (found === goTypeOf(type)) return []
  const names = [found, type].map((name) => ARGUMENT_TYPES[name].goName)
  return [`argument ${index + 1} is of the type ${names[0]}, the target takes ${names[1]} there`]
}

function count(values: number): string {
  return `${values} argument${values === 1 ? '' : 's'}`
}

function goNames(types: readonly ArgumentType[]): string {
  return types.map((type) => ARGUMENT_TYPES[type].goName).join(', ')
}
