// docs/threat-model.md claims nothing that no test holds.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './tidy/files.ts'

const page = readFileSync(join(root, 'docs/threat-model.md'), 'utf8')

interface Claim {
  readonly claim: string
  readonly file: string | undefined
  readonly name: string | undefined
}

/** Rows of the tables whose second column is headed "test". */
const claims: readonly Claim[] = [...page.matchAll(/^\|[^|\n]*\| test +\|\n\|[-| ]+\|\n((?:\|.*\n)+)/gm)].flatMap(
  ([, rows = '']) =>
    rows
      .trimEnd()
      .split('\n')
      .map((row) => {
        const [, claim = '', named = ''] = row.split('|').map((cell) => cell.trim())
        const [, file, name] = /^`(test\/[^`]+)`: (.+)$/.exec(named) ?? []
        return { claim, file, name }
      }),
)

test('each of the three places has its claims', () => {
  expect(claims.length).toBeGreaterThan(20)
})

test.each(claims)('a module cannot $claim', ({ file, name }) => {
  expect(file, 'a claim without a test').toBeDefined()
  const text = readFileSync(join(root, file as string), 'utf8')
  const quoted = ["'", '"', '`'].map((quote) => `test(${quote}${name}${quote}`)
  expect(
    quoted.some((call) => text.includes(call)),
    `${file} has no test of that name`,
  ).toBe(true)
})
