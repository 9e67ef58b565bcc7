// Mutators that a target brings along: they lead where bytes that are changed blindly do not, and what goes wrong in one of
// them ends neither the campaign nor an input's good name.
import { beforeAll, describe, expect, test } from 'vitest'
import { MemoryCorpus } from '../../src/core/campaign/corpus.ts'
import type { TargetSource } from '../../src/core/target/load.ts'
import { readArtifactText } from '../support/artifacts.ts'
import { openTarget, refusal, wat } from '../support/targets.ts'
import { campaignHere, engineHere } from './here.ts'

beforeAll(engineHere)

/** The sum of all bytes but the last four stands in them, times a large odd number: nothing else gets further. */
const SUM = `(func $sum (param $p i32) (param $n i32) (result i32) (local $s i32)
  (loop $next
    (if (local.get $n) (then
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (local.set $s (i32.mul (i32.add (local.get $s) (i32.load8_u (i32.add (local.get $p) (local.get $n)))) (i32.const 0x9e3779b1)))
      (br $next))))
  (local.get $s))`
const ENTRY = `(func (export "LLVMFuzzerTestOneInput") (param $p i32) (param $n i32) (result i32)
  (if (i32.lt_u (local.get $n) (i32.const 8)) (then (return (i32.const 0))))
  (if (i32.eqz (i32.eqz (i32.xor
      (call $sum (local.get $p) (i32.sub (local.get $n) (i32.const 4)))
      (i32.load (i32.sub (i32.add (local.get $p) (local.get $n)) (i32.const 4))))))
    (then (return (i32.const 0))))
  (if (i32.eq (i32.load8_u (local.get $p)) (i32.const 66)) (then unreachable))
  (i32.const 0))`
/** Changes all but the last four bytes by libFuzzer's own means, and mends the sum. */
const MENDING = `(func (export "LLVMFuzzerCustomMutator") (param $p i32) (param $n i32) (param $most i32) (param $seed i32) (result i32)
  (local.set $n (call $mutate (local.get $p) (select (i32.sub (local.get $n) (i32.const 4)) (i32.const 4) (i32.ge_u (local.get $n) (i32.const 8)))
    (i32.sub (local.get $most) (i32.const 4))))
  (if (i32.lt_u (local.get $n) (i32.const 4)) (then (local.set $n (i32.const 4))))
  (i32.store (i32.add (local.get $p) (local.get $n)) (call $sum (local.get $p) (local.get $n)))
  (i32.add (local.get $n) (i32.const 4)))`
const IMPORT = '(import "env" "LLVMFuzzerMutate" (func $mutate (param i32 i32 i32) (result i32)))'

function target(mutator: string, entry = ENTRY): string {
  return `(module ${IMPORT} (memory (export "memory") 1) (global $calls (mut i32) (i32.const 0)) (table 1 funcref) (data $d "abc") ${SUM} ${entry} ${mutator})`
}
const custom = (body: string): string =>
  `(func $wrong (export "LLVMFuzzerCustomMutator") (param $p i32) (param $n i32) (param $most i32) (param $seed i32) (result i32) ${body})`

/** Executions until the bug; null where `most` did not do. */
async function executionsToBug(text: string, most: number): Promise<number | null> {
  const sandbox = await openTarget(wat(text), { inputMax: 32 })
  sandbox.addInput(new Uint8Array(16))
  while (sandbox.executionsBegun() < most) {
    const { ended } = sandbox.slice(most - sandbox.executionsBegun())
    sandbox.drainDiscoveries()
    if (ended === 'trap') return sandbox.executionsBegun()
    if (ended === 'state-lost') sandbox.renewInstance()
  }
  return null
}

