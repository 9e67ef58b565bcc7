// Texts of a campaign: what stops it, and what it only warns about.

import type { CorpusWarning } from './corpus.ts'
import { FuzzboxError } from '../errors.ts'
import { toBase64 } from '../hash.ts'
import { formatDuration } from '../units.ts'

export const campaignErrors = {
  openHang: (name: string, ms: number): FuzzboxError =>
    new FuzzboxError(
      'E_OPEN_HANG',
      `${name} was not ready for its first input within ${formatDuration(ms)}; ` +
        'its start-up code seems to loop: let a --harness do the set-up',
    ),
  workersLost: (losses: number, last: string, lastWords: string): FuzzboxError =>
    new FuzzboxError(
      'E_WORKERS_LOST',
      `${losses === 1 ? 'a worker was' : `${losses} workers in a row were`} lost before ${losses === 1 ? 'it' : 'they'} could do any work (${last}); try less --memory or a shorter --timeout${lastWords === '' ? '' : `. The last of them said: ${lastWords}`}`,
    ),
  dictionary: (file: string, line: number, text: string): FuzzboxError =>
    new FuzzboxError(
      'E_DICTIONARY',
      `${file}:${line} is no token: ${text.slice(0, 60)}; write one a line, in quotes, such as "GET " or magic="\\x89PNG"`,
    ),
  dictionaryToken: (file: string, line: number, most: number): FuzzboxError =>
    new FuzzboxError(
      'E_DICTIONARY',
      `${file}:${line} is longer than ${most} bytes, the most that a token may have; shorten it`,
    ),
  dictionaryFull: (file: string, count: number, most: number): FuzzboxError =>
    new FuzzboxError('E_DICTIONARY', `${file} has ${count} tokens, more than ${most}; leave the least useful out`),
  inputUnstable: (name: string): FuzzboxError =>
    new FuzzboxError(
      'E_INPUT_UNSTABLE',
      `the input does not do the same in ${name} twice in a row, so nobody can tell what a smaller one must keep; ` +
        'replay it to see what changes',
    ),
  option: (name: string, why: string): FuzzboxError => new FuzzboxError('E_OPTION', `the option "${name}" ${why}`),
} as const

export const campaignWarnings = {
  workerLost: (message: string, isFinding: boolean, input: Uint8Array | null): CorpusWarning => ({
    code: 'W_WORKER_LOST',
    message: `a worker was lost (${message}) and replaced; the corpus is safe, ${lastInput(isFinding, input)}`,
  }),
  fewerWorkers: (open: number, why: string): CorpusWarning => ({
    code: 'W_FEWER_WORKERS',
    message: `only ${open} worker${open === 1 ? '' : 's'} could be opened (${why}); the campaign goes on with ${open === 1 ? 'it' : 'them'}`,
  }),
  regressionsFail: (paths: readonly string[], key: string): CorpusWarning => ({
    code: 'W_REGRESSIONS',
    message: `${paths.length} more regression${paths.length === 1 ? ' fails' : 's fail'} in the same way (${key}): ${paths.slice(0, 5).join(', ')}${paths.length > 5 ? ' …' : ''}`,
  }),
  storageLost: (place: string, why: string, saved: string | null): CorpusWarning => ({
    code: 'W_STORAGE_LOST',
    message:
      saved === null
        ? `${place} can no longer be written (${why}), so the run ended, and no other place could be written either: what was found is in the events above`
        : `${place} can no longer be written (${why}), so the run ended; everything that it found is saved in ${saved}: make room, copy it back, and run again`,
  }),
  findingsFull: (most: number): CorpusWarning => ({
    code: 'W_FINDINGS_FULL',
    message: `${most} distinct findings are filed, further ones are only counted; mend some and run again`,
  }),
  corpusFull: (): CorpusWarning => ({
    code: 'W_CORPUS_FULL',
    message: 'the room for inputs in the engine is used up: new ones are written to the corpus but no longer mutated',
  }),
  mutatorsLost: (why: string): CorpusWarning => ({
    code: 'W_MUTATOR_LOST',
    message: `a mutator of the target failed (${why}) and is called no more; fuzzbox goes on with its own, mend it and run again`,
  }),
  seedsRejected: (count: number): CorpusWarning => ({
    code: 'W_SEEDS_REJECTED',
    message: `${count} seed${count === 1 ? ' is' : 's are'} longer than the largest input and cut short; raise --max-len`,
  }),
  unconfirmed: (key: string): CorpusWarning => ({
    code: 'W_UNCONFIRMED',
    message: `${key} traps in the sandbox but not on a fresh instance of the module as it came; treat it with care`,
  }),
} as const

function lastInput(isFinding: boolean, input: Uint8Array | null): string {
  if (isFinding) return 'its last input is filed as a finding'
  if (input === null) return 'its last input could not be read'
  return `its last input, in base64, was "${toBase64(input.subarray(0, 1_024))}"`
}
