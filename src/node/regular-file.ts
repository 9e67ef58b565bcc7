// Reads a file that is one: a pipe without a writer would wait for ever, and a device such as /dev/zero never ends.

import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from 'node:fs'

/** The bytes of a regular file; throws what the file system throws. */
export function readRegularFile(path: string): Uint8Array {
  return withRegularFile(path, (descriptor) => new Uint8Array(readFileSync(descriptor)))
}

/** Reads into what `room` gives for the size of the file, all at once; null where that is larger than `bytesMax`. */
export function readRegularFileInto(
  path: string,
  bytesMax: number,
  room: (bytes: number) => Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> | null {
  return withRegularFile(path, (descriptor, size) => {
    if (size > bytesMax) return null
    const bytes = room(size)
    let length = 0
    for (let read = -1; read !== 0 && length < size; length += read) {
      read = readSync(descriptor, bytes, length, size - length, null)
    }
    return bytes.subarray(0, length)
  })
}

function withRegularFile<Result>(path: string, read: (descriptor: number, size: number) => Result): Result {
  // Opening a pipe waits for its other end unless told otherwise; Windows has neither the pipe nor the flag.
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const about = fstatSync(descriptor)
    if (about.isDirectory()) throw new Error('it is a directory')
    if (!about.isFile()) throw new Error('it is a pipe or a device, copy it to a file first')
    return read(descriptor, about.size)
  } finally {
    closeSync(descriptor)
  }
}
