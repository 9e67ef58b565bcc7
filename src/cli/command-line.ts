// Words of the command line become a verb, its operands and checked values.

import { parseArgs } from 'node:util'
import { didYouMean } from '../core/errors.ts'
import { parseCount, parseDurationMs, parseSizeBytes } from '../core/units.ts'
import { listed } from '../node/errors.ts'
import { cliErrors } from './errors.ts'
import { OPTIONS, optionsOf, VERBS, type OptionName, type OptionSpec, type Verb } from './options.ts'

export interface CommandLine {
  /** Null for a bare `fuzzbox`, `fuzzbox --help` and `fuzzbox --version`. */
  readonly verb: Verb | null
  readonly operands: readonly string[]
  readonly values: Values
  readonly wantsVersion: boolean
}

/** Flags are true, counts, durations (ms) and sizes (bytes) are numbers, the rest is text, or a list of it; absent options are absent. */
export type Values = Readonly<Partial<Record<OptionName, Value>>>
type Value = true | number | string | readonly string[]

/** Throws E_USAGE, one sentence, for everything that is not in the table. */
export function parseCommandLine(words: readonly string[]): CommandLine {
  const first = words[0]
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') return bare(false)
  if (first === '--version' || first === '-v') return bare(true)
  const verb = VERBS.find((spec) => spec.verb === first)?.verb
  if (!verb)
    throw cliErrors.unknownVerb(
      first,
      VERBS.map((spec) => spec.verb),
    )
  return parseVerb(verb, words.slice(1))
}

function bare(wantsVersion: boolean): CommandLine {
  return { verb: null, operands: [], values: {}, wantsVersion }
}

/** What libFuzzer calls the same; its options have one dash and an underscore. */
const LIBFUZZER: ReadonlyMap<string, OptionName> = new Map([
  ['max_total_time', 'time'],
  ['runs', 'runs'],
  ['max_len', 'max-len'],
  ['timeout', 'timeout'],
  ['rss_limit_mb', 'memory'],
  ['malloc_limit_mb', 'memory'],
  ['seed', 'seed'],
  ['jobs', 'workers'],
  ['workers', 'workers'],
  ['fork', 'workers'],
  ['dict', 'dict'],
  ['artifact_prefix', 'findings'],
  ['exact_artifact_path', 'findings'],
])

/** One dash and more than one letter: libFuzzer's way to write an option. */
const ONE_DASH = /^-([a-z]\w+)(=|$)/

function refuseOneDash(word: string, verb: Verb, options: readonly OptionSpec[]): void {
  const name = ONE_DASH.exec(word)?.[1]
  if (name === undefined) return
  const ours = options.find((option) => option.name === (LIBFUZZER.get(name) ?? name))
  throw cliErrors.unknownOption(word, verb, ours ? `; write --${`${ours.name} ${ours.placeholder}`.trim()}` : '')
}

function parseVerb(verb: Verb, words: readonly string[]): CommandLine {
  const options = optionsOf(verb)
  const end = words.indexOf('--')
  for (const word of end < 0 ? words : words.slice(0, end)) refuseOneDash(word, verb, options)
  const { tokens } = parseArgs({
    args: words.map((word) => (word === '-h' ? '--help' : word)),
    options: Object.fromEntries(
      options.flatMap(({ name, alias, kind }) =>
        [name, ...(alias === undefined ? [] : [alias])].map((word) => [
          word,
          { type: kind === 'flag' ? 'boolean' : 'string' },
        ]),
      ),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const operands: string[] = []
  const values: Partial<Record<OptionName, Value>> = {}
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value)
    if (token.kind !== 'option') continue
    const option = options.find((candidate) => isCalled(candidate, token.name) && token.rawName.startsWith('--'))
    if (!option) throw unknownOption(token.rawName, verb, options)
    const value = valueOf(option, isNextOption(token) ? undefined : token.value)
    values[option.name] = option.isList ? [...listOption(values[option.name]), String(value)] : value
  }
  return { verb, operands, values, wantsVersion: false }
}

/** The values of an option that may be repeated. */
export function listOption(value: Values[OptionName]): readonly string[] {
  return Array.isArray(value) ? (value as readonly string[]) : []
}

function isCalled({ name, alias }: OptionSpec, word: string): boolean {
  return name === word || alias === word
}

/** `--time --json`: the parser takes the second for the value of the first. */
function isNextOption(token: { value?: string | undefined; inlineValue?: boolean | undefined }): boolean {
  return token.inlineValue === false && token.value?.startsWith('--') === true
}

function unknownOption(rawName: string, verb: Verb, options: readonly OptionSpec[]): Error {
  const elsewhere = OPTIONS.filter((option) => `--${option.name}` === rawName).flatMap((option) => option.verbs)
  const hint =
    elsewhere.length > 0
      ? `, it belongs to ${listed(elsewhere)}`
      : didYouMean(
          rawName.replace(/^-+/, ''),
          options.map((option) => option.name),
        ).replace('"', '"--')
  return cliErrors.unknownOption(rawName, verb, hint)
}

function valueOf(option: OptionSpec, text: string | undefined): true | number | string {
  const { name, kind, placeholder, choices } = option
  if (kind === 'flag') {
    if (text !== undefined) throw cliErrors.needlessValue(name)
    return true
  }
  if (text === undefined || text === '') throw cliErrors.noValue(name, placeholder)
  if (kind === 'text') {
    if (choices && !choices.includes(text)) throw cliErrors.badValue(name, text, `one of ${choices.join(', ')}`)
    return text
  }
  const parsers = { count: parseCount, duration: parseDurationMs, size: parseSizeBytes } as const
  const wanted = {
    count: `a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`,
    duration: 'a duration such as 30s or 5m',
    size: 'a size such as 64MiB',
  } as const
  const value = parsers[kind](text)
  if (value === null) throw cliErrors.badValue(name, text, wanted[kind])
  return value
}
