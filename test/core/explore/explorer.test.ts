import { describe, expect, it } from 'vitest'
import { exploreErrors } from '../../../src/core/explore/errors.ts'
import { SeedSeries, rootNodeSeed, splitSeed } from '../../../src/core/explore/child-seed.ts'
import type { RunJob } from '../../../src/core/explore/timelines.ts'
import { adaptive, explored, MODULE_HASH, successes } from './explored.ts'
import { cascade, energy, floors, maze } from './programs.ts'
import { ScriptedRunner } from './scripted-runner.ts'
import { ScriptedTrap, type Program } from './simulation.ts'

const MAZE = { maxDepth: 30, globalEnergy: 20_000, adaptive: adaptive(20, 60, 150, 600) }

describe('what an exploration finds', () => {
  it('finds the end of the cascade with an energy of 150 in at least 60 of 100 seeds', async () => {
    const found = await successes(cascade, { maxDepth: 8, globalEnergy: 150, adaptive: adaptive(4, 4, 20, 15) }, 100)
    expect(found.length).toBeGreaterThanOrEqual(60)
  })

  it('finds the last floor with an energy of 200 in at least 20 of 100 seeds', async () => {
    const found = await successes(floors, { maxDepth: 7, globalEnergy: 200, adaptive: adaptive(4, 4, 25, 20) }, 100)
    expect(found.length).toBeGreaterThanOrEqual(20)
  })

  it('opens the maze from every one of a few seeds', async () => {
    const found = await successes(maze, MAZE, 5)
    expect(found.length).toBe(5)
  })

  it('counts one bug once, however many timelines come to it', async () => {
    const often: Program = (simulation) => {
      simulation.sometimes(true, 'begun')
      simulation.always(simulation.below(2) === 0, 'a coin falls on heads')
    }
    const { end } = await explored(often, { globalEnergy: 100, adaptive: adaptive(10, 10, 50, 50) })
    expect(end.findings).toBe(1)
    expect(end.failing).toBeGreaterThan(10)
  })

  it('takes traps, hangs and memory for bugs', async () => {
    const kinds = ['unreachable', 'timeout', 'memory-limit'] as const
    const failing: Program = (simulation) => {
      simulation.sometimes(true, 'begun')
      const kind = kinds[simulation.below(4)]
      if (kind) throw new ScriptedTrap(kind, `it ends with ${kind}`)
    }
    const { found } = await explored(failing, { globalEnergy: 100, adaptive: adaptive(10, 10, 50, 50) })
    expect(found.map(({ kind }) => kind).sort()).toEqual(['memory-limit', 'timeout', 'unreachable'])
  })

  it('does not hand the failure of a parent on to its children', async () => {
    const failsFirst: Program = (simulation) => {
      simulation.always(false, 'fails at once')
      simulation.sometimes(true, 'goes on')
      simulation.u32()
    }
    const { end } = await explored(failsFirst, { frontier: 'depth-first', globalEnergy: 20, maxDepth: 3 })
    expect(end.timelines).toBeGreaterThan(5)
    expect(end.failing).toBe(1)
  })

  it('keeps a recipe of a failure of the root, which is an empty one', async () => {
    const { found } = await explored((simulation) => simulation.unreachable('at the root'), { seed: 7n, maxDepth: 0 })
    expect(found[0]).toMatchObject({ recipe: `seed=7 module=${MODULE_HASH.slice(0, 16)}:`, reproduced: 2 })
  })

  it('replays recipes of any length from the start', async () => {
    const long: Program = (simulation) => {
      for (let at = 0; at < 340; at++) {
        if (simulation.below(2) !== 0) return
        simulation.each('step', [at])
      }
      simulation.unreachable('the end')
    }
    const settings = { globalEnergy: 9_000, adaptive: adaptive(8, 40, 200, 500), stopOnFinding: true }
    const { found } = await explored(long, settings)
    expect(found[0]?.depth).toBeGreaterThan(128)
    expect(found[0]).toMatchObject({ reproduced: 2, reproduceRuns: 2 })
  })
})

