import { expect, test } from 'vitest'
import { cliReference } from '../../src/cli/reference.ts'

test('docs/cli.md says what the option table says (`npm run docs` writes it anew)', async () => {
  await expect(cliReference()).toMatchFileSnapshot('../../docs/cli.md')
})
