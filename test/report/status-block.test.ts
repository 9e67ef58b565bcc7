import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { StatusEvent } from '../../src/core/campaign/events.ts'
import { STATUS_LINES_MAX } from '../../src/core/limits.ts'
import { fit, widthOf, wrapped } from '../../src/report/fit.ts'
import { Sparkline } from '../../src/report/sparkline.ts'
import { statusBlock } from '../../src/report/status-block.ts'
import { finding, status } from './events.ts'

function block(changes: Partial<StatusEvent>, columns: number, findings = 0, target = 'x.wasm'): string[] {
  const growth = new Sparkline(64)
  for (let edges = 0; edges < 100; edges++) growth.add(edges)
  const found = Array.from({ length: findings }, (_, i) => finding({ message: `finding ${i}` }))
  return statusBlock({ target, status: status(changes), findings: found, growth }, columns)
}

describe('the block of a campaign', () => {
  test('has every number in two columns where there is room', () => {
    const numbers = { elapsedMs: 125_000, executions: 13_026_375, findings: 3, restarts: 1, lastNewMs: 121_800 }
    expect(block(numbers, 79, 3)).toEqual([
      'fuzzbox x.wasm  fuzzing, 2 min 5 s',
      '  speed     52,000 /s             executions  13,026,375',
      '  edges     5 of 20, 25 %         features    7',
      '  inputs    3, 2 KiB              new         2, last 3.2 s ago',
      '  length    up to 64 B            workers     2, 1 replaced',
      expect.stringMatching(/^ {2}findings {2}3 {21}growth {6}▁[▁-█]{30,32}█$/),
      '    finding 0 in parse',
      '    finding 1 in parse',
      '    finding 2 in parse',
      '  Ctrl-C ends with a summary, twice at once',
    ])
  })

  test('has them in one column on a narrow terminal, the latest finding last', () => {
    const numbers = {
      elapsedMs: 125_000,
      executions: 1.3e12,
      executionsPerSecond: 1_204_211,
      edges: 1_234,
      findings: 3,
    }
    expect(block({ ...numbers, edgesTotal: 5_678, restarts: 2, lastNewMs: 900 }, 19, 3, 'a/long/path/x.wasm')).toEqual([
      'x.wasm, 2 min 5 s',
      'fuzzing',
      'speed    1.2M /s',
      'runs     1.3T',
      'edges    1,234',
      'features 7',
      'inputs   3, 2 new',
      'last new 2 min 4 s',
      'workers  2 (+2)',
      'findings 3',
      '    finding 2 in p…',
      'Ctrl-C ends it',
    ])
  })

  test('says how far the warm-up is, and what is done when the campaign is over', () => {
    const warmup = { phase: 'warmup', warmup: { done: 120, total: 4_000 }, inputsNew: 0 } as const
    expect(block(warmup, 79)[0]).toBe('fuzzbox x.wasm  warm-up 120/4,000, 1.0 s')
    expect(block(warmup, 19).slice(0, 2)).toEqual(['x.wasm, 1.0 s', 'warm-up 120/4,000'])
    expect(block(warmup, 19)).toContain('last new none')
    expect(block({ phase: 'shrink' }, 79)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^fuzzbox.*shrinking/)]),
    )
    expect(block({ phase: 'stop' }, 79).at(-1)).toBe('  Ctrl-C ends at once')
  })

  test('never grows beyond its lines, nor beyond any width, whatever it shows', () => {
    const numbers = fc.record({
      executions: fc.integer({ min: 0, max: 1e15 }),
      executionsPerSecond: fc.nat(),
      edges: fc.nat(1e9),
      edgesTotal: fc.nat(1e9),
      corpus: fc.nat(1e6),
      inputsNew: fc.nat(1e6),
      elapsedMs: fc.nat(),
      restarts: fc.nat(1_000),
      phase: fc.constantFrom('load', 'warmup', 'fuzz', 'shrink', 'stop'),
    })
    const name = fc.string({ unit: 'binary', maxLength: 300 })
    fc.assert(
      fc.property(
        numbers,
        name,
        fc.nat(30),
        fc.integer({ min: 19, max: 200 }),
        (changes, target, findings, columns) => {
          const lines = block(changes as Partial<StatusEvent>, columns, findings, target)
          expect(lines.length).toBeLessThanOrEqual(STATUS_LINES_MAX)
          for (const line of lines) {
            expect(widthOf(line)).toBeLessThanOrEqual(columns)
            expect(line).not.toMatch(/[\n\r\x1b]/)
          }
        },
      ),
    )
  })
})

describe('a curve', () => {
  test('shows the whole campaign however long it lasts, the newest point at its end', () => {
    const curve = new Sparkline(16)
    for (let value = 0; value <= 10_000; value++) curve.add(Math.min(value, 5_000))
    expect(curve.text(40)).toMatch(/^▁.*█$/)
    expect(curve.text(40).length).toBeLessThan(16)
    expect(curve.text(40)).toMatch(/█{3,}$/)
    expect(curve.text(8)).toHaveLength(8)
  })

  test('is left out while there is none', () => {
    const curve = new Sparkline(16)
    for (let count = 0; count < 12; count++) curve.add(7)
    expect(curve.text(40)).toBe('')
    curve.add(8)
    expect(curve.text(40)).not.toBe('')
    expect(curve.text(5)).toBe('')
    expect(new Sparkline(16).text(40)).toBe('')
  })
})

describe('text in its place', () => {
  test('is cut by what it takes on a terminal', () => {
    expect(fit('abcdef', 6)).toBe('abcdef')
    expect(fit('abcdef', 5)).toBe('abcd…')
    expect(fit('日本語', 5)).toBe('日本…')
    expect(fit('🙂🙂', 3)).toBe('🙂…')
    expect(fit('abc', 0)).toBe('')
  })

  test('is broken between words only', () => {
    expect(wrapped('one two three', 7)).toEqual(['one two', 'three'])
    expect(wrapped('seventeen and 1', 4)).toEqual(['seventeen', 'and', '1'])
    expect(wrapped('one two', Infinity)).toEqual(['one two'])
  })
})
