// Pass `compares`, in a build of its own: what a program compares, written to a log in the engine's memory.
//
//   eq ne lt le gt ge     of i32, i64, f32, f64 and vectors: both operands
//   xor, sub              the same, where only matters whether they are zero, alone or joined by `or`
//   br_table              the value, and how many cases there are
//   two loads compared    besides, the bytes that lie at both places: a loop over two strings shows them whole
//   memcmp, strcmp …      what they are called with, and how long it is
//
// The plan is made before any other pass, of the user's code alone; the calls are put in after `edges` and `depth`. So edges
// have the same ids as in the build that fuzzes, and nothing that other passes inserted is logged.

import { Builder } from '../build.ts'
import { addHelpers } from '../compares/helpers.ts'
import { CompareInserter } from '../compares/insert.ts'
import type { ComparePlan } from '../compares/plan.ts'
import type { PassContext } from '../context.ts'

export function insertCompares(context: PassContext, plan: ComparePlan): void {
  addHelpers(context)
  const build = new Builder(context.module)
  for (const [func, functionPlan] of plan.functions) new CompareInserter(build, func, functionPlan).run()
  build.dispose()
}
