// `saveState` and `loadState`: snapshots in the middle of a run, in modules that can be forked. The engine keeps them
// (assembly/explore/snapshots.ts); what only inserted code can reach goes through here.
//
//   view       u32 per granule: where in the engine's memory its bytes are in the snapshot to go to; 0 means zeros
//   marks      ▪ ▫ ▫ ▪ ▪ …     each marked granule is copied from there, and GRANULE_SLACK_BYTES of the one behind it,
//                              because a store is marked by its first byte only
//
// Tables are not in these snapshots: none is taken after a table was written, so each has the tables of the base.
import { GRANULE_SLACK_BYTES, MARKS_BASE } from '../../assembly/abi.ts'
import { type ExpressionRef, TYPE } from '../binaryen.ts'
import type { PassContext } from '../context.ts'
import { TABLES_DIRTY_GLOBAL } from '../passes/limits.ts'
import { ADDED } from '../types.ts'
import { Code } from './code.ts'
import { PAGE_SHIFT, clearMarks, marksAsBits, scanMarks } from './marks.ts'
import { type GlobalSlot, type TableSlot, loadGlobals, loadTable, saveGlobals } from './state.ts'

const STEP = 'fuzzbox.loadState.step'
const VECTOR = 16

export function addSnapshots(context: PassContext, slots: readonly GlobalSlot[], tables: readonly TableSlot[]): void {
  const save = new Code(context, [TYPE.i32])
  const dirty = tables.length > 0 ? save.module.global.get(TABLES_DIRTY_GLOBAL, TYPE.i32) : save.const(0)
  save.define(ADDED.saveState, TYPE.i32, [...saveGlobals(save, 0, slots), dirty])

  const load = new Code(context, [TYPE.i32, TYPE.i32])
  const body: ExpressionRef[] = []
  if (context.targetMemory !== null) {
    addStep(context)
    body.push(...scanMarks(context, load, STEP))
  }
  if (tables.length > 0) {
    const back = tables.map((table) => loadTable(context, load, table))
    body.push(load.module.if(load.module.global.get(TABLES_DIRTY_GLOBAL, TYPE.i32), load.block(back)))
  }
  load.define(ADDED.loadState, TYPE.none, [...body, ...loadGlobals(context, load, 1, slots)])
}

/** step(view, mark): copies back each marked granule among the 64 at `mark`, then clears the marks. */
function addStep(context: PassContext): void {
  const code = new Code(context, [TYPE.i32, TYPE.i32])
  const { module, engine, target } = code
  const { i32, i64 } = module
  const shift = context.map.granuleShift
  const [view, mark] = [0, 1]
  const bits = code.local(TYPE.i64)
  const granule = code.local(TYPE.i32)
  const source = code.local(TYPE.i32)
  const to = code.local(TYPE.i32)
  const size = (): ExpressionRef => code.const(1 << shift)
  const slack = Array.from({ length: GRANULE_SLACK_BYTES / VECTOR }, (_, i) =>
    module.v128.store(
      VECTOR * i,
      VECTOR,
      code.get(to),
      module.v128.load(VECTOR * i, VECTOR, code.get(source), engine),
      target,
    ),
  )
  const first = module.i32.wrap(i64.ctz(code.get(bits)))
  const pages = module.memory.size(target)
  const granules = code.shl(pages, PAGE_SHIFT - shift)
  const piece = code.block([
    code.set(granule, code.add(code.sub(code.get(mark), code.const(MARKS_BASE)), first)),
    code.set(to, code.shl(code.get(granule), shift)),
    module.if(
      code.tee(source, i32.load(0, 4, code.add(code.get(view), code.shl(code.get(granule), 2)), engine)),
      module.memory.copy(code.get(to), code.get(source), size(), target, engine),
      module.memory.fill(code.get(to), code.const(0), size(), target),
    ),
    // The granule behind, where there is one: its own mark, if it has one, brings the rest. Address 0 reads as zeros.
    module.if(
      i32.lt_u(code.add(code.get(granule), code.const(1)), granules),
      code.block([
        code.set(source, i32.load(4, 4, code.add(code.get(view), code.shl(code.get(granule), 2)), engine)),
        code.set(to, code.add(code.get(to), size())),
        ...slack,
      ]),
    ),
    code.set(bits, i64.and(code.get(bits), i64.sub(code.get(bits), i64.const(1n)))),
    module.br('pieces', i64.ne(code.get(bits), i64.const(0n))),
  ])
  code.define(STEP, TYPE.none, [
    code.set(bits, marksAsBits(code, mark)),
    module.loop('pieces', piece),
    ...clearMarks(code, mark),
  ])
}
