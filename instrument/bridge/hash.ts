// How the engine learns what a mark says of itself: one call folds words of the target's memory into a hash, where reading
// them one by one would cost a call each. The engine's mixWord (assembly/explore/marks/text.ts) does the same to one word.
import { TYPE } from '../binaryen.ts'
import type { PassContext } from '../context.ts'
import { ADDED } from '../types.ts'
import { Code } from './code.ts'

/** Odd, and without a pattern: as in text.ts. */
const FACTOR = 0x9fb2_1c65_1e98_df25n

/** mixWords(hash, pointer, words): at least one word of 8 bytes each; traps out of bounds as an access of the target's own. */
export function addMixWords(context: PassContext): void {
  const code = new Code(context, [TYPE.i64, TYPE.i32, TYPE.i32])
  const { module } = code
  const [hash, pointer, words] = [0, 1, 2]
  if (context.targetMemory === null) {
    code.define(ADDED.mixWords, TYPE.i64, [module.unreachable()])
    return
  }
  const { i64 } = module
  const product = i64.mul(
    i64.xor(code.get(hash), i64.load(0, 1, code.get(pointer), code.target)),
    i64.const(BigInt.asIntN(64, FACTOR)),
  )
  const mixed = code.local(TYPE.i64)
  const left = code.tee(words, code.sub(code.get(words), code.const(1)))
  code.define(ADDED.mixWords, TYPE.i64, [
    module.loop(
      'mix',
      code.block([
        code.set(hash, i64.xor(code.tee(mixed, product), i64.shr_u(code.get(mixed), i64.const(32n)))),
        code.set(pointer, code.add(code.get(pointer), code.const(8))),
        module.br('mix', left),
      ]),
    ),
    code.get(hash),
  ])
}
