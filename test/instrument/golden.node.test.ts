// What the passes `pages`, `edges` and the depth part of `limits` make of each kind of expression, letter for letter.
import { expect, test } from 'vitest'
import { golden, goldenNames, only } from '../golden/golden.ts'
import type { PassName } from '../../instrument/types.ts'

const FOLDERS: readonly (readonly [string, PassName])[] = [
  ['pages', 'pages'],
  ['edges', 'edges'],
  ['depth', 'limits'],
]

for (const [folder, pass] of FOLDERS)
  for (const name of goldenNames(folder))
    test(`${folder}/${name}.wat becomes ${name}.out.wat`, () => {
      const { actual, expected } = golden(folder, name, only([pass]))
      expect(actual).toBe(expected)
    })
