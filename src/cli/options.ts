// The one table of options. Parsing, checking, `--help` and "did you mean" are all read from it.

import {
  INPUT_BYTES_DEFAULT,
  MEMORY_BYTES_DEFAULT,
  REWIND_FUTURES,
  SHRINK_EXECUTIONS_MAX,
  SHRINK_MS_MAX,
  TIMEOUT_MS_DEFAULT,
} from '../core/limits.ts'
import { formatCount, formatDuration, formatSize } from '../core/units.ts'
import { EXIT_MEANINGS } from './exit-codes.ts'
import { EXPLORE_OPTIONS } from './explore-options.ts'

export type Verb = 'run' | 'replay' | 'doctor' | 'merge' | 'minimize' | 'list' | 'clean' | 'explore'

/** `flag` takes no value; the others say how a value is read. */
export type OptionKind = 'flag' | 'text' | 'count' | 'duration' | 'size'

export type OptionName =
  | 'seeds'
  | 'max-depth'
  | 'timelines-per-split'
  | 'global-energy'
  | 'batch-size'
  | 'min-timelines'
  | 'max-timelines'
  | 'per-mark-energy'
  | 'warm-min-timelines'
  | 'frontier'
  | 'plateau-seeds'
  | 'self-check-every'
  | 'recipe'
  | 'rewind-graph'
  | 'tree'
  | 'junit'
  | 'time'
  | 'runs'
  | 'stop-on-finding'
  | 'until-stable'
  | 'seed'
  | 'workers'
  | 'deterministic'
  | 'minimize-time'
  | 'minimize-runs'
  | 'regressions'
  | 'dict'
  | 'options'
  | 'findings'
  | 'stats'
  | 'no-stats'
  | 'no-compares'
  | 'no-split-at-start'
  | 'resume'
  | 'marks-max'
  | 'entry'
  | 'types'
  | 'harness'
  | 'mutator'
  | 'imports'
  | 'layout'
  | 'max-len'
  | 'timeout'
  | 'memory'
  | 'in-place'
  | 'exact'
  | 'output'
  | 'cache'
  | 'dry-run'
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
  /** May be given several times: its value is a list. */
  readonly isList?: true
  /** Another name for the same. */
  readonly alias?: string
}

const ALL: readonly Verb[] = ['run', 'explore', 'replay', 'doctor', 'merge', 'minimize', 'list', 'clean']
/** Verbs that load and run a target. */
const TARGET: readonly Verb[] = ['run', 'replay', 'doctor', 'merge', 'minimize']
const RUN: readonly Verb[] = ['run']
/** Of a simulation, too. */
const PROGRAM: readonly Verb[] = [...TARGET, 'explore']