describe('seeds of children', () => {
  const seedsAt = (root: bigint, mark: string, draws = 5): bigint[] => {
    return [...new SeedSeries(splitSeed(rootNodeSeed(root), mark, { draws, markCalls: 1 }), 0, 64)]
  }

  it('differ with the root seed', () => {
    expect(new Set([...seedsAt(1n, 'aa'), ...seedsAt(2n, 'aa')]).size).toBe(128)
  })

  it('differ for two marks of one timeline, and for two moments of one mark', () => {
    expect(new Set([...seedsAt(1n, 'aa'), ...seedsAt(1n, 'ab'), ...seedsAt(1n, 'aa', 6)]).size).toBe(192)
  })

  it('differ from their siblings in about half of the bits', () => {
    const [first, second] = seedsAt(1n, 'aa') as [bigint, bigint]
    const bits = (first ^ second).toString(2).replaceAll('0', '').length
    expect(bits).toBeGreaterThan(16)
    expect(bits).toBeLessThan(48)
  })

  it('give another tree to another root seed', async () => {
    const settings = { ...MAZE, globalEnergy: 200 }
    const trees = await Promise.all([1n, 2n].map(async (seed) => (await explored(maze, { ...settings, seed })).runners))
    const jobs = trees.map(([runner]) => runner!.jobs.slice(1, 6).flatMap((job) => [...job.seeds]))
    expect(new Set(jobs.flat()).size).toBe(jobs.flat().length)
  })
})

describe('splitting', () => {
  const EVERY = { frontier: 'depth-first', adaptive: null, timelinesPerSplit: 2, globalEnergy: 100 } as const

  it('goes depth first in pre-order: all futures of a moment before the parent goes on', async () => {
    const { runners } = await explored(energy, { ...EVERY, maxDepth: 2 })
    expect(runners[0]!.jobs.map(orderOf)).toEqual([
      'root', // stops at mark 1
      'child at 1', // finds mark 2
      'child at 1 1', // finds mark 3, too deep to split
      'child at 1 1',
      'rest at 1 1', // and to its end
      'child at 1', // finds nothing
      'rest at 1',
    ])
  })

  it('never takes the energy below zero, and keeps to it', async () => {
    const settings = { maxDepth: 3, globalEnergy: 8, adaptive: adaptive(2, 2, 6, 3) }
    for (const frontier of ['best-first', 'depth-first'] as const) {
      const { end } = await explored(energy, { ...settings, frontier })
      expect(end.timelines - 1 + end.energyLeft).toBe(8)
      expect(end.energyLeft).toBeGreaterThanOrEqual(0)
      expect(end.energyPool).toBeGreaterThanOrEqual(0)
    }
  })

  it('tells split points apart from timelines', async () => {
    const { end } = await explored(energy, { ...EVERY, maxDepth: 1 })
    expect(end.splitPoints).toBe(1)
    expect(end.timelines).toBe(3)
  })

  it('never splits with a depth of 0', async () => {
    expect((await explored(energy, { maxDepth: 0 })).end.timelines).toBe(1)
  })

  it('credits a find to every ancestor', async () => {
    const { explorer } = await explored(maze, { ...MAZE, stopOnFinding: true })
    const [root] = explorer.exploration.tree.roots
    const deepest = explorer.desk.met.values().next().value!.node
    for (let split = deepest.split; split !== null; split = split.node.split) expect(split.finds).toBeGreaterThan(0)
    expect(root!.splits.length).toBeGreaterThan(0)
  })

  it('does not take a child for barren whose only find is a mark', async () => {
    const { explorer } = await explored(cascade, { ...EVERY, timelinesPerSplit: 20, maxDepth: 2 })
    const entry = explorer.exploration.tree.roots[0]!.splits[0]!
    expect(entry.finds).toBeGreaterThan(0)
  })

  it('gives a mark another moment where the first one is doomed', async () => {
    const doomed: Program = (simulation) => {
      const isDoomed = simulation.below(4) !== 0
      simulation.sometimes(true, 'at the gate')
      if (!isDoomed && simulation.below(20) === 0) simulation.unreachable('through')
    }
    const found = await successes(doomed, { globalEnergy: 2_000, adaptive: adaptive(10, 40, 100, 200) }, 20)
    expect(found.length).toBe(20)
  })
})

function orderOf({ from, seeds }: RunJob): string {
  if (from.markCalls === 0) return 'root'
  const path = [...from.reseeds.map(({ draws }) => draws), from.draws].join(' ')
  return `${seeds.at(0) === null ? 'rest' : 'child'} at ${path}`
}

