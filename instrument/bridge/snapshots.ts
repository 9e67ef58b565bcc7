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
const RUN = 'fuzzbox.loadState.run'
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

/** step(view, mark): copies back each run of marked granules among the 64 at `mark`, then clears the marks. */
function addStep(context: PassContext): void {
  addRun(context)
  const code = new Code(context, [TYPE.i32, TYPE.i32])
  const { module } = code
  const { i64 } = module
  const [view, mark] = [0, 1]
  const bits = code.local(TYPE.i64)
  const first = code.local(TYPE.i64)
  const run = code.local(TYPE.i64)
  const granule = code.add(code.sub(code.get(mark), code.const(MARKS_BASE)), module.i32.wrap(code.get(first)))
  const runs = code.block([
    code.set(first, i64.ctz(code.get(bits))),
    code.set(run, i64.ctz(i64.xor(i64.shr_u(code.get(bits), code.get(first)), i64.const(-1n)))),
    code.call(RUN, [code.get(view), granule, module.i32.wrap(code.get(run))]),
    // A carry through the run clears its bits and sets the one above, which the `and` takes away again.
    code.set(bits, i64.and(code.get(bits), i64.add(code.get(bits), i64.shl(i64.const(1n), code.get(first))))),
    module.br('runs', i64.ne(code.get(bits), i64.const(0n))),
  ])
  code.define(STEP, TYPE.none, [
    code.set(bits, marksAsBits(code, mark)),
    module.loop('runs', runs),
    ...clearMarks(code, mark),
  ])
}

/** run(view, granule, count): so many granules, those that lie together in the engine's memory as one piece; the slack. */
function addRun(context: PassContext): void {
  const code = new Code(context, [TYPE.i32, TYPE.i32, TYPE.i32])
  const { module, engine, target } = code
  const { i32 } = module
  const shift = context.map.granuleShift
  const [view, granule, count] = [0, 1, 2]
  const place = code.local(TYPE.i32)
  const end = code.local(TYPE.i32)
  const to = code.local(TYPE.i32)
  const source = code.local(TYPE.i32)
  const bytes = code.local(TYPE.i32)
  const size = (): ExpressionRef => code.const(1 << shift)
  const word = (): ExpressionRef => i32.load(0, 4, code.get(place), engine)
  const more = i32.and(
    i32.lt_u(code.get(place), code.get(end)),
    i32.eq(word(), code.add(code.get(source), code.get(bytes))),
  )
  const extend = module.loop(
    'extend',
    code.block([
      code.set(bytes, code.add(code.get(bytes), size())),
      code.set(place, code.add(code.get(place), code.const(4))),
      module.br('extend', more),
    ]),
  )
  const piece = code.block([
    code.set(source, word()),
    code.set(bytes, code.const(0)),
    module.if(
      code.get(source),
      code.block([extend, module.memory.copy(code.get(to), code.get(source), code.get(bytes), target, engine)]),
      code.block([
        code.set(bytes, size()),
        code.set(place, code.add(code.get(place), code.const(4))),
        module.memory.fill(code.get(to), code.const(0), code.get(bytes), target),
      ]),
    ),
    code.set(to, code.add(code.get(to), code.get(bytes))),
    module.br('piece', i32.lt_u(code.get(place), code.get(end))),
  ])
  const slack = Array.from({ length: GRANULE_SLACK_BYTES / VECTOR }, (_, i) =>
    module.v128.store(
      VECTOR * i,
      VECTOR,
      code.get(to),
      module.v128.load(VECTOR * i, VECTOR, code.get(source), engine),
      target,
    ),
  )
  const beyond = code.shl(module.memory.size(target), PAGE_SHIFT - shift)
  code.define(RUN, TYPE.none, [
    code.set(place, code.add(code.get(view), code.shl(code.get(granule), 2))),
    code.set(end, code.add(code.get(place), code.shl(code.get(count), 2))),
    code.set(to, code.shl(code.get(granule), shift)),
    module.loop('piece', piece),
    // The granule behind, where there is one: its own mark, if it has one, brings the rest. Address 0 reads as zeros.
    module.if(
      i32.lt_u(code.add(code.get(granule), code.get(count)), beyond),
      code.block([code.set(source, word()), ...slack]),
    ),
  ])
}
