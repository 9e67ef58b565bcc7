// Texts about the command line itself.

import { FuzzboxError } from '../core/errors.ts'
import { reasonOf } from '../node/errors.ts'

/** Codes of errors that are not the user's to mend: exit code 1, all others 2. */
const OURS: ReadonlySet<string> = new Set(['E_INTERNAL', 'E_WORKERS_LOST', 'E_ENGINE', 'E_ENGINE_MISSING', 'E_PREPARE'])

export function isOurs(code: string): boolean {
  return OURS.has(code)
}

export const cliErrors = {
  unknownVerb: (word: string, hint: string): FuzzboxError =>
    usage(`"${word}" is no command${hint}; the commands are run, replay and doctor, see: fuzzbox --help`),
  unknownOption: (option: string, verb: string, hint: string): FuzzboxError =>
    usage(`"${option}" is no option of ${verb}${hint}; see: fuzzbox ${verb} --help`),
  noValue: (option: string, placeholder: string): FuzzboxError =>
    usage(`--${option} needs a value: --${option} ${placeholder}`),
  needlessValue: (option: string): FuzzboxError => usage(`--${option} takes no value; leave out what follows the "="`),
  badValue: (option: string, value: string, wanted: string): FuzzboxError =>
    usage(`--${option} ${value} is not ${wanted}`),
  noTarget: (verb: string): FuzzboxError => usage(`${verb} needs a target: fuzzbox ${verb} parser.wasm`),
  noInput: (): FuzzboxError => usage('replay needs an input: fuzzbox replay parser.wasm fuzz/findings/parser/crash-…'),
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
