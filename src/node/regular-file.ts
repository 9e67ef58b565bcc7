// Reads a file that is one: a pipe without a writer would wait for ever, and a device such as /dev/zero never ends.

import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'

/** The bytes of a regular file, or null where it is larger than `bytesMax`; throws what the file system throws. */
export function readRegularFile(path: string): Uint8Array
export function readRegularFile(path: string, bytesMax: number): Uint8Array | null
export function readRegularFile(path: string, bytesMax: number = Infinity): Uint8Array | null {
  // Opening a pipe waits for its other end unless told otherwise; Windows has neither the pipe nor the flag.
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const about = fstatSync(descriptor)
    if (about.isDirectory()) throw new Error('it is a directory')
    if (!about.isFile()) throw new Error('it is a pipe or a device, copy it to a file first')
    return about.size > bytesMax ? null : new Uint8Array(readFileSync(descriptor))
  } finally {
    closeSync(descriptor)
  }
}
