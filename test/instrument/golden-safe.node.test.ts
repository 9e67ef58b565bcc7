// Golden tests of the passes imports, limits and bridge. The first line of each input holds its options, as JSON.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { InstrumentOptions } from '../../instrument/types.ts'
import { golden, goldenNames, only } from '../golden/golden.ts'

describe.each(['imports', 'limits', 'bridge'] as const)('pass %s', (pass) => {
  test.each(goldenNames(pass))('rewrites %s as reviewed', (name) => {
    const input = readFileSync(join(import.meta.dirname, '../golden', pass, `${name}.wat`), 'utf8')
    const changes = JSON.parse(input.slice(2, input.indexOf('\n'))) as Partial<InstrumentOptions>
    const { actual, expected } = golden(pass, name, only([pass], changes))
    expect(actual).toBe(expected)
  })
})
