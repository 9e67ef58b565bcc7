// Tells whether files of a corpus and of findings are whole: every name says what is in the file.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const sha1 = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex')

/** Names of the files that are not what they are called; leftovers of ours, which the next run sweeps, aside. */
export function tornFiles(corpus: string, findings: string): string[] {
  const tornInputs = namesIn(corpus).filter((name) => sha1(readFileSync(join(corpus, name))) !== name)
  const tornFindings = namesIn(findings).filter((name) => {
    const bytes = readFileSync(join(findings, name))
    if (!name.endsWith('.json')) return name !== `crash-${sha1(bytes)}`
    return typeof (JSON.parse(bytes.toString()) as { key: unknown }).key !== 'string'
  })
  return [...tornInputs, ...tornFindings]
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith('.fuzzbox-'))
  } catch {
    return []
  }
}

/** A fixed sequence of numbers below `below`: Lehmer's generator, so that a failure comes again. */
export function* numbers(seed: number, below: number): Generator<number, never> {
  for (let state = seed; ; state = (state * 48_271) % 2_147_483_647) yield state % below
}
