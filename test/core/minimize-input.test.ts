import { describe, expect, test } from 'vitest'
import type { Goal } from '../../src/core/minimize/goal.ts'
import { minimizeInput, type Minimized, type MinimizeOptions } from '../../src/core/minimize/minimize-input.ts'
import type { Measured, WorkerLink } from '../../src/core/worker/protocol.ts'
import { WorkerService } from '../../src/core/worker/worker-service.ts'
import { prepareTarget } from '../../src/core/target/prepare.ts'
import { readArtifact } from '../support/artifacts.ts'
import { input, wat } from '../support/targets.ts'
import { forever, NO_TARGET, scriptedLink } from './scripted-worker.ts'

/** Traps at the first "!", loops for ever at "~", and otherwise counts the letters "a". */
const SCANNER = wat(`(module (memory (export "memory") 1)
  (func $bang (unreachable))
  (func (export "LLVMFuzzerTestOneInput") (param $at i32) (param $left i32) (result i32)
    (local $byte i32) (local $seen i32)
    (block $end (loop $next
      (br_if $end (i32.eqz (local.get $left)))
      (local.set $byte (i32.load8_u (local.get $at)))
      (if (i32.eq (local.get $byte) (i32.const 33)) (then (call $bang)))
      (if (i32.eq (local.get $byte) (i32.const 126)) (then (loop $ever (br $ever))))
      (if (i32.eq (local.get $byte) (i32.const 97)) (then (local.set $seen (i32.add (local.get $seen) (i32.const 1)))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (local.set $left (i32.sub (local.get $left) (i32.const 1)))
      (br $next)))
    (i32.const 0)))`)

/** A worker in this very thread. */
function localLink(): WorkerLink {
  return { api: new WorkerService(), died: forever(), terminate: async () => {} }
}

interface Result extends Minimized {
  readonly text: string
  readonly better: readonly number[]
}

async function minimize(text: string, options: Partial<MinimizeOptions> = {}): Promise<Result> {
  const better: number[] = []
  const minimized = await minimizeInput(
    {
      target: options.target ?? (await prepareTarget(SCANNER, { limits: { fuel: 20_000 } })),
      engine: await readArtifact('build/engine.wasm'),
      startWorker: localLink,
      patienceMs: 60_000,
      exact: false,
      timeMs: Infinity,
      runs: null,
      signal: null,
      onGoal: () => {},
      onBetter: ({ length }) => better.push(length),
      ...options,
    },
    input(text),
  )
  return { ...minimized, text: new TextDecoder().decode(minimized.best), better }
}

describe('minimizing an input', () => {
  test('that traps keeps its key and nothing else', async () => {
    const { text, goal, ended, better } = await minimize('some aaa text! and what comes after')
    expect(text).toBe('!')
    expect(goal).toMatchObject({ keeps: 'trap', trap: { trap: 'unreachable' } })
    expect(ended).toBe('smallest')
    expect(better.at(-1)).toBe(1)
  })

  test('that hangs works as well', async () => {
    expect(await minimize('text ~ more')).toMatchObject({ text: '~', goal: { trap: { trap: 'timeout' } } })
  })

  test('that returns keeps its edges, however often they run', async () => {
    const text = expect.stringMatching(/^(a0|0a)$/)
    expect(await minimize('xxaaaaaaaxxxxxxx')).toMatchObject({ text, goal: { keeps: 'edges' } })
  })

  test('keeps how often each edge runs, in buckets, where that is asked for', async () => {
    const { text, goal } = await minimize(`xxaaaaaaa${'x'.repeat(20)}`, { exact: true })
    expect(goal).toMatchObject({ keeps: 'features' })
    // Four to seven times "a", and sixteen to 31 turns of the loop.
    expect(text.split('').filter((character) => character === 'a')).toHaveLength(4)
    expect(text.length).toBeLessThan(29)
    expect(text.length).toBeGreaterThan(15)
  })

  test('ends with the best so far when its runs are used up', async () => {
    const { text, ended, executions, better } = await minimize('some aaa text! and what comes after', { runs: 3 })
    expect(ended).toBe('runs')
    expect(executions).toBe(5)
    expect(text).toContain('!')
    expect(text.length).toBe(better.at(-1))
  })

  test('ends with the best so far when its time is up', async () => {
    expect(await minimize('text!', { timeMs: 0 })).toMatchObject({ text: 'text!', ended: 'time' })
  })

  test('stopped in the middle of a candidate that hangs ends with the best so far', async () => {
    const abort = new AbortController()
    let asked = 0
    const startWorker = (): WorkerLink =>
      scriptedLink({
        measure: ([candidate]) => {
          if (++asked <= 4) return { measured: [returned(candidate!)] }
          abort.abort()
          return forever()
        },
      })
    const minimized = await minimize('twelve bytes', { target: NO_TARGET, startWorker, signal: abort.signal })
    expect(minimized).toMatchObject({ ended: 'stopped', executions: 4 })
    expect(minimized.text.length).toBeLessThan(12)
  })

  test('that loses its worker is minimized with a worker for each such candidate', async () => {
    let started = 0
    const startWorker = (): WorkerLink => {
      started++
      return scriptedLink({
        measure: ([candidate], die) => {
          if (!candidate!.includes(33)) return { measured: [returned(candidate!)] }
          die({ reason: 'memory', message: 'it ran out of memory' })
          return forever()
        },
      })
    }
    const goals: Goal[] = []
    const onGoal = (goal: Goal): void => void goals.push(goal)
    const { text } = await minimize('twelve!bytes', { target: NO_TARGET, startWorker, onGoal })
    expect(text).toBe('!')
    expect(goals).toMatchObject([{ trap: { trap: 'memory-limit' } }])
    expect(started).toBeGreaterThan(3)
  })

  test('that does not do the same twice is refused: E_INPUT_UNSTABLE', async () => {
    let asked = 0
    const startWorker = (): WorkerLink =>
      scriptedLink({
        measure: () => ({ measured: [{ ...returned(new Uint8Array()), features: Uint32Array.of(++asked << 8) }] }),
      })
    await expect(minimize('text', { target: NO_TARGET, startWorker })).rejects.toMatchObject({
      code: 'E_INPUT_UNSTABLE',
    })
  })
})

function returned(candidate: Uint8Array): Measured {
  return { outcome: { kind: 'ok', result: 0 }, features: Uint32Array.of(candidate.length > 0 ? 257 : 513), cost: 1 }
}
