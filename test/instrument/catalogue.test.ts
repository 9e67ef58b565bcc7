// The marks that a module's code calls, read without running it.
import { expect, test } from 'vitest'
import { prepareTarget } from '../../src/core/target/prepare.ts'
import { wat } from '../support/targets.ts'

const IMPORTS = `(import "fuzzbox" "sometimes" (func $sometimes (param i32 i32 i32)))
  (import "fuzzbox" "each" (func $each (param i32 i32 i32 i32 i32 i32)))
  (import "fuzzbox" "below" (func $below (param i32) (result i32)))`
const DATA = `(memory 1) (data (i32.const 16) "ready") (data (i32.const 60) "\\0c\\00\\00\\00g\\00a\\00t\\00e\\00 \\001")
  (data (i32.const -16) "far")`

async function marks(body: string, imports = IMPORTS): Promise<unknown> {
  const text = `(module ${imports} ${DATA} (func (export "simulate") (local $i i32) ${body}))`
  return (await prepareTarget(wat(text), { entry: 'simulate' })).module.map.marks
}

test('lists a mark once, whoever calls it, with its kind', async () => {
  const call = '(call $sometimes (i32.const 0) (i32.const 16) (i32.const 5))'
  const bucket = '(call $each (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16) (i32.const 4))'
  expect(await marks(`${call} (if (call $below (i32.const 2)) (then ${call})) ${bucket}`)).toEqual({
    sites: [
      { kind: 'sometimes', message: 'ready' },
      { kind: 'each', message: 'read' },
    ],
    unresolved: 0,
  })
})

test('finds the text of a string as AssemblyScript passes it', async () => {
  const length = `(i32.or (i32.shr_u (i32.load (i32.sub (local.get $i) (i32.const 4))) (i32.const 1)) (i32.const 0x80000000))`
  const body = `(local.set $i (i32.const 64)) (call $sometimes (i32.const 1) (local.get $i) ${length})`
  expect(await marks(body)).toEqual({ sites: [{ kind: 'sometimes', message: 'gate 1' }], unresolved: 0 })
})

test('counts the calls whose message only a run can tell', async () => {
  const drawn = '(call $sometimes (i32.const 1) (i32.const 16) (call $below (i32.const 5)))'
  const changed = `(local.set $i (i32.const 16)) (local.set $i (i32.const 17))
    (call $sometimes (i32.const 1) (local.get $i) (i32.const 4))`
  const nowhere = '(call $sometimes (i32.const 1) (i32.const 0x7000) (i32.const 4))'
  expect(await marks(drawn + changed + nowhere)).toEqual({ sites: [], unresolved: 3 })
})

test('says nothing of a module without marks', async () => {
  expect(
    await marks(
      '(drop (call $below (i32.const 3)))',
      '(import "fuzzbox" "below" (func $below (param i32) (result i32)))',
    ),
  ).toBe(undefined)
})
