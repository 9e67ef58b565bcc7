// The workloads by which exploring is judged, as programs for the scripted runner.

import type { Program, Simulation } from './simulation.ts'

/** Six gates in a chain, each passed with probability 0.3 and marked; all of them passed is the bug. */
export const cascade: Program = (simulation) => {
  simulation.sometimes(true, 'maze_entry')
  for (let lock = 0; lock < 3; lock++) {
    if (simulation.below(10) >= 3) return
    simulation.sometimes(true, `g${lock}a`)
    if (simulation.below(10) >= 3) return
    simulation.sometimes(true, `lock${lock}`)
  }
  simulation.unreachable('all gates passed')
}

/** Five gates, each passed with probability 0.2. */
export const floors: Program = (simulation) => {
  for (let floor = 1; floor <= 5; floor++) {
    if (simulation.below(5) !== 0) return
    simulation.sometimes(true, `floor ${floor}`)
  }
  simulation.unreachable('the last floor')
}

/** Three marks that are always met. */
export const energy: Program = (simulation) => {
  for (let mark = 1; mark <= 3; mark++) {
    simulation.u32()
    simulation.sometimes(true, `mark ${mark}`)
  }
}

const GATES = 5
const STEPS = 500

/** Four locks, each behind five gates that are passed with probability 0.05; all of them open is the bug. */
export const maze: Program = (simulation) => {
  const open = [false, false, false, false]
  const tryLock = (lock: number): void => {
    const before = open.filter(Boolean).length
    for (let depth = 1; depth <= GATES; depth++) {
      simulation.each('gate', [lock, depth, before])
      if (simulation.f64() >= 0.05) return
    }
    open[lock] = true
    simulation.each('lock opens', [lock, before])
  }
  for (let step = 0; step < STEPS; step++) {
    simulation.u32()
    if (!open[0]) tryLock(0)
    if (!open[1] && open[0]) tryLock(1)
    if (!open[2]) tryLock(2)
    if (!open[3] && open[0] && open[2]) tryLock(3)
    const isBug = open.every(Boolean)
    if (isBug) simulation.sometimes(true, 'all locks open')
    simulation.always(!isBug, 'the treasure stays locked', `step=${step}`)
    if (isBug) return
  }
}

export type { Program, Simulation }
