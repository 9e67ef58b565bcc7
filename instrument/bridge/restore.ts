// `restore` and `capture`: the way back to a snapshot, and the way into one.
//
//   marks      ▪ ▫ ▫ ▪ ▪ ▫ …      one byte per granule, "written in this run"; scanned 64 a step
//   memory     [====]·  [========]·   a run of marked granules is copied back from the image as one piece,
//                                     with GRANULE_SLACK_BYTES more (·), because a store is marked by its first byte
//
// Marks are scanned up to the memory's REAL size. What lies beyond the size that the image was taken at was all zeros
// then (the virtual size of `limits` sees to it), so it is cleared and the image needs no bytes for it.
import {
  CONTROL_STATE_LOST,
  GRANULE_SLACK_BYTES,
  IMAGE_HARNESS_GLOBALS,
  IMAGE_MEMORY,
  MARKS_BASE,
} from '../../assembly/abi.ts'
import { type ExpressionRef, TYPE } from '../binaryen.ts'
import type { PassContext } from '../context.ts'
import { PAGES_GLOBAL, TABLES_DIRTY_GLOBAL } from '../passes/limits.ts'
import { ADDED } from '../types.ts'
import { Code } from './code.ts'
import { PAGE_SHIFT, clearMarks, marksAsBits, marksBytes, scanMarks } from './marks.ts'
import { addSnapshots } from './snapshots.ts'
import {
  type GlobalSlot,
  type TableSlot,
  loadGlobals,
  loadTable,
  mutableGlobals,
  saveGlobals,
  saveTable,
  shadowTables,
} from './state.ts'

const STEP = 'fuzzbox.restore.step'
const PIECE = 'fuzzbox.restore.piece'

export function addRestoreAndCapture(context: PassContext): void {
  const { module, map, options } = context
  const harness = options.role === 'harness'
  const slots = mutableGlobals(context, harness ? IMAGE_HARNESS_GLOBALS : 0)
  const writesTables = !harness && module.getGlobal(TABLES_DIRTY_GLOBAL) !== 0
  const tables = writesTables ? shadowTables(context) : []
  map.globals = slots.length
  const memory = !harness && context.targetMemory !== null
  if (memory) {
    addPiece(context, slots)
    addStep(context)
  }
  addRestore(context, slots, tables, memory)
  addCapture(context, slots, tables, memory)
  if (map.forks === true && !harness) addSnapshots(context, slots, tables)
}

/** The size at which an image was taken, in pages: the saved virtual size, or the real one without the pass `limits`. */
function imagePages(code: Code, image: number, slots: readonly GlobalSlot[]): ExpressionRef {
  const saved = slots.find(({ name }) => name === PAGES_GLOBAL)
  const { module } = code
  if (saved === undefined) return module.memory.size(code.target)
  return module.i32.load(saved.offset!, 4, code.get(image), code.engine)
}

function virtualPages(code: Code, slots: readonly GlobalSlot[]): ExpressionRef {
  const { module } = code
  const limited = slots.some(({ name }) => name === PAGES_GLOBAL)
  return limited ? module.global.get(PAGES_GLOBAL, TYPE.i32) : module.memory.size(code.target)
}

function addRestore(
  context: PassContext,
  slots: readonly GlobalSlot[],
  tables: readonly TableSlot[],
  memory: boolean,
): void {
  const code = new Code(context, [TYPE.i32])
  const body: ExpressionRef[] = []
  if (memory) body.push(...scanMarks(context, code, STEP))
  if (tables.length > 0) {
    const back = tables.map((table) => loadTable(context, code, table))
    body.push(code.module.if(code.module.global.get(TABLES_DIRTY_GLOBAL, TYPE.i32), code.block(back)))
  }
  body.push(...loadGlobals(context, code, 0, slots))
  code.define(ADDED.restore, TYPE.none, body)
}

/** step(image, mark): copies back each run of set marks among the 64 at `mark`, then clears them. */
function addStep(context: PassContext): void {
  const code = new Code(context, [TYPE.i32, TYPE.i32])
  const { module } = code
  const shift = context.map.granuleShift
  const [image, mark] = [0, 1]
  const bits = code.local(TYPE.i64)
  const first = code.local(TYPE.i64)
  const run = code.local(TYPE.i64)
  const { i64 } = module
  const granule = code.add(code.sub(code.get(mark), code.const(MARKS_BASE)), module.i32.wrap(code.get(first)))
  const pieces = code.block([
    code.set(first, i64.ctz(code.get(bits))),
    code.set(run, i64.ctz(i64.xor(i64.shr_u(code.get(bits), code.get(first)), i64.const(-1n)))),
    code.call(PIECE, [code.get(image), code.shl(granule, shift), module.i32.wrap(code.get(run))]),
    // A carry through the run clears its bits and sets the one above, which the `and` takes away again.
    code.set(bits, i64.and(code.get(bits), i64.add(code.get(bits), i64.shl(i64.const(1n), code.get(first))))),
    module.br('pieces', i64.ne(code.get(bits), i64.const(0n))),
  ])
  code.define(STEP, TYPE.none, [
    code.set(bits, marksAsBits(code, mark)),
    module.loop('pieces', pieces),
    ...clearMarks(code, mark),
  ])
}

