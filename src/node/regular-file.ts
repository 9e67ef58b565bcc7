// Reads a file that is one: a pipe without a writer would wait for ever, and a device such as /dev/zero never ends.

import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { roomOfItsOwn, type Room } from './inputs/shared-room.ts'

/** The bytes of a regular file, or null where it is larger than `bytesMax`; throws what the file system throws. */
export function readRegularFile(path: string): Uint8Array
export function readRegularFile(path: string, bytesMax: number, room?: Room): Uint8Array | null
export function readRegularFile(
  path: string,
  bytesMax: number = Infinity,
  room: Room = roomOfItsOwn,
): Uint8Array | null {
  // Opening a pipe waits for its other end unless told otherwise; Windows has neither the pipe nor the flag.
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const about = fstatSync(descriptor)
    if (about.isDirectory()) throw new Error('it is a directory')
    if (!about.isFile()) throw new Error('it is a pipe or a device, copy it to a file first')
    return about.size > bytesMax ? null : readInto(room(about.size), descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** As much as there is room for: a file may shrink meanwhile, and what it grows by is not waited for. */
function readInto(bytes: Uint8Array, descriptor: number): Uint8Array {
  let length = 0
  for (let read = -1; read !== 0 && length < bytes.length; length += read) {
    read = readSync(descriptor, bytes, length, bytes.length - length, null)
  }
  return bytes.subarray(0, length)
}