export const OPTIONS: readonly OptionSpec[] = [
  { name: 'time', kind: 'duration', placeholder: '30s', help: 'end after this long', verbs: RUN },
  {
    name: 'runs',
    kind: 'count',
    placeholder: 'N',
    help: 'end after exactly N calls of the target, seeds and shrinking included; 0: seeds only',
    verbs: RUN,
  },
  {
    name: 'until-stable',
    kind: 'duration',
    placeholder: '5m',
    help: 'end when nothing new was found for this long',
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
    help: 'work in N threads; as many as there are processors by default',
    verbs: ['run', 'merge', 'explore'],
    alias: 'parallel',
  },
  {
    name: 'deterministic',
    kind: 'flag',
    placeholder: '',
    help: 'the same seed, module, corpus and workers give the same events, byte for byte; times are told as 0',
    verbs: RUN,
  },
  ...EXPLORE_OPTIONS,
  {
    name: 'recipe',
    kind: 'text',
    placeholder: 'RECIPE',
    help: 'the recipe of a simulation, or a file that holds one, in place of an input',
    verbs: ['replay', 'minimize'],
  },
  {
    name: 'rewind-graph',
    kind: 'flag',
    placeholder: '',
    help: `run ${REWIND_FUTURES} other futures from each moment on the way to the first finding, or of --recipe, and show how many fail`,
    verbs: ['explore', 'replay'],
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
  {
    name: 'dict',
    kind: 'text',
    placeholder: 'FILE',
    help: 'tokens, in the syntax of AFL and libFuzzer; may be repeated; FILE@2 leaves out tokens above level 2',
    verbs: RUN,
    isList: true,
  },
  {
    name: 'no-compares',
    kind: 'flag',
    placeholder: '',
    help: 'do without the second build, in which what the program compares is looked for in its input',
    verbs: RUN,
  },
  {
    name: 'findings',
    kind: 'text',
    placeholder: 'DIR',
    help: 'where findings go; fuzz/findings/<target> by default',
    verbs: ['run', 'explore'],
  },
  {
    name: 'stats',
    kind: 'text',
    placeholder: 'DIR',
    help: "where AFL's fuzzer_stats and plot_data go; fuzz/stats/<target> by default",
    verbs: RUN,
  },
  { name: 'no-stats', kind: 'flag', placeholder: '', help: 'write no statistics', verbs: RUN },
  {
    name: 'findings',
    kind: 'flag',
    placeholder: '',
    help: 'remove findings as well; regressions always stay',
    verbs: ['clean'],
  },
  { name: 'cache', kind: 'flag', placeholder: '', help: 'remove the cache of instrumented modules', verbs: ['clean'] },
  { name: 'dry-run', kind: 'flag', placeholder: '', help: 'remove nothing, say what would be', verbs: ['clean'] },
  {
    name: 'in-place',
    kind: 'flag',
    placeholder: '',
    help: 'remove from OUT what is redundant; without it OUT only grows',
    verbs: ['merge'],
  },
  {
    name: 'exact',
    kind: 'flag',
    placeholder: '',
    help: 'of an input that returns, keep how often each edge runs, too',
    verbs: ['minimize'],
  },
  {
    name: 'output',
    kind: 'text',
    placeholder: 'FILE',
    help: 'where the smaller input goes; INPUT.min by default',
    verbs: ['minimize'],
  },
  {
    name: 'minimize-time',
    kind: 'duration',
    placeholder: '30s',
    help: `look no longer than this; ${formatDuration(SHRINK_MS_MAX)} by default`,
    verbs: ['minimize'],
  },
  { name: 'minimize-runs', kind: 'count', placeholder: 'N', help: 'try no more than N inputs', verbs: ['minimize'] },
  {
    name: 'options',
    kind: 'text',
    placeholder: 'FILE',
    help: 'an .options file of OSS-Fuzz, in place of the one beside TARGET',
    verbs: TARGET,
  },
  {
    name: 'entry',
    kind: 'text',
    placeholder: 'NAME',
    help: 'the export to call with (pointer, length), or with numbers where it takes others',
    verbs: PROGRAM,
  },
  {
    name: 'types',
    kind: 'text',
    placeholder: 'LIST',
    help: 'what the arguments of the entry are, in order: bytes,string,i32,u8,bool,rune,f64 and so on',
    verbs: TARGET,
  },
  {
    name: 'harness',
    kind: 'text',
    placeholder: 'FILE',
    help: 'a .ts or .wat file that calls the target',
    verbs: TARGET,
  },
  {
    name: 'mutator',
    kind: 'text',
    placeholder: 'FILE',
    help: 'a .ts file that exports LLVMFuzzerCustomMutator or LLVMFuzzerCustomCrossOver',
    verbs: TARGET,
  },
  {
    name: 'imports',
    kind: 'text',
    placeholder: 'trap|zero',
    help: 'what imports that nobody provides do; trap by default',
    verbs: PROGRAM,
    choices: ['trap', 'zero'],
  },
  {
    name: 'layout',
    kind: 'text',
    placeholder: 'two|single',
    help: "the target's memory beside the engine's, or inside it; two wherever the JavaScript engine can, which is faster",
    verbs: PROGRAM,
    choices: ['two', 'single'],
  },
  {
    name: 'max-len',
    kind: 'size',
    placeholder: 'N',
    help: `largest input, bytes; ${formatSize(INPUT_BYTES_DEFAULT)} by default`,
    verbs: TARGET,
  },
  {
    name: 'timeout',
    kind: 'duration',
    placeholder: '1s',
    help: `of one execution; ${formatDuration(TIMEOUT_MS_DEFAULT)} by default`,
    verbs: PROGRAM,
  },
  {
    name: 'memory',
    kind: 'size',
    placeholder: '64MiB',
    help: `the target's memory; ${formatSize(MEMORY_BYTES_DEFAULT)} by default`,
    verbs: PROGRAM,
  },
  { name: 'json', kind: 'flag', placeholder: '', help: 'print events, one JSON object a line', verbs: ALL },
  {
    name: 'quiet',
    kind: 'flag',
    placeholder: '',
    help: 'print findings and warnings only',
    verbs: ['run', 'replay', 'explore'],
  },
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
    help: 'fuzz TARGET; CORPUS are directories (the first is written to) and .zip archives, or files to run just once',
  },
  {
    verb: 'explore',
    usage: 'explore TARGET',
    help: 'run a simulation in many futures: split it where something new comes to pass, and keep the recipes of failures',
  },
  {
    verb: 'replay',
    usage: 'replay TARGET [INPUT…]',
    help: 'run inputs and show what they do; directories are read; without any: fuzz/regressions/<target>',
  },
  { verb: 'doctor', usage: 'doctor TARGET', help: 'say what fuzzbox sees in TARGET, and what this machine can do' },
  {
    verb: 'merge',
    usage: 'merge TARGET OUT [IN…]',
    help: 'add to the corpus OUT a small set of the inputs in IN that reaches all that they reach',
  },
  {
    verb: 'minimize',
    usage: 'minimize TARGET INPUT',
    help: 'make INPUT smaller while it fails in the same way, or reaches the same edges',
  },
  { verb: 'list', usage: 'list [TARGET]', help: 'say what there is under fuzz/: corpus, findings, regressions' },
  {
    verb: 'clean',
    usage: 'clean [TARGET]',
    help: 'remove what was generated under fuzz/: inputs of the corpus, leftovers',
  },
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
