// The marks of one engine, read and written by the host: what is known of them over all timelines, and what the timeline
// under way met. assembly/explore/marks/ keeps the table; abi.ts draws the records.
import {
  EXPLORE_FOUND_BASE,
  EXPLORE_FOUND_LOST,
  EXPLORE_FOUND_RECORDS,
  EXPLORE_VIOLATIONS,
  EXPLORE_VIOLATIONS_BASE,
  EXPLORE_VIOLATIONS_LOST,
  FOUND_BYTES,
  FOUND_DRAWS,
  FOUND_MARK,
  FOUND_MARK_CALLS,
  FOUND_VALUE,
  MARK_BYTES,
  MARK_DISCOVERED,
  MARK_EXCHANGE_BASE,
  MARK_EXCHANGE_KEYS,
  MARK_EXCHANGE_QUALITIES,
  MARK_FAILS,
  MARK_FLAGS,
  MARK_FRONTIER,
  MARK_ID,
  MARK_KEY_COUNT,
  MARK_KEYS,
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
  VIOLATION_DETAILS_BYTES,
  VIOLATION_DRAWS,
  VIOLATION_HEADER_BYTES,
  VIOLATION_ID,
  VIOLATION_MARK_CALLS,
  VIOLATION_MESSAGE_BYTES,
} from '../../../assembly/abi.ts'
import type { Engine } from '../engine/engine.ts'
import { engineErrors } from '../engine/errors.ts'
import type { MarkKind, MarkName, MarkState } from './timelines.ts'

