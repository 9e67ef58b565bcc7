// Texts about files and folders of this machine.

import type { CorpusWarning } from '../core/campaign/corpus.ts'
import { FuzzboxError } from '../core/errors.ts'

export const nodeErrors = {
  targetMissing: (path: string, near: string): FuzzboxError =>
    new FuzzboxError(
      'E_TARGET_MISSING',
      `there is no file ${path}${near || '; name a .wasm, .wat or AssemblyScript .ts file'}`,
    ),
  targetUnreadable: (path: string, cause: unknown): FuzzboxError =>
    new FuzzboxError(
      'E_TARGET_UNREADABLE',
      `${path} cannot be read (${reasonOf(cause)}); check what it is and who may read it`,
      { cause },
    ),
  targetKind: (path: string): FuzzboxError =>
    new FuzzboxError(
      'E_TARGET_KIND',
      `${path} is neither .wasm, .wat nor AssemblyScript .ts, and does not begin as a module does`,
    ),
  corpusMissing: (path: string): FuzzboxError =>
    new FuzzboxError('E_CORPUS_MISSING', `there is no corpus directory ${path}; create it or correct its name`),
  corpusForeign: (path: string, what: string): FuzzboxError =>
    new FuzzboxError(
      'E_CORPUS_FOREIGN',
      `${path} is ${what}, so nothing can be merged into it; name a directory, new or your own, before it`,
    ),
  corpusUnwritable: (path: string, cause: unknown): FuzzboxError =>
    new FuzzboxError(
      'E_CORPUS_WRITE',
      `${path} cannot be written (${reasonOf(cause)}); make it writable, or make room, and start again: the work goes on from there`,
    ),
  inputChanged: (path: string): FuzzboxError =>
    new FuzzboxError('E_INPUT_CHANGED', `${path} changed while it was merged; let it rest and start again`),
  corpusMixed: (file: string, directory: string): FuzzboxError =>
    new FuzzboxError(
      'E_CORPUS_MIXED',
      `${file} is a file and ${directory} is not: give directories to fuzz with, or files alone to run them once`,
    ),
  archive: (path: string, cause: unknown): FuzzboxError =>
    new FuzzboxError(
      'E_ARCHIVE',
      `${path} cannot be read as a .zip of inputs (${reasonOf(cause)}); make it anew, or name a directory`,
    ),
  inputMissing: (path: string): FuzzboxError =>
    new FuzzboxError('E_INPUT_MISSING', `there is no input ${path}; name a file or a directory of inputs`),
  inputUnreadable: (path: string, cause: unknown): FuzzboxError =>
    new FuzzboxError(
      'E_INPUT_UNREADABLE',
      `the input ${path} cannot be read (${reasonOf(cause)}); check who may read it`,
      { cause },
    ),
  dictionaryUnreadable: (path: string, cause: unknown): FuzzboxError =>
    new FuzzboxError('E_DICTIONARY', `the dictionary ${path} cannot be read (${reasonOf(cause)}); check its name`, {
      cause,
    }),
  optionsUnreadable: (path: string, cause: unknown): FuzzboxError =>
    new FuzzboxError('E_OPTIONS_FILE', `the options file ${path} cannot be read (${reasonOf(cause)}); check its name`, {
      cause,
    }),
  optionsValue: (path: string, line: number, text: string): FuzzboxError =>
    new FuzzboxError(
      'E_OPTIONS_FILE',
      `${path}:${line} is no whole number: ${text.slice(0, 60)}; correct it, or give another file with --options`,
    ),
  engineMissing: (path: string): FuzzboxError =>
    new FuzzboxError('E_ENGINE_MISSING', `the engine ${path} is not built; run: npm run build`),
  prepareDied: (path: string, reason: string): FuzzboxError =>
    new FuzzboxError(
      'E_PREPARE',
      `${path} could not be instrumented: the worker that does it was lost (${reason}); try a smaller module`,
    ),
} as const

export const nodeWarnings = {
  corpusWrite: (directory: string, cause: unknown): CorpusWarning => ({
    code: 'W_CORPUS_WRITE',
    message: `new inputs cannot be written to ${directory} (${reasonOf(cause)}): they are kept in memory only, make it writable to keep them`,
  }),
  corpusFiles: (what: string, names: readonly string[]): CorpusWarning => ({
    code: 'W_SEEDS_SKIPPED',
    message: `${names.length} file${names.length === 1 ? '' : 's'} of the corpus ${what}: ${some(names)}`,
  }),
  corpusFull: (most: number): CorpusWarning => ({
    code: 'W_SEEDS_SKIPPED',
    message: `the corpus has more than ${most} files, the rest is left out; minimise it`,
  }),
  statsWrite: (directory: string, cause: unknown): CorpusWarning => ({
    code: 'W_STATS_WRITE',
    message: `statistics cannot be written to ${directory} (${reasonOf(cause)}), and the campaign goes on without; make it writable, or say --no-stats`,
  }),
  companions: (target: string, used: readonly string[], ignored: readonly string[]): CorpusWarning => ({
    code: 'W_COMPANIONS',
    message: `using ${listed(used)} beside ${target}${ignored.length > 0 ? `; ignored in there: ${ignored.slice(0, 12).join(', ')}` : ''}`,
  }),
  inputsCut: (count: number, bytes: number): CorpusWarning => ({
    code: 'W_INPUT_CUT',
    message: `${count} input${count === 1 ? ' is' : 's are'} longer than ${bytes} bytes and run only so far; raise --max-len`,
  }),
  archiveDamaged: (path: string, why: string): CorpusWarning => ({
    code: 'W_ARCHIVE',
    message: `${path} was read only in part (${why}): the inputs up to there are used`,
  }),
  findingsWrite: (directory: string, cause: unknown): CorpusWarning => ({
    code: 'W_FINDINGS_WRITE',
    message: `findings cannot be written to ${directory} (${reasonOf(cause)}): they are only printed, make it writable to keep them`,
  }),
} as const

/** Not a folder, not ours, not writable at all. */
const FORBIDDEN: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'])

/** True where the file system never let us write there, in contrast to a disk that is full or a folder that is gone. */
export function isForbidden(cause: unknown): boolean {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null
  return FORBIDDEN.has(String(code))
}

/** "no such file", "permission denied": the words of the operating system without its path. */
export function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  return /^[A-Z0-9_]+: ([^,]+)/.exec(cause.message)?.[1] ?? cause.message
}

function some(names: readonly string[]): string {
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
