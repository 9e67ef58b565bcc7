// What the passes `pages`, `edges`, `fork` and the depth part of `limits` make of each kind of expression, letter for letter.
import { expect, test } from 'vitest'
import { golden, goldenNames, only } from '../golden/golden.ts'
import type { PassName } from '../../instrument/types.ts'

const FOLDERS: readonly (readonly [string, PassName])[] = [
  ['pages', 'pages'],
  ['edges', 'edges'],
  ['depth', 'limits'],
  ['fork', 'fork'],
]

const FORKS = {
  forkAt: ['fuzzbox reachable'],
  provided: {
    'fuzzbox reachable': { params: ['i32', 'i32'], results: [] },
    'fuzzbox random': { params: [], results: ['i32'] },
  },
} as const

for (const [folder, pass] of FOLDERS)
  for (const name of goldenNames(folder))
    test(`${folder}/${name}.wat becomes ${name}.out.wat`, () => {
      const { actual, expected } = golden(folder, name, only([pass], pass === 'fork' ? FORKS : {}))
      expect(actual).toBe(expected)
    })
