// Pass `limits`: how large the target's state may become, and what of it a restore can bring back.
//
//   pages  0        fuzzbox.pages                 memory.size                 the sandbox's limit
//          ├─────────────┼──────────────────────────────┼──────────────────────────────┤
//          │ what the target sees: memory.size and      │ grows really when the target │ memory.grow beyond it is a
//          │ memory.grow move this line (virtual size)  │ asks for it: never back      │ finding: REASON_MEMORY
//
// Memory and tables never shrink, so the size that the target sees is a number that a restore sets back. What lies
// beyond it is zeros, because restore and capture keep it so. Growing beyond the maximum that the module itself declares
// returns -1, as the standard says.
//
// What else a restore has to know is noted after the instruction that does it, where it did not trap:
// - table.set, fill, copy and init set a dirty flag, on which restore copies the tables back;
// - table.grow, data.drop, elem.drop and, in a harness, writes to the target's tables set CONTROL_STATE_LOST;
// - so does every write to a struct or an array, if the module has a global or table through which such an object could
//   outlive a run. Where it has none, every object is as young as the run and needs no restoring.
import {
  CONTROL_DETAIL,
  CONTROL_REASON,
  CONTROL_STATE_LOST,
  MEASURE_GROWTH,
  REASON_MEMORY,
} from '../../assembly/abi.ts'
import { type ExpressionRef, TYPE, expressionType, modulePointer, raw } from '../binaryen.ts'
import { Code } from '../bridge/code.ts'
import type { Pass, PassContext } from '../context.ts'
import { ID } from '../kinds.ts'
import { ADDED, TARGET_MODULE } from '../types.ts'
import { walkFunction } from '../walk.ts'
import { MEASURE, measures } from './measure.ts'

/** Mutable i32: pages of memory as the target sees them. Absent in a harness and where there is no memory. */
export const PAGES_GLOBAL = 'fuzzbox.pages'
/** Mutable i32: an instruction of this run wrote to a table. Absent in modules without such instructions. */
export const TABLES_DIRTY_GLOBAL = 'fuzzbox.tables'
/** grow(pages) -> pages before, or -1. */
export const GROW = 'fuzzbox.limits.grow'
/** Import by which Emscripten's programs have the host grow their memory. */
const RESIZE_HEAP = 'emscripten_resize_heap'
/** size() -> pages; only in a harness, where it is the target's. */
const SIZE = 'fuzzbox.limits.size'

const TABLE_WRITES: ReadonlySet<number> = new Set([ID.tableSet, ID.tableFill, ID.tableCopy, ID.tableInit])
const DROPS: ReadonlySet<number> = new Set([ID.dataDrop, ID.elemDrop])
const OBJECT_WRITES: ReadonlySet<number> = new Set(
  ['StructSet', 'ArraySet', 'ArrayFill', 'ArrayCopy', 'ArrayInitData', 'ArrayInitElem'].map((kind) =>
    raw(`_Binaryen${kind}Id`)(),
  ),
)

export const limits: Pass = (context) => {
  const { module, options, state, map } = context
  if (context.targetMemory !== null && options.role === 'target') {
    module.addGlobal(PAGES_GLOBAL, TYPE.i32, true, module.i32.const(state.memory!.pagesInitial))
  }
  const found = rewrite(context)
  if (context.targetMemory !== null && options.role === 'target')
    addGrow(context, found.grows || Object.keys(options.provided).some((name) => name.endsWith(RESIZE_HEAP)))
  if (found.growsOfHarness) importSizes(context)
  if (found.tables && options.role === 'target')
    module.addGlobal(TABLES_DIRTY_GLOBAL, TYPE.i32, true, module.i32.const(0))
  for (const [present, note] of [
    [
      state.namesDropped,
      'the names of functions were dropped: the section that holds them is damaged or uses names that fuzzbox gives',
    ],
    [found.tableGrow, 'table.grow cannot be undone: a run that executes it is followed by a fresh instance'],
    [found.drops, 'data.drop and elem.drop cannot be undone: a run that executes them is followed by a fresh instance'],
    [found.objects, 'writes to garbage-collected objects cannot be undone: such a run is followed by a fresh instance'],
  ] as const)
    if (present) map.notes.push(note)
}

interface Found {
  tables: boolean
  tableGrow: boolean
  drops: boolean
  objects: boolean
  grows: boolean
  growsOfHarness: boolean
}

