// A binary as a list of sections: found, replaced, created in the order that the format asks for.
import { ByteReader, concat, unsignedLeb } from './bytes.ts'
import { namesAreUsable } from './names.ts'

export const SECTION = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
  tag: 13,
} as const

/** Ids in the order in which sections stand; tags and the data count were numbered after the fact. */
const ORDER: readonly number[] = [1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, 10, 11]

interface Section {
  readonly id: number
  payload: Uint8Array
}

export class Sections {
  private readonly header: Uint8Array
  private readonly list: Section[] = []

  constructor(wasm: Uint8Array) {
    this.header = wasm.subarray(0, 8)
    const reader = new ByteReader(wasm, 8)
    while (!reader.atEnd) {
      const id = reader.byte()
      this.list.push({ id, payload: reader.take(reader.unsigned()) })
    }
  }

  payload(id: number): Uint8Array | undefined {
    return this.list.find((section) => section.id === id)?.payload
  }

  /** Number of items of a section that is a vector; 0 for a section that is not there. */
  count(id: number): number {
    const payload = this.payload(id)
    return payload === undefined ? 0 : new ByteReader(payload).unsigned()
  }

  /** The encoded items of a section that is a vector, without the count. */
  items(id: number): Uint8Array {
    const payload = this.payload(id)
    if (payload === undefined) return new Uint8Array()
    const reader = new ByteReader(payload)
    reader.unsigned()
    return payload.subarray(reader.position)
  }

  /** Replaces a vector section, creates it where it belongs, or drops it when it became empty. */
  setVector(id: number, count: number, items: readonly (Uint8Array | readonly number[])[]): void {
    if (count === 0) this.remove(id)
    else this.set(id, concat([unsignedLeb(count), ...items]))
  }

  /** Replaces a section or creates it where it belongs. */
  set(id: number, payload: Uint8Array): void {
    const present = this.list.find((section) => section.id === id)
    if (present !== undefined) {
      present.payload = payload
      return
    }
    const rank = ORDER.indexOf(id)
    const next = this.list.findIndex((section) => section.id !== SECTION.custom && ORDER.indexOf(section.id) > rank)
    this.list.splice(next < 0 ? this.list.length : next, 0, { id, payload })
  }

  remove(id: number): void {
    const index = this.list.findIndex((section) => section.id === id)
    if (index >= 0) this.list.splice(index, 1)
  }

  /** Drops name sections that are damaged or hold a name that begins so; returns whether there was one. */
  dropNames(prefix: string): boolean {
    return this.dropCustom((name, content) => name === 'name' && !namesAreUsable(content, prefix))
  }

  /** Drops custom sections, which only tools read; returns whether there was one to drop. */
  dropCustom(unwanted: (name: string, content: Uint8Array) => boolean): boolean {
    const before = this.list.length
    const kept = this.list.filter(({ id, payload }) => {
      if (id !== SECTION.custom) return true
      const reader = new ByteReader(payload)
      return !unwanted(reader.name(), payload.subarray(reader.position))
    })
    this.list.splice(0, before, ...kept)
    return kept.length < before
  }

  encode(): Uint8Array {
    const parts: (Uint8Array | readonly number[])[] = [this.header]
    for (const { id, payload } of this.list) parts.push([id], unsignedLeb(payload.length), payload)
    return concat(parts)
  }
}
