import { parseArgs } from 'node:util'

export interface BenchOptions {
  /** Seconds per turn of each program. */
  readonly seconds: number
  readonly pairs: number
  /** Only targets whose name contains one of these; empty means all. */
  readonly only: readonly string[]
  /** As typed, for the result file. */
  readonly command: string
  /** False leaves bench/results/ alone: a quick look, not a result. */
  readonly save: boolean
}

export function parseBenchOptions(name: string, words: string[], defaults: { seconds: number }): BenchOptions {
  const { values } = parseArgs({
    args: words,
    options: {
      seconds: { type: 'string', default: String(defaults.seconds) },
      pairs: { type: 'string', default: '5' },
      only: { type: 'string', default: '' },
      'no-save': { type: 'boolean', default: false },
    },
  })
  return {
    seconds: Number(values.seconds),
    pairs: Number(values.pairs),
    only: values.only.split(',').filter(Boolean),
    command: ['npm run bench --', name, ...words].join(' '),
    save: !values['no-save'],
  }
}

export function selected(options: BenchOptions, target: string): boolean {
  return options.only.length === 0 || options.only.some((part) => target.includes(part))
}
