// The example of the README: its planted bug must be found, and found for the reason that the file gives.
import { expect, test } from 'vitest'

import { fuzz, openExample } from './rig.ts'

const EXECUTIONS_MAX = 20_000_000
const json = { target: 'examples/json.ts' }

test('accepts and refuses documents without a trap', async () => {
  const sandbox = await openExample(json)
  const documents = ['{"a":[1,-2.5e3,true,false,null,"\\ud83d\\ude00"]}', '[1,]', '"\xff"', '1e400', '0.5e-21', '']
  const outcomes = documents.map((document) => sandbox.runOnce(Buffer.from(document, 'latin1')).kind)
  expect(outcomes).toEqual(documents.map(() => 'ok'))
})

test('traps where more digits follow the point than the table has powers', async () => {
  const sandbox = await openExample(json)
  expect(sandbox.runOnce(Buffer.from('0.00000000000000000000001'))).toMatchObject({ kind: 'trap', trap: 'abort' })
  expect(sandbox.runOnce(Buffer.from('1.5e-22'))).toMatchObject({ kind: 'trap', trap: 'abort' })
})

test('loses its bug to the fuzzer without any seed', async () => {
  const sandbox = await openExample(json)
  const { traps } = fuzz(sandbox, [new Uint8Array(0)], EXECUTIONS_MAX)
  expect(traps).toHaveLength(1)
  expect(traps[0]).toMatchObject({ kind: 'abort', outcome: { kind: 'trap' } })
})
