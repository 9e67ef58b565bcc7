import { describe, expect, test } from 'vitest'
import { isOurs } from '../../src/cli/errors.ts'
import { nodeErrors, reasonOf } from '../../src/node/errors.ts'

const DENIED = new Error("EACCES: permission denied, open '/x'")

describe('errors', () => {
  test.each(['E_INTERNAL', 'E_ENGINE', 'E_ENGINE_MISSING', 'E_PREPARE', 'E_WORKERS_LOST'])(
    '%s is one of ours: exit code 1',
    (code) => expect(isOurs(code)).toBe(true),
  )

  test.each(['E_USAGE', 'E_NOT_WASM', 'E_INIT_TRAP'])('%s is for the user to mend: exit code 2', (code) =>
    expect(isOurs(code)).toBe(false),
  )

  test('say what the operating system said, without repeating the path', () => {
    expect(reasonOf(DENIED)).toBe('permission denied')
    expect(nodeErrors.inputUnreadable('/x', DENIED)).toMatchObject({
      code: 'E_INPUT_UNREADABLE',
      message: 'the input /x cannot be read (permission denied); check who may read it',
    })
  })

  test('name what to do when a part of fuzzbox is missing or lost', () => {
    expect(nodeErrors.engineMissing('e.wasm')).toMatchObject({
      code: 'E_ENGINE_MISSING',
      message: expect.stringContaining('npm run build'),
    })
    expect(nodeErrors.prepareDied('x.wasm', 'it ran out of memory').code).toBe('E_PREPARE')
  })
})
