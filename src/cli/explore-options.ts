// The rows of the option table that belong to `explore` alone: its knobs, under the names of docs/exploring.md.

import { ADAPTIVE_DEFAULTS, EXPLORE_DEFAULTS } from '../core/explore/settings.ts'
import { formatCount } from '../core/units.ts'
import type { OptionSpec, Verb } from './options.ts'

const EXPLORE: readonly Verb[] = ['explore']

export const EXPLORE_OPTIONS: readonly OptionSpec[] = [
  { name: 'time', kind: 'duration', placeholder: '60s', help: 'end after this long', verbs: EXPLORE },
  { name: 'runs', kind: 'count', placeholder: 'N', help: 'end after exactly N timelines', verbs: EXPLORE },
  { name: 'seeds', kind: 'count', placeholder: 'N', help: 'end after N root seeds', verbs: EXPLORE },
  {
    name: 'plateau-seeds',
    kind: 'count',
    placeholder: 'N',
    help: 'end when N root seeds in a row reached nothing new and every mark that was met has come to pass',
    verbs: EXPLORE,
  },
  { name: 'stop-on-finding', kind: 'flag', placeholder: '', help: 'end at the first finding', verbs: EXPLORE },
  { name: 'seed', kind: 'count', placeholder: 'N', help: 'the first root seed; random by default', verbs: EXPLORE },
  {
    name: 'frontier',
    kind: 'text',
    placeholder: 'best-first|depth-first',
    help: 'which moment is split next; best-first by default',
    verbs: EXPLORE,
    choices: ['best-first', 'depth-first'],
  },
  {
    name: 'no-split-at-start',
    kind: 'flag',
    placeholder: '',
    help: 'split at marks alone; best-first otherwise tries other futures from the start of the program, too',
    verbs: EXPLORE,
  },
  {
    name: 'max-depth',
    kind: 'count',
    placeholder: 'N',
    help: `reseeds that may lead to a timeline that is split; ${EXPLORE_DEFAULTS.maxDepth} by default`,
    verbs: EXPLORE,
  },
  {
    name: 'global-energy',
    kind: 'count',
    placeholder: 'N',
    help: `children in one root seed; ${formatCount(EXPLORE_DEFAULTS.globalEnergy)} by default`,
    verbs: EXPLORE,
  },
  {
    name: 'per-mark-energy',
    kind: 'count',
    placeholder: 'N',
    help: `children of one mark in a root seed; ${formatCount(ADAPTIVE_DEFAULTS.perMarkEnergy)} by default`,
    verbs: EXPLORE,
  },
  {
    name: 'batch-size',
    kind: 'count',
    placeholder: 'N',
    help: `children between two looks at what they found; ${ADAPTIVE_DEFAULTS.batchSize} by default`,
    verbs: EXPLORE,
  },
  {
    name: 'min-timelines',
    kind: 'count',
    placeholder: 'N',
    help: `children without news after which a moment is barren; ${ADAPTIVE_DEFAULTS.minTimelines} by default`,
    verbs: EXPLORE,
  },
  {
    name: 'max-timelines',
    kind: 'count',
    placeholder: 'N',
    help: `children of one moment, at most; ${formatCount(ADAPTIVE_DEFAULTS.maxTimelines)} by default`,
    verbs: EXPLORE,
  },
  {
    name: 'warm-min-timelines',
    kind: 'count',
    placeholder: 'N',
    help: 'takes the place of --min-timelines after the first root seed; --batch-size by default',
    verbs: EXPLORE,
  },
  {
    name: 'timelines-per-split',
    kind: 'count',
    placeholder: 'N',
    help: 'give every moment N children and no more, whatever they find',
    verbs: EXPLORE,
  },
  {
    name: 'self-check-every',
    kind: 'count',
    placeholder: 'N',
    help: `run each N-th timeline twice more and compare; ${EXPLORE_DEFAULTS.selfCheckEvery} by default, 0: never`,
    verbs: EXPLORE,
  },
  {
    name: 'deterministic',
    kind: 'flag',
    placeholder: '',
    help: 'the same seed and module give the same tree and events for any number of workers; times are told as 0',
    verbs: EXPLORE,
  },
  {
    name: 'tree',
    kind: 'text',
    placeholder: 'FILE',
    help: 'write the tree of timelines, an HTML page',
    verbs: EXPLORE,
  },
  { name: 'junit', kind: 'text', placeholder: 'FILE', help: 'write a JUnit report', verbs: EXPLORE },
]
