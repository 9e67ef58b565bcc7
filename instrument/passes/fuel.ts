// The end of a run that took too long: one helper function, so that each check costs a compare and a call never made.

import { CONTROL_REASON, REASON_DEPTH, REASON_FUEL } from '../../assembly/abi.ts'
import { type ExpressionRef, TYPE } from '../binaryen.ts'
import type { Builder } from '../build.ts'
import type { PassContext } from '../context.ts'

const OUT_OF_FUEL = 'fuzzbox.outOfFuel'
const TOO_DEEP = 'fuzzbox.tooDeep'

/** Code that ends the run as a hang. */
export function outOfFuel(context: PassContext, build: Builder): ExpressionRef {
  return stop(context, build, OUT_OF_FUEL, REASON_FUEL)
}

/** Code that ends the run as a stack overflow. */
export function tooDeep(context: PassContext, build: Builder): ExpressionRef {
  return stop(context, build, TOO_DEEP, REASON_DEPTH)
}

function stop({ engineMemory, helpers }: PassContext, build: Builder, name: string, reason: number): ExpressionRef {
  if (!helpers.has(name)) {
    helpers.add(name)
    const write = build.store32(engineMemory, CONTROL_REASON, build.i32(0), build.i32(reason))
    build.addFunction(name, [], TYPE.none, build.sequence([write, build.unreachable()], TYPE.unreachable))
  }
  // Said here as well, so that the engine keeps nothing alive for what would follow the call.
  return build.sequence([build.call(name, [], TYPE.none), build.unreachable()], TYPE.unreachable)
}
