// Which local variables a loop assigns, asked often and answered from one walk over the function.

import { type ExpressionRef, raw } from '../../binaryen.ts'
import { ID } from '../../kinds.ts'
import { walkFunction } from '../../walk.ts'

const setIndex = raw('_BinaryenLocalSetGetIndex')

export class Assignments {
  /** Per variable: when it is assigned, as positions in the walk, rising. */
  readonly #times = new Map<number, number[]>()
  /** Per loop: the positions between which its body lies. */
  readonly #loops = new Map<ExpressionRef, { readonly from: number; to: number }>()

  constructor(func: number) {
    let time = 0
    walkFunction(func, {
      before: (parent, id) => {
        if (id === ID.loop) this.#loops.set(parent, { from: time, to: time })
      },
      after: (ref, id) => {
        time++
        if (id === ID.localSet) this.#note(setIndex(ref), time)
        else if (id === ID.loop && this.#loops.has(ref)) this.#loops.get(ref)!.to = time
        return ref
      },
    })
  }

  #note(local: number, time: number): void {
    const times = this.#times.get(local)
    if (times === undefined) this.#times.set(local, [time])
    else times.push(time)
  }

  /** True where the body of `loop` assigns variable `local`. */
  inLoop(loop: ExpressionRef, local: number): boolean {
    const times = this.#times.get(local)
    const span = this.#loops.get(loop)
    if (times === undefined || span === undefined) return false
    let low = 0
    let high = times.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (times[middle]! > span.from) high = middle
      else low = middle + 1
    }
    return low < times.length && times[low]! <= span.to
  }
}
