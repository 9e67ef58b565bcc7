// The one table of options. Parsing, checking, `--help` and "did you mean" are all read from it.

import {
  INPUT_BYTES_DEFAULT,
  MEMORY_BYTES_DEFAULT,
  SHRINK_EXECUTIONS_MAX,
  SHRINK_MS_MAX,
  TIMEOUT_MS_DEFAULT,
} from '../core/limits.ts'
import { formatCount, formatDuration, formatSize } from '../core/units.ts'
import { EXIT_MEANINGS } from './exit-codes.ts'

export type Verb = 'run' | 'replay' | 'doctor'

/** `flag` takes no value; the others say how a value is read. */
export type OptionKind = 'flag' | 'text' | 'count' | 'duration' | 'size'

export type OptionName =
  | 'time'
  | 'runs'
  | 'stop-on-finding'
  | 'seed'
  | 'workers'
  | 'deterministic'
  | 'minimize-time'
  | 'minimize-runs'
  | 'regressions'
  | 'dict'
  | 'findings'
  | 'entry'
  | 'harness'
  | 'imports'
  | 'max-len'
  | 'timeout'
  | 'memory'
  | 'json'
  | 'quiet'
  | 'help'

export interface OptionSpec {
  readonly name: OptionName
  readonly kind: OptionKind
  /** What stands for the value in `--help`. */
  readonly placeholder: string
  readonly help: string
  readonly verbs: readonly Verb[]
  /** The only values allowed. */
  readonly choices?: readonly string[]
  /** Another name for the same. */
  readonly alias?: string
}

const ALL: readonly Verb[] = ['run', 'replay', 'doctor']
const RUN: readonly Verb[] = ['run']

export const OPTIONS: readonly OptionSpec[] = [
  { name: 'time', kind: 'duration', placeholder: '30s', help: 'end after this long', verbs: RUN },
  {
    name: 'runs',
    kind: 'count',
    placeholder: 'N',
    help: 'end after exactly N calls of the target, seeds and shrinking included; 0: seeds only',
    verbs: RUN,
  },
  { name: 'stop-on-finding', kind: 'flag', placeholder: '', help: 'end at the first finding', verbs: RUN },
  {
    name: 'seed',
    kind: 'count',
    placeholder: 'N',
    help: 'the same seed runs the same way with one worker, or with --deterministic; random by default',
    verbs: RUN,
  },
  {
    name: 'workers',
    kind: 'count',
    placeholder: 'N',
    help: 'fuzz in N threads; as many as there are processors by default',
    verbs: RUN,
    alias: 'parallel',
  },
  {
    name: 'deterministic',
    kind: 'flag',
    placeholder: '',
    help: 'the same seed, module, corpus and workers give the same events, byte for byte; times are told as 0',
    verbs: RUN,
  },
  {
    name: 'minimize-time',
    kind: 'duration',
    placeholder: '60s',
    help: `what shrinking one finding may take, at most; ${formatDuration(SHRINK_MS_MAX)} by default, 0: findings stay as they are`,
    verbs: RUN,
  },
  {
    name: 'minimize-runs',
    kind: 'count',
    placeholder: 'N',
    help: `executions that shrinking one finding may take; ${formatCount(SHRINK_EXECUTIONS_MAX)} by default, 0: findings stay as they are`,
    verbs: RUN,
  },
  {
    name: 'regressions',
    kind: 'text',
    placeholder: 'DIR',
    help: 'failing inputs to run first; fuzz/regressions/<target> by default',
    verbs: RUN,
  },
  { name: 'dict', kind: 'text', placeholder: 'FILE', help: 'tokens, in the syntax of AFL and libFuzzer', verbs: RUN },
  {
    name: 'findings',
    kind: 'text',
    placeholder: 'DIR',
    help: 'where findings go; fuzz/findings/<target> by default',
    verbs: RUN,
  },
  { name: 'entry', kind: 'text', placeholder: 'NAME', help: 'the export to call with (pointer, length)', verbs: ALL },
  { name: 'harness', kind: 'text', placeholder: 'FILE', help: 'a .ts or .wat file that calls the target', verbs: ALL },
  {
    name: 'imports',
    kind: 'text',
    placeholder: 'trap|zero',
    help: 'what imports that nobody provides do; trap by default',
    verbs: ALL,
    choices: ['trap', 'zero'],
  },
  {
    name: 'max-len',
    kind: 'size',
    placeholder: 'N',
    help: `largest input, bytes; ${formatSize(INPUT_BYTES_DEFAULT)} by default`,
    verbs: ALL,
  },
  {
    name: 'timeout',
    kind: 'duration',
    placeholder: '1s',
    help: `of one execution; ${formatDuration(TIMEOUT_MS_DEFAULT)} by default`,
    verbs: ALL,
  },
  {
    name: 'memory',
    kind: 'size',
    placeholder: '64MiB',
    help: `the target's memory; ${formatSize(MEMORY_BYTES_DEFAULT)} by default`,
    verbs: ALL,
  },
  { name: 'json', kind: 'flag', placeholder: '', help: 'print events, one JSON object a line', verbs: ALL },
  { name: 'quiet', kind: 'flag', placeholder: '', help: 'print findings and warnings only', verbs: ['run', 'replay'] },
  { name: 'help', kind: 'flag', placeholder: '', help: 'print this', verbs: ALL },
]

export interface VerbSpec {
  readonly verb: Verb
  readonly usage: string
  readonly help: string
}

export const VERBS: readonly VerbSpec[] = [
  {
    verb: 'run',
    usage: 'run TARGET [CORPUS…]',
    help: 'fuzz TARGET; CORPUS are directories (the first is written to), or files to run just once',
  },
  { verb: 'replay', usage: 'replay TARGET INPUT…', help: 'run inputs and show what they do; directories are read' },
  { verb: 'doctor', usage: 'doctor TARGET', help: 'say what fuzzbox sees in TARGET, and what this machine can do' },
]

export function optionsOf(verb: Verb): readonly OptionSpec[] {
  return OPTIONS.filter((option) => option.verbs.includes(verb))
}

/** The text of `fuzzbox --help`, or of `fuzzbox VERB --help`. */
export function helpText(verb: Verb | null): string {
  const verbs = VERBS.filter((spec) => verb === null || spec.verb === verb)
  const options = verb === null ? OPTIONS : optionsOf(verb)
  const lines = [
    verb === null ? 'fuzzbox: coverage-guided fuzzing of WebAssembly' : '',
    '',
    ...verbs.flatMap((spec) => [`  fuzzbox ${spec.usage}`, `      ${spec.help}`]),
    '',
    'TARGET is a .wasm, .wat or AssemblyScript .ts file.',
    '',
    ...options.map((option) => `  ${`--${option.name} ${option.placeholder}`.padEnd(24)} ${helpOf(option)}`),
    '',
    `Exit codes: ${EXIT_MEANINGS.map(([code, meaning]) => `${code} ${meaning}`).join(', ')}.`,
  ]
  return `${lines.join('\n').trimStart()}\n`
}

/** What an option does, and what else it is called. */
export function helpOf({ help, alias }: OptionSpec): string {
  return alias === undefined ? help : `${help}; also --${alias}`
}
