// Folders in the origin's private file system (OPFS): `fuzzbox/<what the user named>`. Opaque origins have none.

import { messageOf } from './errors.ts'

export class PageFolder {
  readonly path: string
  readonly #handle: FileSystemDirectoryHandle

  private constructor(path: string, handle: FileSystemDirectoryHandle) {
    this.path = path
    this.#handle = handle
  }

  /** The folder, made where it is missing; throws where the page may store nothing. */
  static async open(path: string): Promise<PageFolder> {
    if (!navigator.storage?.getDirectory) throw new Error('it has no private file system')
    let handle = await navigator.storage.getDirectory()
    for (const name of ['fuzzbox', ...path.split('/').filter((part) => part !== '')]) {
      handle = await handle.getDirectoryHandle(name, { create: true })
    }
    return new PageFolder(path, handle)
  }

  async *files(): AsyncGenerator<{ readonly name: string; readonly file: File }> {
    // The DOM's types of this TypeScript do not know that it is iterable.
    const entries = this.#handle as unknown as AsyncIterable<[string, FileSystemHandle]>
    for await (const [name, handle] of entries) {
      if (handle.kind === 'file') yield { name, file: await (handle as FileSystemFileHandle).getFile() }
    }
  }

  /** The file is there whole or not at all: browsers put it in place when the stream is closed. */
  async write(name: string, bytes: Uint8Array): Promise<void> {
    const stream = await (await this.#handle.getFileHandle(name, { create: true })).createWritable()
    await stream.write(bytes as Uint8Array<ArrayBuffer>)
    await stream.close()
  }

  /** Nothing happens where there is no such file. */
  async remove(name: string): Promise<void> {
    await this.#handle.removeEntry(name).catch(() => {})
  }
}

/** A folder that is opened when it is first needed; null where that cannot be, and then `problem` says why. */
export class LazyFolder {
  readonly path: string
  problem: string | null = null
  #opened: Promise<PageFolder | null> | null = null

  constructor(path: string) {
    this.path = path
  }

  async open(): Promise<PageFolder | null> {
    this.#opened ??= PageFolder.open(this.path).catch((error: unknown) => {
      this.problem = messageOf(error)
      return null
    })
    return await this.#opened
  }
}
