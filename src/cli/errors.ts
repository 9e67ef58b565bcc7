// Texts about the command line itself.

import { FuzzboxError, didYouMean } from '../core/errors.ts'
import { listed, reasonOf } from '../node/errors.ts'

/** Codes of errors that are not the user's to mend: exit code 1, all others 2. */
const OURS: ReadonlySet<string> = new Set(['E_INTERNAL', 'E_WORKERS_LOST', 'E_ENGINE', 'E_ENGINE_MISSING', 'E_PREPARE'])

export function isOurs(code: string): boolean {
  return OURS.has(code)
}

export const cliErrors = {
  unknownVerb: (word: string, verbs: readonly string[]): FuzzboxError =>
    usage(`"${word}" is no command${didYouMean(word, verbs)}; the commands are ${listed(verbs)}, see: fuzzbox --help`),
  unknownOption: (option: string, verb: string, hint: string): FuzzboxError =>
    usage(`"${option}" is no option of ${verb}${hint}; see: fuzzbox ${verb} --help`),
  noValue: (option: string, placeholder: string): FuzzboxError =>
    usage(`--${option} needs a value: --${option} ${placeholder}`),
  needlessValue: (option: string): FuzzboxError => usage(`--${option} takes no value; leave out what follows the "="`),
  badValue: (option: string, value: string, wanted: string): FuzzboxError =>
    usage(`--${option} ${value} is not ${wanted}`),
  noTarget: (verb: string): FuzzboxError => usage(`${verb} needs a target: fuzzbox ${verb} parser.wasm`),
  noRegressions: (target: string, folder: string): FuzzboxError =>
    usage(
      `there is nothing to replay: ${folder} holds no input; name one, such as fuzzbox replay ${target} crash-…, ` +
        'or copy failing inputs to that folder',
    ),
  noInput: (): FuzzboxError =>
    usage('minimize needs an input: fuzzbox minimize parser.wasm fuzz/findings/parser/crash-…'),
  noCorpus: (): FuzzboxError => usage('merge needs a corpus: fuzzbox merge parser.wasm corpus more-inputs'),
  nothingToMerge: (target: string, corpus: string): FuzzboxError =>
    usage(
      `there is nothing to merge into ${corpus}: name directories or archives after it, or have what is redundant ` +
        `in it removed: fuzzbox merge ${target} ${corpus} --in-place`,
    ),
  nothingOf: (name: string, known: readonly string[]): FuzzboxError =>
    usage(
      `there is nothing of "${name}" under fuzz/` +
        (didYouMean(name, known) || (known.length > 0 ? `; there is ${listed(known.slice(0, 12))}` : '')),
    ),
  oneInput: (word: string): FuzzboxError => usage(`minimize takes one input, "${word}" is one too many`),
  outputFile: (path: string, cause: unknown): FuzzboxError =>
    new FuzzboxError(
      'E_OUTPUT_FILE',
      `${path} cannot be written (${reasonOf(cause)}); name another file with --output`,
      { cause },
    ),
  tooMany: (verb: string, word: string): FuzzboxError => usage(`${verb} takes one target, "${word}" is one too many`),
  output: (cause: unknown): FuzzboxError =>
    new FuzzboxError(
      'E_OUTPUT',
      `standard output cannot be written (${reasonOf(cause)}); what was found is in the findings folder, ` +
        'make room or send the output elsewhere',
      { cause },
    ),
} as const

function usage(message: string): FuzzboxError {
  return new FuzzboxError('E_USAGE', message)
}
