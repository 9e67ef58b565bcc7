// The functions that write records, drawn at COMPARES_LOG_BASE in assembly/abi.ts. What they write lies at constants, or at
// an index masked to its region, and what they read of the target's memory ends with it: none of them can trap.

import {
  COMPARES_BYTES_BASE,
  COMPARES_HITS_BASE,
  COMPARES_LOG_BASE,
  COMPARES_LOG_BYTES,
  COMPARES_SIDE_BYTES,
  COMPARES_SITES_MAX,
  COMPARES_SLOTS_MAX,
  COMPARES_SLOT_BYTES,
  COMPARE_HIT,
  COMPARE_KIND,
  COMPARE_LEFT,
  COMPARE_LENGTH_LEFT,
  COMPARE_LENGTH_RIGHT,
  COMPARE_RECORD_BYTES,
  COMPARE_RIGHT,
  COMPARE_SITE,
  COMPARE_SLOT,
  CONTROL_COMPARES_LOG,
  CONTROL_COMPARES_SLOTS,
} from '../../assembly/abi.ts'
import { type ExpressionRef, TYPE } from '../binaryen.ts'
import { Code } from '../bridge/code.ts'
import type { PassContext } from '../context.ts'

/** begin(site, meta, hitsMax) → address of a new record, or 0. */
const BEGIN = 'fuzzbox.compares.begin'
/** slot(record) → address of a new slot, or 0; the record names it. */
const SLOT = 'fuzzbox.compares.slot'
/** side(to, from) → how many bytes were copied there from the target's memory: at most COMPARES_SIDE_BYTES. */
const SIDE = 'fuzzbox.compares.side'

/** words(site, meta, hitsMax, left: i64, right: i64) */
export const WORDS = 'fuzzbox.compares.words'
/** bytes(site, meta, hitsMax, left, right, length): addresses in the target. */
export const BYTES = 'fuzzbox.compares.bytes'
/** vectors(site, meta, hitsMax, left: v128, right: v128) */
export const VECTORS = 'fuzzbox.compares.vectors'

const [SITE, META, HITS_MAX] = [0, 1, 2]
const HEAD = [TYPE.i32, TYPE.i32, TYPE.i32]

export function addHelpers(context: PassContext): void {
  addBegin(context)
  addSlot(context)
  addWords(context)
  addVectors(context)
  if (context.targetMemory === null) return
  addSide(context)
  addBytes(context)
}

function addBegin(context: PassContext): void {
  const code = new Code(context, HEAD)
  const { module, engine } = code
  const { i32 } = module
  const [hit, log, record] = [code.local(TYPE.i32), code.local(TYPE.i32), code.local(TYPE.i32)]
  const counter = (): ExpressionRef => i32.and(code.get(SITE), code.const(COMPARES_SITES_MAX - 1))
  const refused = (): ExpressionRef => module.return(code.const(0))
  const masked = i32.and(code.get(log), code.const(COMPARES_LOG_BYTES - COMPARE_RECORD_BYTES))
  code.define(BEGIN, TYPE.i32, [
    code.set(hit, i32.load8_u(COMPARES_HITS_BASE, 1, counter(), engine)),
    module.if(i32.ge_u(code.get(hit), code.get(HITS_MAX)), refused()),
    code.set(log, code.loadWord(CONTROL_COMPARES_LOG)),
    module.if(i32.ge_u(code.get(log), code.const(COMPARES_LOG_BYTES)), refused()),
    i32.store8(COMPARES_HITS_BASE, 1, counter(), code.add(code.get(hit), code.const(1)), engine),
    code.storeWord(CONTROL_COMPARES_LOG, code.add(code.get(log), code.const(COMPARE_RECORD_BYTES))),
    code.set(record, code.add(masked, code.const(COMPARES_LOG_BASE))),
    i32.store(COMPARE_SITE, 4, code.get(record), code.get(SITE), engine),
    // Kind, width and flags at once; the hit goes over what is above them.
    i32.store(COMPARE_KIND, 4, code.get(record), code.get(META), engine),
    i32.store8(COMPARE_HIT, 1, code.get(record), code.get(hit), engine),
    code.get(record),
  ])
}

function addSlot(context: PassContext): void {
  const code = new Code(context, [TYPE.i32])
  const { module, engine } = code
  const { i32 } = module
  const slot = code.local(TYPE.i32)
  const masked = i32.and(code.get(slot), code.const(COMPARES_SLOTS_MAX - 1))
  code.define(SLOT, TYPE.i32, [
    code.set(slot, code.loadWord(CONTROL_COMPARES_SLOTS)),
    i32.store(COMPARE_LENGTH_LEFT, 4, code.get(0), code.const(0), engine),
    module.if(i32.ge_u(code.get(slot), code.const(COMPARES_SLOTS_MAX)), module.return(code.const(0))),
    code.storeWord(CONTROL_COMPARES_SLOTS, code.add(code.get(slot), code.const(1))),
    i32.store(COMPARE_SLOT, 4, code.get(0), code.get(slot), engine),
    code.add(i32.mul(masked, code.const(COMPARES_SLOT_BYTES)), code.const(COMPARES_BYTES_BASE)),
  ])
}

