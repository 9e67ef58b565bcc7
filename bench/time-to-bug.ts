// CPU seconds to a known bug, from an empty corpus: whole campaigns of ours against libFuzzer at its defaults, libFuzzer
// with value profile, and AFL++ with CmpLog, each on the same C source. The seeds of all generators are 1, 2, 3 …; a trial
// that does not find the bug in its CPU time is lost and counts with all of it.
import { parseArgs } from 'node:util'

import { BUG_TARGETS, type BugTarget } from './lib/bug-targets.ts'
import { aflpp, libFuzzer, ours, type Contestant, type Trial } from './lib/bug-trials.ts'
import { installed } from './lib/build.ts'
import { mannWhitney, smallerShare } from './lib/rank-statistics.ts'
import { row, save, type Row } from './lib/result.ts'
import { geometricMean, median } from './lib/statistics.ts'
import { figure, textTable } from './lib/table.ts'

const FOUND_GOAL = 0.9
/** Three times faster. */
const MEAN_GOAL = 1 / 3
/** Below this p a difference is called one. */
const ALPHA = 0.05

interface Options {
  readonly seeds: number
  readonly capSeconds: number
  readonly only: readonly string[]
  readonly peers: readonly string[]
  readonly without: readonly string[]
  readonly command: string
  readonly save: boolean
}

function parse(words: string[]): Options {
  const { values } = parseArgs({
    args: words,
    options: {
      seeds: { type: 'string', default: '10' },
      cap: { type: 'string', default: '60' },
      only: { type: 'string', default: '' },
      peers: { type: 'string', default: 'libFuzzer,value profile,AFL++' },
      without: { type: 'string', default: '' },
      'no-save': { type: 'boolean', default: false },
    },
  })
  const list = (text: string): string[] => text.split(',').filter(Boolean)
  return {
    seeds: Number(values.seeds),
    capSeconds: Number(values.cap),
    only: list(values.only),
    peers: list(values.peers),
    without: list(values.without),
    command: ['npm run bench -- time-to-bug', ...words].join(' '),
    // A mechanism that is off, or a part of the targets, makes no result.
    save: !values['no-save'] && values.without === '' && values.only === '',
  }
}

interface Measured {
  readonly name: string
  readonly ours: readonly Trial[]
  readonly theirs: ReadonlyMap<string, readonly Trial[]>
}

const wins = (trials: readonly Trial[]): number => trials.filter(({ found }) => found).length
const seconds = (trials: readonly Trial[]): number[] => trials.map(({ cpuSeconds }) => cpuSeconds)

async function measure(bug: BugTarget, name: string, own: Contestant, peers: readonly Contestant[], options: Options) {
  const all = [own, ...peers]
  const trials = new Map<string, Trial[]>(all.map((contestant) => [contestant.name, []]))
  for (let seed = 1; seed <= options.seeds; seed++) {
    for (const contestant of seed % 2 === 1 ? all : all.toReversed())
      trials.get(contestant.name)!.push(await contestant.trial(bug, seed, options.capSeconds))
  }
  const ownTrials = trials.get(own.name)!
  trials.delete(own.name)
  return { name, ours: ownTrials, theirs: trials }
}

function rowsOf({ name, ours, theirs }: Measured): Row[] {
  const found = { target: name, metric: 'seeds that find it', unit: 'seeds', ours: [wins(ours)] }
  const rows = [row({ ...found, peer: 'all seeds', theirs: [ours.length], goal: FOUND_GOAL })]
  for (const [peer, trials] of theirs) {
    const [a, b] = [seconds(ours), seconds(trials)]
    const measured = { target: name, metric: 'to the bug', unit: 'CPU seconds', ours: a, peer, theirs: b, goal: null }
    rows.push(row({ ...found, peer, theirs: [wins(trials)], goal: wins(trials) ? 1 : null }))
    rows.push({ ...row(measured), smallerShare: smallerShare(a, b), p: mannWhitney(a, b) })
  }
  return rows
}

/** The geometric mean over all targets of the ratio of medians, for each peer. */
function meanRows(all: readonly Measured[]): Row[] {
  const peers = [...(all[0]?.theirs.keys() ?? [])]
  return peers.map((peer) => {
    const ours = geometricMean(all.map((measured) => median(seconds(measured.ours))))
    const theirs = geometricMean(all.map((measured) => median(seconds(measured.theirs.get(peer)!))))
    const target = `${all.length} targets, geometric mean of medians`
    return row({
      target,
      metric: 'to the bug',
      unit: 'CPU seconds',
      ours: [ours],
      peer,
      theirs: [theirs],
      goal: MEAN_GOAL,
    })
  })
}

/** Who loses where: for each peer the targets on which a difference is more than chance, one way and the other. */
function summary(rows: readonly Row[]): string {
  const timed = rows.filter((measured) => measured.p !== undefined)
  const peers = [...new Set(timed.map(({ peer }) => peer))]
  const lines = peers.map((peer) => {
    const mine = timed.filter((measured) => measured.peer === peer && measured.p! < ALPHA)
    const names = (won: boolean): string => {
      const some = mine.filter(({ smallerShare: share }) => share! > 0.5 === won).map(({ target }) => target)
      return some.length === 0 ? 'none' : some.join(', ')
    }
    return `against ${peer}: faster at ${names(true)}; slower at ${names(false)}`
  })
  return lines.join('\n')
}

function line({ name, ours, theirs }: Measured): string {
  const text = (who: string, trials: readonly Trial[]): string =>
    `${who} ${wins(trials)}/${trials.length} ${figure(median(seconds(trials)))} s ` +
    `${figure(median(trials.map(({ executions }) => executions)))} executions`
  return [name.padEnd(14), text('ours', ours), ...[...theirs].map(([peer, trials]) => text(peer, trials))].join(' | ')
}

export async function timeToBug(words: string[]): Promise<void> {
  const options = parse(words)
  if (!installed('clang-19')) throw new Error('clang-19 is not installed: run bench/setup.sh, or leave time-to-bug out')
  const afl = installed('afl-clang-fast')
  const skipped = afl ? [] : ['AFL++: not installed, run bench/setup.sh']
  const known = [
    libFuzzer('libFuzzer', []),
    libFuzzer('libFuzzer, value profile', ['-use_value_profile=1']),
    ...(afl ? [aflpp()] : []),
  ]
  const peers = known.filter(({ name }) =>
    options.peers.some((part) => name.endsWith(part) || name.startsWith(`${part} `)),
  )
  const all: Measured[] = []
  const rowsSoFar = (): Row[] => [...meanRows(all.filter(({ theirs }) => theirs.size > 0)), ...all.flatMap(rowsOf)]
  // After each target: a run that is cut short leaves what it measured.
  const take = async (measured: Measured): Promise<void> => {
    all.push(measured)
    console.log(line(measured))
    if (options.save) await save('time-to-bug', options.command, rowsSoFar(), skipped)
  }
  for (const bug of BUG_TARGETS) {
    const name = bug.target.name.replace('bug-', '')
    if (options.only.length > 0 && !options.only.includes(name)) continue
    await take(await measure(bug, name, ours(options.without, false), peers, options))
    if (bug.twin) await take(await measure(bug, `${name}, AssemblyScript`, ours(options.without, true), [], options))
  }
  const rows = rowsSoFar()
  console.log(`\n${textTable(rows.filter(({ met }) => met === false))}\n\n${summary(rows)}`)
  for (const text of skipped) console.log(`skipped ${text}`)
}
