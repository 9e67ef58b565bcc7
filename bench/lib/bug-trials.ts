// One trial of each fuzzer on a target with a known bug: from an empty corpus until it is found, or the CPU time is spent.
// Start-up is not counted for anybody: ours ends where the campaign has begun, the peers' is measured apart, once for each
// target.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { AFL_ENVIRONMENT } from './aflpp.ts'
import type { BugTarget } from './bug-targets.ts'
import { build } from './build.ts'
import { runCampaign } from './campaign.ts'
import { launch, type Launched } from './launch.ts'

export interface Trial {
  readonly found: boolean
  readonly executions: number
  /** To the finding; what was given, where there is none. */
  readonly cpuSeconds: number
}

export interface Contestant {
  readonly name: string
  trial(bug: BugTarget, seed: number, capSeconds: number): Promise<Trial>
}

/** What is left of a trial after its start-up; one that took longer than it was given is lost. */
function settled(found: boolean, executions: number, cpuSeconds: number, capSeconds: number): Trial {
  const inTime = found && cpuSeconds <= capSeconds
  return { found: inTime, executions, cpuSeconds: inTime ? Math.max(cpuSeconds, 0.001) : capSeconds }
}

/** A whole campaign with one worker. The finding is confirmed but not shrunk: the peers do not shrink either. */
export function ours(without: readonly string[], twins: boolean): Contestant {
  return {
    name: twins ? 'fuzzbox, AssemblyScript' : 'fuzzbox',
    async trial({ target, twin }, seed, capSeconds) {
      const module = twins && twin ? twin : build(target, 'wasm')
      const { lengthMax } = target
      const run = await runCampaign(
        { module, seed, lengthMax, cpuSeconds: capSeconds, stopAt: '', shrinks: false, without },
        true,
      )
      const { executions, cpuSeconds } = run.found ?? run
      return settled(run.found !== null, executions, cpuSeconds, capSeconds)
    },
  }
}

type Start = (bug: BugTarget, folder: string, seed: number) => readonly string[]

async function inFolder<Value>(work: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = mkdtempSync(join(tmpdir(), 'fuzzbox-bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Measures the start-up of a peer once for each target. */
function startUps(measure: (bug: BugTarget) => Promise<number>): (bug: BugTarget) => Promise<number> {
  const known = new Map<string, number>()
  return async (bug) => {
    const { name } = bug.target
    if (!known.has(name)) known.set(name, await measure(bug))
    return known.get(name)!
  }
}

function executionsOf(log: string): number {
  return Number(/number_of_executed_units: (\d+)/.exec(log)?.[1] ?? 0)
}

export function libFuzzer(name: string, flags: readonly string[]): Contestant {
  const words: Start = ({ target }, folder, seed) => [
    build(target, 'libfuzzer'),
    ...flags,
    `-max_len=${target.lengthMax}`,
    `-seed=${seed}`,
    '-print_final_stats=1',
    `-artifact_prefix=${folder}/`,
  ]
  const startUp = startUps((bug) =>
    inFolder(async (cwd) => (await launch([...words(bug, cwd, 1), '-runs=1'], { cwd })).cpuSeconds),
  )
  return {
    name,
    async trial(bug, seed, capSeconds) {
      const first = await startUp(bug)
      return inFolder(async (cwd) => {
        const done = await launch(words(bug, cwd, seed), { cwd, cpuSecondsMax: capSeconds + first })
        const found = readdirSync(cwd).some((file) => file.startsWith('crash-'))
        return settled(found, executionsOf(done.stderr), done.cpuSeconds - first, capSeconds)
      })
    },
  }
}

/** AFL++ in persistent mode with shared-memory input and CmpLog in the same program: Debian's 4.04 needs it so. */
export function aflpp(): Contestant {
  const start = async (
    { target }: BugTarget,
    cwd: string,
    seed: number,
    more: readonly string[],
    cpuSecondsMax: number,
  ): Promise<Launched> => {
    const program = build(target, 'afl-cmplog')
    mkdirSync(join(cwd, 'in'))
    writeFileSync(join(cwd, 'in', 'one'), 'a')
    const limits = ['-G', String(target.lengthMax), '-s', String(seed), '-c', '0', ...more]
    const words = ['afl-fuzz', '-i', 'in', '-o', 'out', ...limits, '--', program]
    const env = { ...process.env, ...AFL_ENVIRONMENT, AFL_BENCH_UNTIL_CRASH: '1' }
    return launch(words, { cwd, env, cpuSecondsMax })
  }
  const startUp = startUps((bug) => inFolder(async (cwd) => (await start(bug, cwd, 1, ['-E', '1'], 20)).cpuSeconds))
  return {
    name: 'AFL++ with CmpLog',
    async trial(bug, seed, capSeconds) {
      const first = await startUp(bug)
      return inFolder(async (cwd) => {
        const done = await start(bug, cwd, seed, [], capSeconds + first)
        const crashes = join(cwd, 'out', 'default', 'crashes')
        const names = existsSync(crashes) ? readdirSync(crashes).filter((file) => file.startsWith('id:')) : []
        if (names.length === 0 && /PROGRAM ABORT/.test(done.stdout)) throw new Error(done.stdout.slice(-2000))
        const executions = Number(/execs:(\d+)/.exec(names[0] ?? '')?.[1] ?? 0)
        return settled(names.length > 0, executions, done.cpuSeconds - first, capSeconds)
      })
    },
  }
}
