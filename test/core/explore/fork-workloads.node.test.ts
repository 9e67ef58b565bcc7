// The example simulations: what is forked and what is run again from the start comes to the same, byte for byte.
import { expect, test } from 'vitest'
import type { JobResult, Moment, RunJob } from '../../../src/core/explore/timelines.ts'
import { readArtifactText } from '../../support/artifacts.ts'
import { job, openSimulation, prepareSimulation, seedsOf, startOf, told } from './runners.ts'

/** What the examples import as "fuzzbox/assembly". */
const readImported = async (path: string): Promise<string | null> =>
  path.endsWith('fuzzbox/assembly.ts') ? await readArtifactText('include/assembly.ts') : null

const TIMELINES = 150

for (const name of ['maze', 'dungeon', 'cascade', 'floors', 'energy'])
  test(`forks the ${name} as it replays it`, async () => {
    const text = await readArtifactText(`examples/simulations/${name}.ts`)
    const source = { kind: 'assemblyscript', name: `${name}.ts`, text, readFile: readImported } as const
    const prepared = await prepareSimulation(source)
    expect(prepared.module.map).toMatchObject({ forks: true, notes: [] })
    const boxes = [await openSimulation(prepared), await openSimulation(prepared, { forks: false })]
    const open: Moment[] = []
    let timelines = 0
    const run = (given: RunJob): void => {
      const [forked, replayed] = boxes.map((box): JobResult => box.run(given))
      expect(told(replayed!)).toBe(told(forked!))
      for (const { discoveries, stopped, end } of forked!.timelines) {
        timelines++
        for (const { moment } of discoveries) open.push(moment)
        if (stopped) open.push(end)
      }
    }
    run(job(startOf(7n), [null, ...seedsOf(0, 4)]))
    for (let from = open.pop(); from && timelines < TIMELINES; from = open.pop())
      run(job(from, [...seedsOf(timelines, 10), null], { stopAtDiscovery: timelines % 2 === 0 }))
    expect(timelines).toBeGreaterThan(5)
    expect(boxes[0]!.snapshots.count).toBeGreaterThan(0)
  })
