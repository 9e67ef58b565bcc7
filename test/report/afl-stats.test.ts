import { describe, expect, test } from 'vitest'
import { AflStats, PLOT_HEADER, type AflAbout } from '../../src/report/afl-stats.ts'
import { finding, status } from './events.ts'

const ABOUT: AflAbout = {
  target: 'x.wasm',
  version: 'fuzzbox-1.2.3',
  commandLine: 'fuzzbox run x.wasm',
  processId: 4_711,
  timeoutMs: 1_000,
  residentMib: () => 81,
  nowMs: () => 1_700_000_100_500,
}

function fields(stats: AflStats): Record<string, string> {
  const lines = stats.stats()!.trimEnd().split('\n')
  return Object.fromEntries(lines.map((line) => [line.slice(0, 18).trimEnd(), line.slice(20)]))
}

describe("AFL's fuzzer_stats", () => {
  test('has the fields of AFL++ 4 in their order and form', () => {
    const stats = new AflStats(ABOUT)
    stats.event(status({ executions: 1_000, elapsedMs: 10_000, lastNewMs: 8_000, unstableEdges: 5 }))
    expect(stats.stats()!.split('\n').slice(0, 11)).toEqual([
      'start_time        : 1700000090',
      'last_update       : 1700000100',
      'run_time          : 10',
      'fuzzer_pid        : 4711',
      'cycles_done       : 0',
      'cycles_wo_finds   : 0',
      'time_wo_finds     : 2',
      'execs_done        : 1000',
      'execs_per_sec     : 100.00',
      'execs_ps_last_min : 0.00',
      'corpus_count      : 3',
    ])
    expect(fields(stats)).toMatchObject({
      corpus_found: '2',
      stability: '50.00%',
      bitmap_cvg: '25.00%',
      saved_crashes: '0',
      last_find: '1700000098',
      last_crash: '0',
      execs_since_crash: '1000',
      exec_timeout: '1000',
      peak_rss_mb: '81',
      edges_found: '5',
      total_edges: '20',
      var_byte_count: '5',
      afl_banner: 'x.wasm',
      target_mode: 'wasm',
      command_line: 'fuzzbox run x.wasm',
    })
  })

  test('tells crashes from hangs, and when the last of each came', () => {
    const stats = new AflStats(ABOUT)
    stats.event(finding({ elapsedMs: 1_000, executions: 400 }))
    stats.event(finding({ kind: 'timeout', elapsedMs: 3_000 }))
    stats.event(finding({ kind: 'memory-limit', elapsedMs: 2_000, executions: 700 }))
    stats.event(status({ executions: 1_000, elapsedMs: 10_000 }))
    expect(fields(stats)).toMatchObject({
      saved_crashes: '2',
      saved_hangs: '1',
      last_crash: '1700000092',
      last_hang: '1700000093',
      execs_since_crash: '300',
    })
  })

  test('knows the speed of the last minute', () => {
    const stats = new AflStats(ABOUT)
    stats.event(status({ executions: 5_000_000, elapsedMs: 1_000 }))
    stats.event(status({ executions: 6_000_000, elapsedMs: 100_000 }))
    stats.event(status({ executions: 6_030_000, elapsedMs: 130_000 }))
    expect(fields(stats)['execs_ps_last_min']).toBe('1000.00')
  })

  test('says nothing before the first execution, and never that there are no inputs: readers divide by both', () => {
    const stats = new AflStats(ABOUT)
    stats.event(status({ executions: 0 }))
    expect([stats.stats(), stats.plotLine()]).toEqual([null, null])
    stats.event(status({ executions: 1, corpus: 0 }))
    expect(fields(stats)['corpus_count']).toBe('1')
  })

  test('gives a shell that runs it nothing to do', () => {
    const hostile = 'x$(touch y)`id`"; rm -rf z \\\n!!\r'
    const stats = new AflStats({ ...ABOUT, target: hostile, commandLine: hostile })
    stats.event(status())
    expect(stats.stats()).not.toMatch(/[$`"\\!\r]/)
    expect(stats.stats()!.trimEnd().split('\n')).toHaveLength(43)
    expect(fields(stats)['afl_banner']).toBe('x_(touch y)_id__; rm -rf z _____')
  })
})

test('plot_data has a column for each name of its header', () => {
  const stats = new AflStats(ABOUT)
  stats.event(finding())
  stats.event(status({ executions: 9_000, elapsedMs: 7_900, executionsPerSecond: 1_200 }))
  expect(stats.plotLine()).toBe('7, 0, 0, 3, 0, 0, 25.00%, 1, 0, 0, 1200.00, 9000, 5\n')
  expect(PLOT_HEADER).toMatch(/^# relative_time, .*edges_found\n$/)
  expect(PLOT_HEADER.split(',')).toHaveLength(stats.plotLine()!.split(',').length)
})