function rewrite(context: PassContext): Found {
  const { module, options } = context
  const found: Found = {
    tables: false,
    tableGrow: false,
    drops: false,
    objects: false,
    grows: false,
    growsOfHarness: false,
  }
  // Asked at the first such instruction, because the answer costs another walk and most modules have none.
  let objectsLost: boolean | undefined
  const code = new Code(context, [])
  const harness = options.role === 'harness'
  const lost = (): ExpressionRef => code.storeWord(CONTROL_STATE_LOST, code.const(1))
  const dirty = (): ExpressionRef => (harness ? lost() : module.global.set(TABLES_DIRTY_GLOBAL, code.const(1)))
  const then = (ref: ExpressionRef, note: () => ExpressionRef): ExpressionRef =>
    expressionType(ref) === TYPE.unreachable ? ref : code.block([ref, note()])
  const delta = raw('_BinaryenMemoryGrowGetDelta')
  const after = (ref: ExpressionRef, id: number): ExpressionRef => {
    if (id === ID.memorySize || id === ID.memoryGrow) {
      if (expressionType(ref) === TYPE.unreachable) return ref
      found.growsOfHarness ||= harness
      found.grows ||= id === ID.memoryGrow
      if (id === ID.memoryGrow) return code.call(GROW, [delta(ref)], TYPE.i32)
      return harness ? code.call(SIZE, [], TYPE.i32) : module.global.get(PAGES_GLOBAL, TYPE.i32)
    }
    if (TABLE_WRITES.has(id)) {
      found.tables = true
      return then(ref, dirty)
    }
    if (id === ID.tableGrow) {
      found.tableGrow = true
      return expressionType(ref) === TYPE.unreachable ? ref : code.block([lost(), ref], TYPE.i32)
    }
    if (DROPS.has(id)) {
      found.drops = true
      return then(ref, lost)
    }
    if (OBJECT_WRITES.has(id) && (objectsLost ??= objectsOutliveRuns(context))) {
      found.objects = true
      return then(ref, lost)
    }
    return ref
  }
  for (const { func } of context.functions) walkFunction(func, { after })
  return found
}

/** grow(delta): as drawn above. `tells`: how far memory has grown is of interest. */
function addGrow(context: PassContext, tells: boolean): void {
  const code = new Code(context, [TYPE.i32])
  const { module, target } = code
  const { pagesDeclared, pagesMax } = context.state.memory!
  const delta = 0
  const old = code.local(TYPE.i32)
  const next = code.local(TYPE.i32)
  const real = (): ExpressionRef => module.memory.size(target)
  const refused = (): ExpressionRef => module.return(code.const(-1))
  const room = code.sub(code.const(pagesDeclared), code.tee(old, module.global.get(PAGES_GLOBAL, TYPE.i32)))
  const body = [
    module.if(module.i32.gt_u(code.get(delta), room), refused()),
    code.set(next, code.add(code.get(old), code.get(delta))),
  ]
  if (pagesMax < pagesDeclared)
    body.push(
      module.if(
        module.i32.gt_u(code.get(next), code.const(pagesMax)),
        code.block([
          code.storeWord(CONTROL_REASON, code.const(REASON_MEMORY)),
          code.storeWord(CONTROL_DETAIL, code.get(next)),
          module.unreachable(),
        ]),
      ),
    )
  const growth = module.memory.grow(code.sub(code.get(next), real()), target)
  body.push(
    module.if(module.i32.gt_u(code.get(next), real()), module.if(module.i32.eq(growth, code.const(-1)), refused())),
    module.global.set(PAGES_GLOBAL, code.get(next)),
  )
  if (tells && measures(context)) {
    const grown = code.sub(code.get(next), code.const(context.state.memory!.pagesInitial))
    body.push(module.drop(code.call(MEASURE, [code.const(MEASURE_GROWTH), grown], TYPE.i32)))
  }
  body.push(code.get(old))
  code.define(GROW, TYPE.i32, body)
}

/** A harness sees the size of the target's memory through the target. */
function importSizes(context: PassContext): void {
  const { module, helpers } = context
  module.addFunctionImport(GROW, TARGET_MODULE, ADDED.grow, TYPE.i32, TYPE.i32)
  module.addFunctionImport(SIZE, TARGET_MODULE, ADDED.size, TYPE.none, TYPE.i32)
  helpers.add(GROW).add(SIZE)
}

/** Whether a global or a table could hold on to a struct or an array from one run to the next. */
function objectsOutliveRuns(context: PassContext): boolean {
  const { module } = context
  const pointer = modulePointer(module)
  const types: number[] = []
  for (let i = 0; i < module.getNumGlobals(); i++)
    types.push(raw('_BinaryenGlobalGetType')(raw('_BinaryenGetGlobalByIndex')(pointer, i)))
  for (let i = 0; i < module.getNumTables(); i++)
    types.push(raw('_BinaryenTableGetType')(raw('_BinaryenGetTableByIndex')(pointer, i)))
  if (usesObjectSegments(context)) return true
  const numeric = new Set<number>([TYPE.i32, TYPE.i64, TYPE.f32, TYPE.f64, TYPE.v128])
  return types.some((type) => !numeric.has(type) && !holdsOnlyFunctions(type))
}

const FUNCTION_TYPES: readonly number[] = ['Func', 'Nofunc', 'Noext', 'None'].map((name) =>
  raw(`_BinaryenHeapType${name}`)(),
)

function holdsOnlyFunctions(type: number): boolean {
  const heapType = raw('_BinaryenTypeGetHeapType')(type)
  return FUNCTION_TYPES.includes(heapType) || raw('_BinaryenHeapTypeIsSignature')(heapType) !== 0
}

/** Element segments hold on to objects too; only these two instructions take them out without passing by a table. */
function usesObjectSegments(context: PassContext): boolean {
  const kinds = new Set(['ArrayNewElem', 'ArrayInitElem'].map((kind) => raw(`_Binaryen${kind}Id`)()))
  if (context.module.getNumElementSegments() === 0) return false
  let found = false
  const after = (ref: ExpressionRef, id: number): ExpressionRef => {
    found ||= kinds.has(id)
    return ref
  }
  for (const { func } of context.functions) if (!found) walkFunction(func, { after })
  return found
}