/** By MARK_* of abi.ts. */
export const MARK_KINDS: readonly MarkKind[] = [
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

/** A discovery as the engine tells it: the moment is draws and calls of marks since the last reseed. */
export interface FoundMark {
  readonly id: string
  readonly value: bigint
  readonly draws: number
  readonly markCalls: number
}

/** A violation in the same terms. */
export interface ListedViolation {
  readonly id: string
  readonly message: string
  readonly details: string
  readonly draws: number
  readonly markCalls: number
}

interface MarkExports {
  marksSetup(marks: number, valueBytes: number): number
  marksPut(
    kind: number,
    messageBytes: number,
    keys: number,
    keyCount: number,
    qualities: number,
    qualityCount: number,
  ): number
  marksLength(): number
  marksChanged(): number
  marksTold(): void
  marksLost(): bigint
  exploreFoundClear(): void
}

const NO_ROOM = 0xffff_ffff

export class MarkTable {
  readonly #engine: Engine
  readonly #exports: MarkExports
  /** What of a mark never changes, by its index. */
  readonly #ids: string[] = []
  readonly #names: MarkName[] = []

  /**
   * Makes room in an engine that has no table yet; E_ENGINE_MEMORY where it cannot be had. `valueBytes` is for messages,
   * keys and qualities.
   */
  constructor(engine: Engine, marksMax: number, valueBytes: number) {
    this.#engine = engine
    this.#exports = engine.allExports as unknown as MarkExports
    const lacked = this.#exports.marksSetup(marksMax, valueBytes)
    if (lacked !== 0) throw engineErrors.memory(lacked)
  }

  get length(): number {
    return this.#exports.marksLength()
  }

  /** Calls of marks that found the table full: what they said of new marks is lost, and a report has to say so. */
  get lost(): number {
    return Number(this.#exports.marksLost())
  }

  /** All marks, in the order in which this engine met them. */
  all(): MarkState[] {
    return Array.from({ length: this.length }, (_, index) => this.at(index))
  }

  /** What changed since the last call. */
  takeChanged(): MarkState[] {
    const list = this.#engine.address(REGION_MARKS_CHANGED)
    const count = this.#exports.marksChanged()
    const changed = Array.from({ length: count }, (_, i) => this.at(this.#engine.word(list + 4 * i)))
    this.#exports.marksTold()
    return changed
  }

  /** MarkState.id of the mark with this index. */
  idOf(index: number): string {
    return (this.#ids[index] ??= idAt(this.#view(), this.#engine.address(REGION_MARKS) + index * MARK_BYTES + MARK_ID))
  }

  at(index: number): MarkState {
    const view = this.#view()
    const at = this.#engine.address(REGION_MARKS) + index * MARK_BYTES
    const flags = view.getUint8(at + MARK_FLAGS)
    const values = (address: number, count: number): bigint[] =>
      Array.from({ length: count }, (_, i) => view.getBigInt64(address + 8 * i, true))
    return {
      id: this.idOf(index),
      name: (this.#names[index] ??= {
        kind: MARK_KINDS[view.getUint8(at + MARK_KIND)]!,
        message: this.#text(view.getUint32(at + MARK_MESSAGE, true), view.getUint32(at + MARK_MESSAGE_BYTES, true)),
        keys: values(view.getUint32(at + MARK_KEYS, true), view.getUint8(at + MARK_KEY_COUNT)),
      }),
      discovered: (flags & MARK_DISCOVERED) !== 0,
      passes: Number(view.getBigUint64(at + MARK_PASSES, true)),
      fails: Number(view.getBigUint64(at + MARK_FAILS, true)),
      watermark: flags & MARK_VALUED ? view.getBigInt64(at + MARK_WATERMARK, true) : null,
      frontier: view.getUint32(at + MARK_FRONTIER, true),
      quality: values(view.getUint32(at + MARK_QUALITIES, true), view.getUint8(at + MARK_QUALITY_COUNT)),
    }
  }

  /** Makes a mark's state the one given, whatever it was. False where the table is full. */
  write(state: MarkState): boolean {
    const { kind, message, keys } = state.name
    const bytes = new TextEncoder().encode(message).subarray(0, MARK_MESSAGE_MAX)
    this.#engine.bytes().set(bytes, MARK_EXCHANGE_BASE)
    const keyCount = this.#writeValues(MARK_EXCHANGE_KEYS, keys)
    const qualityCount = this.#writeValues(MARK_EXCHANGE_QUALITIES, state.quality)
    const index = this.#exports.marksPut(
      MARK_KINDS.indexOf(kind),
      bytes.length,
      MARK_EXCHANGE_KEYS,
      keyCount,
      MARK_EXCHANGE_QUALITIES,
      qualityCount,
    )
    if (index >>> 0 === NO_ROOM) return false
    const view = this.#view()
    const at = this.#engine.address(REGION_MARKS) + index * MARK_BYTES
    const kept = view.getUint8(at + MARK_FLAGS) & ~(MARK_DISCOVERED | MARK_VALUED)
    const valued = state.watermark === null ? 0 : MARK_VALUED
    view.setUint8(at + MARK_FLAGS, kept | valued | (state.discovered ? MARK_DISCOVERED : 0))
    view.setUint32(at + MARK_FRONTIER, state.frontier, true)
    view.setBigUint64(at + MARK_PASSES, BigInt(state.passes), true)
    view.setBigUint64(at + MARK_FAILS, BigInt(state.fails), true)
    view.setBigInt64(at + MARK_WATERMARK, state.watermark ?? 0n, true)
    return true
  }

  /** Discoveries since the last call, and how many more there was no room to tell. */
  takeDiscoveries(): { readonly found: readonly FoundMark[]; readonly lost: number } {
    const view = this.#view()
    const found = Array.from({ length: view.getUint32(EXPLORE_FOUND_BASE, true) }, (_, i) => {
      const at = EXPLORE_FOUND_RECORDS + i * FOUND_BYTES
      return {
        id: this.idOf(view.getUint32(at + FOUND_MARK, true)),
        value: view.getBigInt64(at + FOUND_VALUE, true),
        draws: Number(view.getBigUint64(at + FOUND_DRAWS, true)),
        markCalls: Number(view.getBigUint64(at + FOUND_MARK_CALLS, true)),
      }
    })
    const lost = view.getUint32(EXPLORE_FOUND_LOST, true)
    this.#exports.exploreFoundClear()
    return { found, lost }
  }

  /**
   * Violations of the timeline under way: those of the moments it was forked from stand first. One mark is listed once;
   * `lost` counts those of further marks.
   */
  violations(): { readonly listed: readonly ListedViolation[]; readonly lost: number } {
    const view = this.#view()
    const listed: ListedViolation[] = []
    let at = EXPLORE_VIOLATIONS_BASE
    for (let remaining = view.getUint32(EXPLORE_VIOLATIONS, true); remaining > 0; remaining--) {
      const messageBytes = view.getUint32(at + VIOLATION_MESSAGE_BYTES, true)
      const detailsBytes = view.getUint32(at + VIOLATION_DETAILS_BYTES, true)
      const text = at + VIOLATION_HEADER_BYTES
      listed.push({
        id: idAt(view, at + VIOLATION_ID),
        message: this.#text(text, messageBytes),
        details: this.#text(text + messageBytes, detailsBytes),
        draws: Number(view.getBigUint64(at + VIOLATION_DRAWS, true)),
        markCalls: Number(view.getBigUint64(at + VIOLATION_MARK_CALLS, true)),
      })
      at = (text + messageBytes + detailsBytes + 7) & ~7
    }
    return { listed, lost: view.getUint32(EXPLORE_VIOLATIONS_LOST, true) }
  }

  #writeValues(address: number, values: readonly bigint[]): number {
    const view = this.#view()
    const taken = values.slice(0, MARK_VALUES_MAX)
    taken.forEach((value, i) => view.setBigInt64(address + 8 * i, value, true))
    return taken.length
  }

  #text(address: number, bytes: number): string {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.#engine.bytes().slice(address, address + bytes))
  }

  #view(): DataView {
    return this.#engine.view()
  }
}

/** 64 bits at an address, in 16 hexadecimal digits. */
export function idAt(view: DataView, address: number): string {
  return view.getBigUint64(address, true).toString(16).padStart(16, '0')
}
