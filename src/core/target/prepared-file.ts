// A prepared target as one run of bytes: made where Binaryen is, run where it is not.
//
//   "fuzzbox\0"   8 bytes
//   ABI version   u32, little endian, as all numbers here: inserted code contains the engine's addresses
//   length        u32: bytes of the JSON that follows
//   JSON          the PreparedTarget; an array of bytes in it is { "bytes": [offset, length] }, counted from the JSON's end
//   bytes         those arrays, one after the other
//
// Its code imports the engine's memory. Somebody else's file can therefore lie about what it did, as somebody else's module
// cannot; it can no more leave Wasm than that.

import { ABI_VERSION } from '../../../assembly/abi.ts'
import { preparedErrors } from './errors.ts'
import type { PreparedTarget } from './prepared.ts'

const MAGIC = new TextEncoder().encode('fuzzbox\0')
const HEAD_BYTES = MAGIC.length + 8

/** The file of a prepared target: a few kilobytes more than its modules. */
export function writePrepared(target: PreparedTarget): Uint8Array<ArrayBuffer> {
  const arrays: Uint8Array[] = []
  let bytesLength = 0
  const text = JSON.stringify(target, (_, value: unknown) => {
    if (!(value instanceof Uint8Array)) return value
    arrays.push(value)
    bytesLength += value.length
    return { bytes: [bytesLength - value.length, value.length] }
  })
  const json = new TextEncoder().encode(text)
  const file = new Uint8Array(HEAD_BYTES + json.length + bytesLength)
  const view = new DataView(file.buffer)
  file.set(MAGIC)
  view.setUint32(MAGIC.length, ABI_VERSION, true)
  view.setUint32(MAGIC.length + 4, json.length, true)
  file.set(json, HEAD_BYTES)
  let at = HEAD_BYTES + json.length
  for (const array of arrays) {
    file.set(array, at)
    at += array.length
  }
  return file
}

/** Whether the bytes begin as such a file does. */
export function isPreparedFile(file: Uint8Array): boolean {
  return file.length >= HEAD_BYTES && MAGIC.every((byte, index) => file[index] === byte)
}

/** The target in a file; throws E_PREPARED_FILE for one of another version, or one that is cut short. */
export function readPrepared(file: Uint8Array, name = 'the prepared module'): PreparedTarget {
  if (!isPreparedFile(file)) throw preparedErrors.preparedFile(name, 'it does not begin as one')
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const version = view.getUint32(MAGIC.length, true)
  if (version !== ABI_VERSION) {
    throw preparedErrors.preparedFile(name, `it is of version ${version}, and this fuzzbox reads ${ABI_VERSION}`)
  }
  const jsonEnd = HEAD_BYTES + view.getUint32(MAGIC.length + 4, true)
  if (jsonEnd > file.length) throw preparedErrors.preparedFile(name, 'it is cut short')
  try {
    const text = new TextDecoder().decode(file.subarray(HEAD_BYTES, jsonEnd))
    const target = JSON.parse(text, (_, value: unknown) => revive(value, file, jsonEnd)) as PreparedTarget
    if (!(target.module.instrumented instanceof Uint8Array)) throw new TypeError()
    return target
  } catch (error) {
    throw preparedErrors.preparedFile(name, error instanceof RangeError ? 'it is cut short' : 'it is damaged')
  }
}

function revive(value: unknown, file: Uint8Array, base: number): unknown {
  if (typeof value !== 'object' || value === null || !('bytes' in value) || Object.keys(value).length !== 1)
    return value
  const [offset, length] = value.bytes as [number, number]
  if (!(offset >= 0 && length >= 0 && base + offset + length <= file.length)) throw new RangeError()
  return file.slice(base + offset, base + offset + length)
}
