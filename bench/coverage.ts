// Edges of real C libraries reached in equal CPU time, from an empty corpus and without a dictionary. Each fuzzer's corpus
// is executed by one neutral build, whose counters judge all of them alike.
import { parseArgs } from 'node:util'

import { installed } from './lib/build.ts'
import { aflpp, libFuzzer, ours, type Grower } from './lib/corpus-trials.ts'
import { edgesOf } from './lib/edges.ts'
import { mannWhitney, smallerShare } from './lib/rank-statistics.ts'
import { row, save, type Row } from './lib/result.ts'
import { median } from './lib/statistics.ts'
import { figure, textTable } from './lib/table.ts'
import { libraryTargets, type CTarget } from './lib/targets.ts'

const EDGES_GOAL = 1

interface Options {
  readonly seconds: number
  readonly seeds: number
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
      seconds: { type: 'string', default: '60' },
      seeds: { type: 'string', default: '10' },
      only: { type: 'string', default: '' },
      peers: { type: 'string', default: 'libFuzzer,AFL++' },
      without: { type: 'string', default: '' },
      'no-save': { type: 'boolean', default: false },
    },
  })
  const list = (text: string): string[] => text.split(',').filter(Boolean)
  return {
    seconds: Number(values.seconds),
    seeds: Number(values.seeds),
    only: list(values.only),
    peers: list(values.peers),
    without: list(values.without),
    command: ['npm run bench -- coverage', ...words].join(' '),
    save: !values['no-save'] && values.without === '' && values.only === '',
  }
}

/** The edges that each grower's corpora reach, seed by seed. */
async function measure(target: CTarget, growers: readonly Grower[], options: Options): Promise<Map<string, number[]>> {
  const edges = new Map<string, number[]>(growers.map(({ name }) => [name, []]))
  for (let seed = 1; seed <= options.seeds; seed++) {
    for (const grower of seed % 2 === 1 ? growers : growers.toReversed()) {
      const { inputs } = await grower.grow(target, seed, options.seconds)
      edges.get(grower.name)!.push(await edgesOf(target, inputs))
    }
  }
  return edges
}

function rowsOf(target: CTarget, own: readonly number[], theirs: ReadonlyMap<string, readonly number[]>): Row[] {
  return [...theirs].map(([peer, edges]) => ({
    ...row({
      target: target.name,
      metric: 'edges of the neutral build, same CPU time',
      unit: 'edges',
      ours: own,
      peer,
      theirs: edges,
      goal: EDGES_GOAL,
    }),
    smallerShare: smallerShare(own, edges),
    p: mannWhitney(own, edges),
  }))
}

export async function coverage(words: string[]): Promise<void> {
  const options = parse(words)
  if (!installed('clang-19')) throw new Error('clang-19 is not installed: run bench/setup.sh, or leave coverage out')
  const afl = installed('afl-clang-fast')
  const { targets, missing } = libraryTargets()
  const skipped = missing.map((name) => `${name}: its source is missing, run bench/setup.sh`)
  if (!afl) skipped.push('AFL++: not installed, run bench/setup.sh')
  const own = ours(options.without)
  const peers = [libFuzzer(), ...(afl ? [aflpp()] : [])].filter(({ name }) =>
    options.peers.some((part) => name.startsWith(part)),
  )
  const rows: Row[] = []
  for (const target of targets) {
    if (options.only.length > 0 && !options.only.includes(target.name)) continue
    const edges = await measure(target, [own, ...peers], options)
    const texts = [...edges].map(([name, counts]) => `${name} ${figure(median(counts))} (${counts.join(', ')})`)
    console.log(`${target.name.padEnd(6)} ${texts.join(' | ')}`)
    const ownEdges = edges.get(own.name)!
    edges.delete(own.name)
    rows.push(...rowsOf(target, ownEdges, edges))
    // After each target: a run that is cut short leaves what it measured.
    if (options.save) await save('coverage', options.command, rows, skipped)
  }
  if (rows.length > 0) console.log(`\n${textTable(rows)}`)
  for (const text of skipped) console.log(`skipped ${text}`)
}