/** piece(image, address, granules): copies so many granules and the slack, clamped to what there is. */
function addPiece(context: PassContext, slots: readonly GlobalSlot[]): void {
  const code = new Code(context, [TYPE.i32, TYPE.i32, TYPE.i32])
  const { module, engine, target } = code
  const { i64 } = module
  const shift = context.map.granuleShift
  const [image, address, bytes] = [0, 1, 2]
  const end = code.local(TYPE.i64)
  const limit = code.local(TYPE.i64)
  const source = code.add(code.add(code.get(image), code.const(IMAGE_MEMORY)), code.get(address))
  const toBytes = (pages: ExpressionRef): ExpressionRef => i64.shl(i64.extend_u(pages), i64.const(BigInt(PAGE_SHIFT)))
  const at = (): ExpressionRef => i64.extend_u(code.get(address))
  const length = (): ExpressionRef => module.i32.wrap(i64.sub(code.get(end), at()))
  const size = code.add(code.shl(code.get(bytes), shift), code.const(GRANULE_SLACK_BYTES))
  code.define(PIECE, TYPE.none, [
    code.set(end, i64.add(at(), i64.extend_u(code.tee(bytes, size)))),
    code.set(limit, toBytes(imagePages(code, image, slots))),
    // Beyond the image: the part between its end and the memory's is cleared, then the piece ends with the image.
    module.if(
      i64.gt_u(code.get(end), code.get(limit)),
      code.block([
        code.call(`${PIECE}.clear`, [code.get(address), code.get(end), code.get(limit)]),
        module.if(i64.ge_u(at(), code.get(limit)), module.return()),
        code.set(end, code.get(limit)),
        code.set(bytes, length()),
      ]),
    ),
    // Measured against a loop of vectors (V8 14.6): 13 ns a granule of 1 KiB, the loop 19.
    module.memory.copy(code.get(address), source, code.get(bytes), target, engine),
  ])
  addClear(context)
}

/** clear(address, end, limit): zeros from the later of address and limit to the earlier of end and the memory's end. */
function addClear(context: PassContext): void {
  const code = new Code(context, [TYPE.i32, TYPE.i64, TYPE.i64])
  const { module, target } = code
  const { i64 } = module
  const [address, end, start] = [0, 1, 2]
  const real = i64.shl(i64.extend_u(module.memory.size(target)), i64.const(BigInt(PAGE_SHIFT)))
  const at = (): ExpressionRef => i64.extend_u(code.get(address))
  const top = code.local(TYPE.i64)
  const bytes = module.i32.wrap(i64.sub(code.get(end), code.get(start)))
  code.define(`${PIECE}.clear`, TYPE.none, [
    code.set(top, real),
    module.if(i64.lt_u(code.get(start), at()), code.set(start, at())),
    module.if(i64.gt_u(code.get(end), code.get(top)), code.set(end, code.get(top))),
    module.if(
      i64.gt_u(code.get(end), code.get(start)),
      module.memory.fill(module.i32.wrap(code.get(start)), code.const(0), bytes, target),
    ),
  ])
}

function addCapture(
  context: PassContext,
  slots: readonly GlobalSlot[],
  tables: readonly TableSlot[],
  memory: boolean,
): void {
  const code = new Code(context, [TYPE.i32])
  const { module, engine } = code
  const body = tables.map((table) => saveTable(code, table))
  if (tables.length > 0) body.push(module.global.set(TABLES_DIRTY_GLOBAL, code.const(0)))
  body.push(...saveGlobals(code, 0, slots))
  if (memory) {
    const { target } = code
    const pages = (): ExpressionRef => virtualPages(code, slots)
    const beyond = code.sub(module.memory.size(target), pages())
    const place = code.add(code.get(0), code.const(IMAGE_MEMORY))
    body.push(
      module.memory.copy(place, code.const(0), code.shl(pages(), PAGE_SHIFT), engine, target),
      module.memory.fill(code.shl(pages(), PAGE_SHIFT), code.const(0), code.shl(beyond, PAGE_SHIFT), target),
      module.memory.fill(code.const(MARKS_BASE), code.const(0), marksBytes(code, context.map.granuleShift), engine),
    )
  }
  // From here on "lost" means lost since this capture.
  if (context.options.role === 'target') body.push(code.storeWord(CONTROL_STATE_LOST, code.const(0)))
  code.define(ADDED.capture, TYPE.none, body)
}
