// Three marks that every run reaches: what an explorer may spend on them is all that there is to see.
import { sometimes } from 'fuzzbox/assembly'

export function simulate(): i32 {
  sometimes(true, 'first')
  sometimes(true, 'second')
  sometimes(true, 'third')
  return 3
}
