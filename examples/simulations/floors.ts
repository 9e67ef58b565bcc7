// Five floors, each left one time in five.
import { always, below, sometimes } from 'fuzzbox/assembly'

function descends(): bool {
  return below(5) == 0
}

/** How many floors were left. */
export function simulate(): i32 {
  if (!descends()) return 0
  sometimes(true, 'floor 1 left')
  if (!descends()) return 1
  sometimes(true, 'floor 2 left')
  if (!descends()) return 2
  sometimes(true, 'floor 3 left')
  if (!descends()) return 3
  sometimes(true, 'floor 4 left')
  if (!descends()) return 4
  sometimes(true, 'floor 5 left')
  always(false, 'nobody reaches the cellar')
  return 5
}
