// What was reached, told in lines of the source.
import { expect, test } from 'vitest'
import { lineAt, ReachedLines } from '../../playground/src/reached.ts'
import { linesOfSourceMap, linesOfWat, type LineTable } from '../../playground/src/lines.ts'
import { fuzz } from '../../src/node/index.ts'
import { compileAssemblyScript } from '../../src/core/target/assemblyscript.ts'
import { MemoryCorpus, MemoryFindings } from '../../src/core/campaign/corpus.ts'
import { prepareTarget } from '../../src/core/target/prepare.ts'
import type { PreparedTarget } from '../../src/core/target/prepared.ts'

/** Which lines are told as reached, and which as missing. */
async function told(target: PreparedTarget, lines: LineTable): Promise<{ reached: number[]; missing: number[] }> {
  const memory = { corpus: new MemoryCorpus(), findings: new MemoryFindings() }
  const session = fuzz({ module: target, ...memory, workers: 1, limits: { runs: 200 } })
  await session.done
  const table = new ReachedLines(target.module.map.places ?? [], lines)
  const { reached, missing } = table.update((edge) => session.hasReached(edge))
  return { reached: reached.toSorted((a, b) => a - b), missing: missing.toSorted((a, b) => a - b) }
}

/** Lines marked `yes` are reached by any input, those marked `no` by none. */
function marked(text: string): { reached: number[]; missing: number[] } {
  const lines = (word: string): number[] =>
    text.split('\n').flatMap((line, index) => (line.includes(`;; ${word}`) ? [index + 1] : []))
  return { reached: lines('yes'), missing: lines('no') }
}

const WAT = `(module
  (import "env" "absent" (func $absent))
  (memory (export "memory") 1)
  (; a comment (with parentheses) ;)
  (func $never (param $a i32) (result i32)
    (i32.add ;; no
      (local.get $a) ;; no
      (i32.const 1))) ;; no
  (func (export "LLVMFuzzerTestOneInput") (param $at i32) (param $length i32) (result i32) (local $i i32)
    (if ;; yes
      (i32.gt_u (local.get $length) (i32.const 1000000)) ;; yes
      (then
        (drop (call $never (i32.const 1))) ;; no
        (unreachable)) ;; no
      (else
        (local.set $i (i32.const 3)))) ;; yes
    (loop $again
      local.get $i ;; yes
      i32.const 1 ;; yes
      i32.sub ;; yes
      local.tee $i ;; yes
      br_if $again) ;; yes
    (block $out
      (br_if $out (i32.eqz (local.get $i))) ;; yes
      (call $absent)) ;; no
    (i32.const 0))) ;; yes
`

test('marks the lines of WebAssembly text that some input has run, and no other', async () => {
  const target = await prepareTarget({ kind: 'wat', name: 'lines.wat', text: WAT }, { places: true })
  expect(await told(target, linesOfWat(WAT, target.module.original))).toEqual(marked(WAT))
})

const ASSEMBLYSCRIPT = `export function LLVMFuzzerTestOneInput(data: usize, size: usize): i32 {
  let sum = 0
  for (let i: usize = 0; i < size; i++) { // ;; yes
    sum += load<u8>(data + i) // ;; yes
  }
  if (size > 1000000) { // ;; yes
    store<i32>(8, sum) // ;; no
    store<i32>(12, 7 * sum) // ;; no
  }
  return sum == -1 ? 1 : 0 // ;; yes
}
`

test('marks the lines of AssemblyScript by the source map of its compiler', async () => {
  let lines: LineTable = []
  const bytes = await compileAssemblyScript(
    { kind: 'assemblyscript', name: 'lines.ts', text: ASSEMBLYSCRIPT },
    { onSourceMap: (json) => (lines = linesOfSourceMap(json, 'lines.ts')) },
  )
  const target = await prepareTarget({ kind: 'wasm', name: 'lines', bytes }, { places: true })
  expect(await told(target, lines)).toEqual(marked(ASSEMBLYSCRIPT))
})

test('knows the line of an offset, and of none that lies elsewhere', () => {
  const table: LineTable = [
    [10, 1],
    [20, 0],
    [30, 7],
  ]
  expect([5, 10, 19, 20, 31, null].map((offset) => lineAt(table, offset))).toEqual([null, 1, 1, null, 7, null])
})

test('leaves lines out where text and module do not have the same instructions', async () => {
  const { module } = await prepareTarget({ kind: 'wat', name: 'lines.wat', text: WAT }, { places: true })
  const other = WAT.replace('(i32.const 1))) ;; no', '(i32.add (i32.const 1) (i32.const 1))))')
  const lines = linesOfWat(other, module.original).map(([, line]) => line)
  expect(lines).not.toContain(6)
  expect(lines).toContain(11)
})