function addWords(context: PassContext): void {
  const code = new Code(context, [...HEAD, TYPE.i64, TYPE.i64])
  const { module, engine } = code
  const { i64 } = module
  const [left, right] = [3, 4]
  const record = code.local(TYPE.i32)
  code.define(WORDS, TYPE.none, [
    module.if(
      code.tee(record, code.call(BEGIN, [code.get(SITE), code.get(META), code.get(HITS_MAX)], TYPE.i32)),
      code.block([
        i64.store(COMPARE_LEFT, 8, code.get(record), code.get(left), engine),
        i64.store(COMPARE_RIGHT, 8, code.get(record), code.get(right), engine),
      ]),
    ),
  ])
}

function addVectors(context: PassContext): void {
  const code = new Code(context, [...HEAD, TYPE.v128, TYPE.v128])
  const { module, engine } = code
  const { i32, i64, v128 } = module
  const [left, right] = [3, 4]
  const [record, slot] = [code.local(TYPE.i32), code.local(TYPE.i32)]
  code.define(VECTORS, TYPE.none, [
    module.if(
      code.tee(record, code.call(BEGIN, [code.get(SITE), code.get(META), code.get(HITS_MAX)], TYPE.i32)),
      code.block([
        i64.store(COMPARE_LEFT, 8, code.get(record), i64.const(0n), engine),
        i64.store(COMPARE_RIGHT, 8, code.get(record), i64.const(0n), engine),
        module.if(
          code.tee(slot, code.call(SLOT, [code.get(record)], TYPE.i32)),
          code.block([
            v128.store(0, 16, code.get(slot), code.get(left), engine),
            v128.store(COMPARES_SIDE_BYTES, 16, code.get(slot), code.get(right), engine),
            i32.store(COMPARE_LENGTH_LEFT, 4, code.get(record), code.const(0x0010_0010), engine),
          ]),
        ),
      ]),
    ),
  ])
}

/** side(to, from, length) */
function addSide(context: PassContext): void {
  const code = new Code(context, [TYPE.i32, TYPE.i32, TYPE.i32])
  const { module, engine, target } = code
  const { i32, i64 } = module
  const [to, from, length] = [0, 1, 2]
  const left = code.local(TYPE.i64)
  const end = i64.shl(i64.extend_u(module.memory.size(target)), i64.const(16n))
  const clamp = (most: ExpressionRef, isMore: ExpressionRef): ExpressionRef => module.if(isMore, code.set(length, most))
  code.define(SIDE, TYPE.i32, [
    clamp(code.const(COMPARES_SIDE_BYTES), i32.gt_u(code.get(length), code.const(COMPARES_SIDE_BYTES))),
    code.set(left, i64.sub(end, i64.extend_u(code.get(from)))),
    module.if(i64.le_s(code.get(left), i64.const(0n)), module.return(code.const(0))),
    clamp(i32.wrap(code.get(left)), i64.gt_u(i64.extend_u(code.get(length)), code.get(left))),
    module.memory.copy(code.get(to), code.get(from), code.get(length), engine, target),
    code.get(length),
  ])
}

function addBytes(context: PassContext): void {
  const code = new Code(context, [...HEAD, TYPE.i32, TYPE.i32, TYPE.i32])
  const { module, engine } = code
  const { i32, i64 } = module
  const [left, right, length] = [3, 4, 5]
  const [record, slot] = [code.local(TYPE.i32), code.local(TYPE.i32)]
  const side = (offset: number, from: number): ExpressionRef =>
    code.call(SIDE, [code.add(code.get(slot), code.const(offset)), code.get(from), code.get(length)], TYPE.i32)
  code.define(BYTES, TYPE.none, [
    module.if(
      code.tee(record, code.call(BEGIN, [code.get(SITE), code.get(META), code.get(HITS_MAX)], TYPE.i32)),
      code.block([
        i64.store(COMPARE_LEFT, 8, code.get(record), i64.extend_u(code.get(left)), engine),
        i64.store(COMPARE_RIGHT, 8, code.get(record), i64.extend_u(code.get(right)), engine),
        module.if(
          code.tee(slot, code.call(SLOT, [code.get(record)], TYPE.i32)),
          code.block([
            i32.store16(COMPARE_LENGTH_LEFT, 2, code.get(record), side(0, left), engine),
            i32.store16(COMPARE_LENGTH_RIGHT, 2, code.get(record), side(COMPARES_SIDE_BYTES, right), engine),
          ]),
        ),
      ]),
    ),
  ])
}
