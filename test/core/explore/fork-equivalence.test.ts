// Forked from snapshots or run again from the start: a timeline is the same, byte for byte.
import { expect, test } from 'vitest'
import type { ExploreSandbox } from '../../../src/core/explore/explore-sandbox.ts'
import type { JobResult, Moment, RunJob } from '../../../src/core/explore/timelines.ts'
import { PROGRAM_MESSAGE, simulations } from '../../generate/simulations.ts'
import { wat } from '../../support/targets.ts'
import { job, openSimulation, prepareSimulation, seedsOf, startOf, told } from './runners.ts'

const MODULES = 10
const PROGRAMS = 20
const MODULES_INSIDE = 2

/** Runs each job in all sandboxes and demands one answer. */
class Twins {
  readonly #boxes: readonly ExploreSandbox[]
  timelines = 0
  trapped = 0

  constructor(...boxes: readonly ExploreSandbox[]) {
    this.#boxes = boxes
  }

  run(given: RunJob): JobResult {
    const [first, ...others] = this.#boxes.map((box) => box.run(given))
    for (const other of others) expect(told(other)).toBe(told(first!))
    this.timelines += first!.timelines.length
    this.trapped += first!.timelines.filter(({ outcome }) => outcome.kind === 'trap').length
    return first!
  }
}

/** Some futures from a moment, some futures of those from where they discovered something, and on from where they stopped. */
function explore(twins: Twins, from: Moment, seed: number): void {
  const { timelines } = twins.run(job(from, seedsOf(seed, 4)))
  const found = timelines.flatMap(({ discoveries }) => discoveries).map(({ moment }) => moment)
  for (const moment of [...found.slice(0, 2), ...found.slice(-1)]) {
    const stopped = twins.run(job(moment, [...seedsOf(seed + 100, 3), null], { stopAtDiscovery: true }))
    for (const { end, stopped: goesOn } of stopped.timelines.slice(0, 2))
      if (goesOn) twins.run(job(end, [null, ...seedsOf(seed + 200, 1)]))
  }
}

for (let module = 0; module < MODULES; module++)
  test(`forks as it replays: ${PROGRAMS} generated programs, module ${module}`, async () => {
    const source = wat(simulations(module, PROGRAMS))
    const prepared = await prepareSimulation(source, { limits: { fuel: 20_000 } })
    expect(prepared.module.map).toMatchObject({ forks: true, notes: [] })
    const replaying = await openSimulation(prepared, { forks: false })
    // The second one holds a handful of snapshots at a time and has to come to most moments again.
    const twins = new Twins(
      await openSimulation(prepared),
      await openSimulation(prepared, { snapshotBytes: 1 << 15 }),
      replaying,
      // What is the same with the program's memory inside the engine's is seen after a few modules.
      ...(module < MODULES_INSIDE ? [await openSimulation({ ...prepared, layout: 'single' })] : []),
    )
    const roots = twins.run(job(startOf(BigInt(module)), seedsOf(module, 150), { stopAtDiscovery: true }))
    const names = new Map(roots.marks.map(({ id, name }) => [id, name.message]))
    const programs = roots.timelines.flatMap(({ discoveries }) =>
      discoveries.filter(({ id }) => names.get(id) === PROGRAM_MESSAGE).map(({ moment }) => moment),
    )
    expect(programs).toHaveLength(PROGRAMS)
    programs.forEach((from, index) => explore(twins, from, 1000 * index))
    expect(twins.timelines).toBeGreaterThan(150 + 8 * PROGRAMS)
    expect(twins.trapped).toBeGreaterThan(0)
  })
