// The engine's table of marks: what is read from it after a job, and written to it before one. abi.ts draws the records.
import {
  MARK_BYTES,
  MARK_DISCOVERED,
  MARK_EXCHANGE_BASE,
  MARK_EXCHANGE_KEYS,
  MARK_EXCHANGE_QUALITIES,
  MARK_FAILS,
  MARK_FLAGS,
  MARK_FRONTIER,
  MARK_ID,
  MARK_KEYS,
  MARK_KEY_COUNT,
  MARK_KIND,
  MARK_MESSAGE,
  MARK_MESSAGE_BYTES,
  MARK_MESSAGE_MAX,
  MARK_PASSES,
  MARK_QUALITIES,
  MARK_QUALITY_COUNT,
  MARK_VALUED,
  MARK_VALUES_MAX,
  MARK_WATERMARK,
  REGION_MARKS,
  REGION_MARKS_CHANGED,
} from '../../../assembly/abi.ts'
import type { Engine } from '../engine/engine.ts'
import type { MarkKind, MarkName, MarkState } from './timelines.ts'

/** In the order of MARK_ALWAYS and its like. */
const KINDS: readonly MarkKind[] = [
  'always',
  'always-or-unreachable',
  'sometimes',
  'reachable',
  'unreachable',
  'always-gt',
  'always-ge',
  'always-lt',
  'always-le',
  'sometimes-gt',
  'sometimes-ge',
  'sometimes-lt',
  'sometimes-le',
  'sometimes-all',
  'each',
]

export class MarkRecords {
  readonly #engine: Engine
  readonly #ids: string[] = []
  readonly #names: MarkName[] = []

  constructor(engine: Engine) {
    this.#engine = engine
  }

  /** The MarkState.id of a mark by its index in the table. */
  idOf(index: number): string {
    return (this.#ids[index] ??= hexWord(this.#view(), this.#at(index) + MARK_ID))
  }

  /** Marks that changed since the last call, with the passes and fails that came since. */
  drain(): MarkState[] {
    const engine = this.#engine
    const count = engine.exports.marksChanged()
    const list = engine.address(REGION_MARKS_CHANGED)
    const marks: MarkState[] = []
    for (let i = 0; i < count; i++) marks.push(this.#read(engine.word(list + 4 * i)))
    engine.exports.marksTold()
    return marks
  }

  #read(index: number): MarkState {
    const view = this.#view()
    const at = this.#at(index)
    const flags = view.getUint8(at + MARK_FLAGS)
    const passes = Number(view.getBigUint64(at + MARK_PASSES, true))
    const fails = Number(view.getBigUint64(at + MARK_FAILS, true))
    view.setBigUint64(at + MARK_PASSES, 0n, true)
    view.setBigUint64(at + MARK_FAILS, 0n, true)
    return {
      id: this.idOf(index),
      name: this.#nameOf(index),
      discovered: (flags & MARK_DISCOVERED) !== 0,
      passes,
      fails,
      watermark: (flags & MARK_VALUED) !== 0 ? view.getBigInt64(at + MARK_WATERMARK, true) : null,
      frontier: view.getUint32(at + MARK_FRONTIER, true),
      quality: readValues(view, view.getUint32(at + MARK_QUALITIES, true), view.getUint8(at + MARK_QUALITY_COUNT)),
    }
  }

  #nameOf(index: number): MarkName {
    const known = this.#names[index]
    if (known) return known
    const view = this.#view()
    const at = this.#at(index)
    const message = view.getUint32(at + MARK_MESSAGE, true)
    const bytes = this.#engine.bytes().slice(message, message + view.getUint32(at + MARK_MESSAGE_BYTES, true))
    return (this.#names[index] = {
      kind: KINDS[view.getUint8(at + MARK_KIND)]!,
      message: new TextDecoder().decode(bytes),
      keys: readValues(view, view.getUint32(at + MARK_KEYS, true), view.getUint8(at + MARK_KEY_COUNT)),
    })
  }

  /** Takes over what is known of a mark elsewhere; one for which there is no room is left out. */
  put(state: MarkState): void {
    const { exports } = this.#engine
    const message = new TextEncoder().encode(state.name.message).subarray(0, MARK_MESSAGE_MAX)
    this.#engine.bytes().set(message, MARK_EXCHANGE_BASE)
    const keys = writeValues(this.#view(), MARK_EXCHANGE_KEYS, state.name.keys)
    const qualities = writeValues(this.#view(), MARK_EXCHANGE_QUALITIES, state.quality)
    const kind = KINDS.indexOf(state.name.kind)
    const index = exports.marksPut(kind, message.length, MARK_EXCHANGE_KEYS, keys, MARK_EXCHANGE_QUALITIES, qualities)
    if (index === -1) return
    const view = this.#view()
    const at = this.#at(index)
    const others = view.getUint8(at + MARK_FLAGS) & ~(MARK_DISCOVERED | MARK_VALUED)
    const valued = state.watermark === null ? 0 : MARK_VALUED
    view.setUint8(at + MARK_FLAGS, others | valued | (state.discovered ? MARK_DISCOVERED : 0))
    view.setBigInt64(at + MARK_WATERMARK, state.watermark ?? 0n, true)
    view.setUint32(at + MARK_FRONTIER, state.frontier, true)
  }

  #at(index: number): number {
    return this.#engine.address(REGION_MARKS) + MARK_BYTES * index
  }

  #view(): DataView {
    return this.#engine.view()
  }
}

function readValues(view: DataView, at: number, count: number): bigint[] {
  return Array.from({ length: count }, (_, i) => view.getBigInt64(at + 8 * i, true))
}

function writeValues(view: DataView, at: number, values: readonly bigint[]): number {
  const taken = values.slice(0, MARK_VALUES_MAX)
  taken.forEach((value, i) => view.setBigInt64(at + 8 * i, value, true))
  return taken.length
}

/** 64 bits, as 16 digits. */
export function hexWord(view: DataView, at: number): string {
  const high = view
    .getUint32(at + 4, true)
    .toString(16)
    .padStart(8, '0')
  return high + view.getUint32(at, true).toString(16).padStart(8, '0')
}
