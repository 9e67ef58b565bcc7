// Four locks, each behind five gates that open one time in twenty, and no more than 500 steps: the bug, all locks open,
// cannot be come by at random. With its marks an explorer comes there gate by gate.
import { always, each, fraction, keys2, keys3, random64, sometimes } from 'fuzzbox/assembly'

const LOCKS: i32 = 4
const ALL_OPEN: u32 = 0b1111
const GATES: i32 = 5
const GATE_OPENS: f64 = 0.05
const STEPS_MAX: i32 = 500

let locks: u32 = 0
let steps: i32 = 0

/** Locks that must be open before this one can be tried. */
function needs(lock: i32): u32 {
  if (lock == 1) return 0b0001
  return lock == 3 ? 0b0101 : 0
}

function tryLock(lock: i32): void {
  const open = popcnt<u32>(locks)
  for (let gate = 1; gate <= GATES; gate++) {
    each('gate', keys3(lock, gate, open))
    if (fraction() >= GATE_OPENS) return
  }
  locks |= 1 << lock
  each('lock opens', keys2(lock, open))
}

/** Steps and open locks at the end. */
export function simulate(): i32 {
  while (steps < STEPS_MAX) {
    steps++
    random64()
    for (let lock = 0; lock < LOCKS; lock++) {
      const wanted = needs(lock)
      if (!(locks & (1 << lock)) && (locks & wanted) == wanted) tryLock(lock)
    }
    const found = locks == ALL_OPEN
    if (found) sometimes(true, 'all locks open')
    always(!found, 'the treasury stays shut')
    if (found) break
  }
  return (steps << 4) | locks
}