describe("a target's own mutator", () => {
  test('mends what mutation breaks', async () => {
    expect(await executionsToBug(target(MENDING), 5_000)).not.toBeNull()
    expect(await executionsToBug(target(''), 5_000)).toBeNull()
  })

  test('makes the same inputs from the same seed', async () => {
    const found = async (): Promise<string[]> => {
      const corpus = new MemoryCorpus()
      await campaignHere({
        module: wat(target(MENDING)),
        corpus,
        seed: 3,
        limits: { runs: 3_000 },
        deterministic: true,
        stopOnFinding: false,
      })
      return [...corpus.inputs.keys()]
    }
    const first = await found()
    expect(first.length).toBeGreaterThan(1)
    expect(await found()).toEqual(first)
  })

  test('leaves nothing behind for the run that follows, and its code counts as nothing reached', async () => {
    const counting = custom('(global.set $calls (i32.const 1)) (i32.store (i32.const 64) (i32.const 7)) (local.get $n)')
    const entry = `(func (export "LLVMFuzzerTestOneInput") (param i32 i32) (result i32)
      (if (i32.or (global.get $calls) (i32.load (i32.const 64))) (then unreachable)) (i32.const 0))`
    const sandbox = await openTarget(wat(target(counting, entry)), { inputMax: 32 })
    sandbox.addInput(new Uint8Array(4))
    expect(sandbox.slice(2_000)).toEqual({ ended: 'budget', executions: 2_000 })
    expect(sandbox.statistics().edges).toBe(1)
  })

  test('crosses two inputs', async () => {
    // The first bytes of two inputs that differ in them make the one that the bug wants.
    const crossing = `(func (export "LLVMFuzzerCustomCrossOver") (param $a i32) (param $an i32) (param $b i32) (param $bn i32)
        (param $out i32) (param $most i32) (param $seed i32) (result i32)
      (i32.store (local.get $out) (i32.add (i32.const 65)
        (i32.and (i32.xor (i32.load8_u (local.get $a)) (i32.load8_u (local.get $b))) (i32.const 1))))
      (i32.store offset=4 (local.get $out) (call $sum (local.get $out) (i32.const 4)))
      (i32.const 8))`
    const seeds = [new Uint8Array(4), new Uint8Array(16).fill(1)]
    const found = async (text: string): Promise<string> => {
      const sandbox = await openTarget(wat(text), { inputMax: 32 })
      for (const seed of seeds) sandbox.addInput(seed)
      for (;;) {
        const { ended } = sandbox.slice(5_000)
        sandbox.drainDiscoveries()
        if (ended === 'trap' || sandbox.executionsBegun() >= 5_000) return ended
      }
    }
    expect(await found(target(crossing))).toBe('trap')
    expect(await found(target(''))).toBe('budget')
  })
})

describe('a mutator that fails', () => {
  test.each([
    ['traps', '(unreachable)', /unreachable in wrong/],
    ['never ends', '(loop $l (br $l)) (unreachable)', /loop|timeout|steps/i],
    ['reads out of bounds', '(i32.load (i32.const -4))', /bounds/],
    [
      'calls itself without end',
      '(call $wrong (local.get $p) (local.get $n) (local.get $most) (local.get $seed))',
      /stack|nested/i,
    ],
    ['mutates out of bounds', '(call $mutate (i32.const -4) (i32.const 32) (i32.const 32))', /bounds/],
    ['changes what cannot be brought back', '(data.drop $d) (local.get $n)', /brought back/],
  ])('%s: the campaign says so once and goes on without it', async (_, body, said) => {
    const { end, events } = await campaignHere({
      module: wat(target(custom(body))),
      seed: 1,
      limits: { runs: 500 },
      workers: 2,
    })
    const warnings = events.filter((event) => event.type === 'warning')
    expect(warnings.map(({ code }) => code)).toEqual(['W_MUTATOR_LOST'])
    expect(warnings[0]!.message).toMatch(said)
    expect(end).toMatchObject({ reason: 'runs', executions: 500, findings: [] })
  })

  test('claims more bytes than there may be: they are cut', async () => {
    const sandbox = await openTarget(wat(target(custom('(i32.const -1)'))), { inputMax: 32 })
    sandbox.addInput(new Uint8Array(16))
    expect(sandbox.slice(2_000).ended).toBe('budget')
    expect(sandbox.mutatorsLost()).toBeNull()
    expect(sandbox.currentInput().length).toBeLessThanOrEqual(32)
  })

  test('has another shape than libFuzzer gives it: it is refused', async () => {
    const text = target('(func (export "LLVMFuzzerCustomMutator") (param i32) (result i32) (i32.const 0))')
    expect(await refusal(openTarget(wat(text)))).toMatchObject({ code: 'E_MUTATOR_SIGNATURE' })
  })
})

/** A mutator as a file, beside those of the example. */
const file = (text: string): TargetSource => ({
  kind: 'assemblyscript',
  name: 'folder/mutator.ts',
  text,
  readFile: async (path) => (path === 'sum.ts' ? await readArtifactText('examples/checksum/sum.ts') : null),
})

describe('a mutator in a file of its own', () => {
  test('serves a target that has none, and finds what it is for', async () => {
    const { end } = await campaignHere({
      module: wat(target('')),
      mutator: file(await readArtifactText('examples/checksum/mutator.ts')),
      seed: 1,
      workers: 1,
      limits: { runs: 20_000, maxLen: 32 },
      stopOnFinding: true,
    })
    expect(end.reason).toBe('finding')
    expect(end.findings[0]!.message).toMatch(/unreachable/)
    expect(end.edgesTotal).toBeGreaterThan(3)
  })

  test.each([
    ['exports no mutator', wat(target('')), file('export function mutate(): void {}'), 'E_MUTATOR_MISSING'],
    ['is not AssemblyScript', wat(target('')), wat('(module)'), 'E_MUTATOR_FILE'],
    [
      'is for a target that reads its input',
      wat('(module (memory (export "memory") 1) (func (export "_start")))'),
      file(''),
      'E_MUTATOR_ENTRY',
    ],
  ])('%s: it is refused', async (_, module, mutator, code) => {
    expect(await refusal(openTarget(module, { mutator }))).toMatchObject({ code })
  })
})