describe('determinism', () => {
  it('gives the same events for any number of runners', async () => {
    const settings = { ...MAZE, globalEnergy: 1_500, deterministic: true, selfCheckEvery: 64 }
    const told = await Promise.all([1, 2, 5].map(async (workers) => (await explored(maze, settings, workers)).events))
    expect(told[1]).toEqual(told[0])
    expect(told[2]).toEqual(told[0])
  })

  it('finds the same bugs with many runners that work freely', async () => {
    const { end } = await explored(maze, { ...MAZE, stopOnFinding: true }, 4)
    expect(end.findings).toBe(1)
  })

  it('warns of a program that goes another way when it is run again', async () => {
    let calls = 0
    const fickle: Program = (simulation) => {
      simulation.sometimes(true, 'begun')
      simulation.memory.push(calls++)
      simulation.u32()
    }
    const { events, end } = await explored(fickle, { globalEnergy: 100, selfCheckEvery: 64 })
    expect(events.filter((event) => event.type === 'warning').map(({ code }) => code)).toContain('W_DIVERGED')
    expect(end.selfChecksFailed).toBe(1)
  })

  it('loses the futures of a moment that cannot be come to again, and nothing else', async () => {
    for (const frontier of ['best-first', 'depth-first'] as const) {
      const runner = new ScriptedRunner(cascade)
      const run = runner.run.bind(runner)
      let refused = 0
      runner.run = (job) => {
        if (refused === 2 || job.from.markCalls === 0 || job.seeds.at(0) === null) return run(job)
        refused++
        throw exploreErrors.diverged('cascade', job.from.draws, job.from.markCalls)
      }
      const settings = { frontier, globalEnergy: 150, maxDepth: 8, adaptive: adaptive(4, 4, 20, 15) }
      const { end, events } = await explored(cascade, settings, 1, { runners: [runner] })
      expect(end).toMatchObject({ reason: 'seeds', momentsLost: 2 })
      expect(end.timelines).toBeGreaterThan(10)
      expect(end.timelines - 1 + end.energyLeft).toBe(150)
      expect(events.filter((event) => event.type === 'warning').map(({ code }) => code)).toEqual(['W_MOMENT_LOST'])
    }
  })

  it('runs exactly as many timelines as it may', async () => {
    for (const frontier of ['best-first', 'depth-first'] as const) {
      expect((await explored(maze, { ...MAZE, frontier, runs: 333 })).end).toMatchObject({
        timelines: 333,
        reason: 'runs',
      })
    }
  })
})

describe('many root seeds', () => {
  it('keep what is known: a mark is news once, watermarks are never lowered', async () => {
    const climbing: Program = (simulation) => {
      simulation.sometimesGt(simulation.below(10), 5, 'high')
      simulation.each('place', [1], [simulation.below(3), 40_000])
    }
    const { end, events } = await explored(climbing, { seeds: 6, globalEnergy: 60, adaptive: adaptive(10, 10, 20, 20) })
    const place = end.markTable.find(({ kind }) => kind === 'each')
    expect(place?.quality).toEqual(['2', '40000'])
    expect(end.markTable.find(({ kind }) => kind === 'sometimes-gt')?.watermark).toBe('9')
    expect(events.filter((event) => event.type === 'seed').map(({ isWarm }) => isWarm)).toEqual([
      false,
      ...Array(5).fill(true),
    ])
    expect(end.perSeedTimelines.reduce((sum, count) => sum + count, 0)).toBe(end.timelines)
  })

  it('end when many in a row reach nothing new', async () => {
    const { end } = await explored(energy, {
      seeds: 100,
      plateauSeeds: 4,
      globalEnergy: 20,
      adaptive: adaptive(2, 2, 6, 6),
    })
    expect(end.reason).toBe('coverage')
    expect(end.seedsDone).toBeLessThan(10)
  })

  it('tell which marks never came to pass', async () => {
    const program: Program = (simulation) => simulation.sometimes(false, 'a blue moon')
    const { end } = await explored(program, { maxDepth: 0 }, 1, { catalogue: ['a blue moon', 'never executed'] })
    expect(end.gaps).toEqual(['never executed', 'a blue moon'])
  })
})

it('repeats a whole recipe without knowing the marks on the way', () => {
  const from = { rootSeed: 3n, reseeds: [], draws: 0, markCalls: 0 }
  const nothing = { stopAtDiscovery: false, hashMemory: true, marks: [], features: new Uint32Array(0) }
  const ahead = [{ draws: 10, seed: 5n }, { draws: 0, seed: 6n }, { draws: 7, seed: 7n }] // prettier-ignore
  const [one, two] = [1, 2].map(
    () => new ScriptedRunner(maze).run({ from, seeds: [null], ahead, ...nothing }).timelines[0]!,
  )
  expect(one).toEqual(two)
  expect(one!.end.reseeds.map(({ seed }) => seed)).toEqual([5n, 6n, 7n])
})
