// Six gates in a row, each open three times in ten.
import { always, below, sometimes } from 'fuzzbox/assembly'

function opens(): bool {
  return below(10) < 3
}

/** How many gates were passed. */
export function simulate(): i32 {
  sometimes(true, 'maze_entry')
  if (!opens()) return 0
  sometimes(true, 'g0a')
  if (!opens()) return 1
  sometimes(true, 'lock0')
  if (!opens()) return 2
  sometimes(true, 'g1a')
  if (!opens()) return 3
  sometimes(true, 'lock1')
  if (!opens()) return 4
  sometimes(true, 'g2a')
  if (!opens()) return 5
  sometimes(true, 'lock2')
  always(false, 'no way through the cascade')
  return 6
}
