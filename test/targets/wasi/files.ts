// A program over WASI preview 1, for test/core/wasi.test.ts: the first byte of the input chooses what it does, and what
// it returns says how that went.
// @ts-ignore: decorator
@external('wasi_snapshot_preview1', 'path_open')
declare function path_open(fd: i32, look: i32, path: usize, bytes: i32, open: i32, r: i64, i: i64, flags: i32, out: usize): i32
// @ts-ignore: decorator
@external('wasi_snapshot_preview1', 'fd_write')
declare function fd_write(fd: i32, vectors: usize, count: i32, out: usize): i32
// @ts-ignore: decorator
@external('wasi_snapshot_preview1', 'fd_pwrite')
declare function fd_pwrite(fd: i32, vectors: usize, count: i32, offset: i64, out: usize): i32
// @ts-ignore: decorator
@external('wasi_snapshot_preview1', 'fd_read')
declare function fd_read(fd: i32, vectors: usize, count: i32, out: usize): i32
// @ts-ignore: decorator
@external('wasi_snapshot_preview1', 'fd_seek')
declare function fd_seek(fd: i32, offset: i64, whence: i32, out: usize): i32
// @ts-ignore: decorator
@external('wasi_snapshot_preview1', 'fd_tell')
declare function fd_tell(fd: i32, out: usize): i32
// @ts-ignore: decorator
@external('wasi_snapshot_preview1', 'fd_close')
declare function fd_close(fd: i32): i32
// @ts-ignore: decorator
@external('wasi_snapshot_preview1', 'fd_filestat_set_size')
declare function fd_filestat_set_size(fd: i32, size: i64): i32
// @ts-ignore: decorator
@external('wasi_snapshot_preview1', 'fd_filestat_get')
declare function fd_filestat_get(fd: i32, out: usize): i32
// @ts-ignore: decorator
@external('wasi_snapshot_preview1', 'fd_readdir')
declare function fd_readdir(fd: i32, buffer: usize, bytes: i32, cookie: i64, out: usize): i32
// @ts-ignore: decorator
@external('wasi_snapshot_preview1', 'fd_prestat_get')
declare function fd_prestat_get(fd: i32, out: usize): i32
// @ts-ignore: decorator
@external('wasi_snapshot_preview1', 'path_create_directory')
declare function path_create_directory(fd: i32, path: usize, bytes: i32): i32
// @ts-ignore: decorator
@external('wasi_snapshot_preview1', 'path_remove_directory')
declare function path_remove_directory(fd: i32, path: usize, bytes: i32): i32
// @ts-ignore: decorator
@external('wasi_snapshot_preview1', 'path_unlink_file')
declare function path_unlink_file(fd: i32, path: usize, bytes: i32): i32
// @ts-ignore: decorator
@external('wasi_snapshot_preview1', 'path_rename')
declare function path_rename(fd: i32, path: usize, bytes: i32, to: i32, toPath: usize, toBytes: i32): i32
// @ts-ignore: decorator
@external('wasi_snapshot_preview1', 'path_symlink')
declare function path_symlink(path: usize, bytes: i32, fd: i32, toPath: usize, toBytes: i32): i32
// @ts-ignore: decorator
@external('wasi_snapshot_preview1', 'clock_time_get')
declare function clock_time_get(clock: i32, precision: i64, out: usize): i32
// @ts-ignore: decorator
@external('wasi_snapshot_preview1', 'random_get')
declare function random_get(out: usize, bytes: i32): i32
// @ts-ignore: decorator
@external('wasi_snapshot_preview1', 'poll_oneoff')
declare function poll_oneoff(subscriptions: usize, events: usize, count: i32, out: usize): i32
// @ts-ignore: decorator
@external('wasi_snapshot_preview1', 'proc_exit')
declare function proc_exit(status: i32): void

const OUT: usize = memory.data(64)
const VECTOR: usize = memory.data(16)
const BUFFER: usize = memory.data(4096)
const BASE_FILE = 'base.txt'

function open(path: string, flags: i32, descriptorFlags: i32 = 0): i32 {
  const text = String.UTF8.encode(path)
  const error = path_open(3, 0, changetype<usize>(text), text.byteLength, flags, -1, -1, descriptorFlags, OUT)
  return error ? -error : load<i32>(OUT)
}

function write(fd: i32, text: string): i32 {
  const bytes = String.UTF8.encode(text)
  store<u32>(VECTOR, <u32>changetype<usize>(bytes))
  store<u32>(VECTOR, bytes.byteLength, 4)
  const error = fd_write(fd, VECTOR, 1, OUT)
  return error ? -error : load<i32>(OUT)
}

function read(fd: i32, bytes: i32): string {
  store<u32>(VECTOR, <u32>BUFFER)
  store<u32>(VECTOR, bytes, 4)
  if (fd_read(fd, VECTOR, 1, OUT)) return 'error'
  return String.UTF8.decodeUnsafe(BUFFER, load<i32>(OUT))
}

function print(text: string): void {
  write(1, text)
}

/** Called before the base snapshot: this file is there in every run. */
export function LLVMFuzzerInitialize(_argc: usize, _argv: usize): i32 {
  const fd = open(BASE_FILE, 1)
  write(fd, 'base')
  fd_close(fd)
  return 0
}

export function LLVMFuzzerTestOneInput(data: usize, length: i32): i32 {
  const choice = length ? load<u8>(data) : 0
  if (choice == 0x61) return writeAndRead()
  if (choice == 0x62) return open('new.txt', 0)
  if (choice == 0x63) return changeBase()
  if (choice == 0x64) return readBase()
  if (choice == 0x65) return directories()
  if (choice == 0x66) return clocks()
  if (choice == 0x67) return randoms()
  if (choice == 0x68) return floods(1)
  if (choice == 0x69) return floods(open('flood.txt', 1))
  if (choice == 0x6a) proc_exit(load<u8>(data, 1) - 0x30)
  if (choice == 0x6b) return escapes()
  if (choice == 0x6c) return fd_write(1, 0xffff_fff0, 1, OUT)
  if (choice == 0x6d) return leaks()
  if (choice == 0x6e) return read(0, 10).length
  if (choice == 0x6f) return forges()
  return 0
}

/** Lengths and offsets that would lead out of the engine's own buffers if it believed them. */
function forges(): i32 {
  const fd = open('new.txt', 1)
  write(fd, 'hello')
  store<u32>(VECTOR, <u32>BUFFER)
  store<u32>(VECTOR, 0x20, 4)
  memory.fill(BUFFER, 0xee, 4096)
  if (fd_pwrite(fd, VECTOR, 1, -16, OUT) != 22) return 1
  if (fd_pwrite(fd, VECTOR, 1, -32, OUT) != 22) return 2
  if (fd_pwrite(fd, VECTOR, 1, 0x1_0000_0000, OUT) != 22) return 3
  if (fd_pwrite(fd, VECTOR, 1, 0x0fff_0000, OUT) != 51) return 4
  store<u32>(VECTOR, 0xffff_ffff, 4)
  if (fd_pwrite(fd, VECTOR, 1, 0, OUT) != 22) return 5
  if (path_open(3, 0, BUFFER, 0x7fff_ffff, 1, -1, -1, 0, OUT) != 37) return 6
  if (path_open(3, 0, BUFFER, 200, 1, -1, -1, 0, OUT) != 37) return 7
  if (fd_filestat_set_size(fd, -1) != 22 || fd_filestat_set_size(fd, 0x1000_0000) != 51) return 8
  if (fd_seek(fd, i64.MAX_VALUE, 1, OUT) != 28 || fd_seek(fd, i64.MIN_VALUE, 2, OUT) != 28) return 9
  if (fd_write(fd, VECTOR, -1, OUT) != 28 || fd_read(-1, VECTOR, 1, OUT) != 8) return 10
  if (fd_readdir(3, BUFFER, 4096, -1, OUT) || load<i32>(OUT) != 0) return 11
  fd_seek(fd, 0, 0, OUT)
  return read(fd, 100) == 'hello' ? 100 : 12
}

function writeAndRead(): i32 {
  const fd = open('new.txt', 1 | 4)
  if (fd < 0) return fd
  if (write(fd, 'hello world') != 11) return 1
  if (fd_seek(fd, 6, 0, OUT) || load<i64>(OUT) != 6) return 2
  if (read(fd, 100) != 'world') return 3
  // A gap is zeros, and the position ends behind what was written.
  if (fd_seek(fd, 4, 2, OUT) || write(fd, 'x') != 1) return 4
  if (fd_tell(fd, OUT) || load<i64>(OUT) != 16) return 5
  if (fd_seek(fd, 11, 0, OUT) || read(fd, 4).charCodeAt(0) != 0) return 6
  if (fd_filestat_set_size(fd, 5)) return 7
  if (fd_filestat_get(fd, BUFFER) || load<u64>(BUFFER, 32) != 5) return 8
  if (fd_seek(fd, -1, 0, OUT) != 28) return 9
  if (fd_close(fd) || fd_close(fd) != 8) return 10
  const appended = open('new.txt', 0, 1)
  write(appended, '!')
  fd_seek(appended, 0, 0, OUT)
  if (read(appended, 100) != 'hello!') return 11
  if (open('new.txt', 1 | 4) != -20) return 12
  return 100
}

function changeBase(): i32 {
  const fd = open(BASE_FILE, 0)
  fd_seek(fd, 2, 0, OUT)
  write(fd, 'XYZ and a text that does not fit into what was there')
  fd_seek(fd, 0, 0, OUT)
  return read(fd, 5) == 'baXYZ' ? 100 : 1
}

function readBase(): i32 {
  print(read(open(BASE_FILE, 0), 100))
  return 100
}

function path(text: string): ArrayBuffer {
  return String.UTF8.encode(text)
}

function directories(): i32 {
  const directory = path('d')
  const at = changetype<usize>(directory)
  if (path_create_directory(3, at, 1)) return 1
  if (path_create_directory(3, at, 1) != 20) return 2
  fd_close(open('d/one', 1))
  const from = path('d/one')
  const to = path('d/two')
  if (path_rename(3, changetype<usize>(from), 5, 3, changetype<usize>(to), 5)) return 3
  if (path_remove_directory(3, at, 1) != 55) return 4
  const opened = open('d', 2)
  if (fd_readdir(opened, BUFFER, 4096, 0, OUT) || load<i32>(OUT) != 27) return 5
  if (String.UTF8.decodeUnsafe(BUFFER + 24, 3) != 'two') return 6
  if (path_unlink_file(3, changetype<usize>(to), 5)) return 7
  if (path_remove_directory(3, at, 1)) return 8
  if (open('d/two', 0) != -44) return 9
  if (path_symlink(at, 1, 3, at, 1) != 52) return 10
  if (fd_prestat_get(3, OUT) || fd_prestat_get(4, OUT) != 8) return 11
  return 100
}

function clocks(): i32 {
  clock_time_get(0, 0, OUT)
  const first = load<u64>(OUT)
  clock_time_get(1, 0, OUT)
  if (load<u64>(OUT) <= first) return 1
  // Sleep for an hour.
  memory.fill(BUFFER, 0, 48)
  store<u64>(BUFFER, 3_600_000_000_000, 24)
  if (poll_oneoff(BUFFER, BUFFER + 64, 1, OUT) || load<i32>(OUT) != 1) return 2
  clock_time_get(0, 0, OUT)
  if (load<u64>(OUT) < first + 3_600_000_000_000) return 3
  print(load<u64>(OUT).toString())
  return 100
}

function randoms(): i32 {
  random_get(BUFFER, 13)
  for (let i = 0; i < 13; i++) print(load<u8>(BUFFER + i).toString() + ' ')
  return load<u64>(BUFFER) == 0 ? 1 : 100
}

/** Writes 4 MiB, or as much as is taken, and opens descriptors until there are no more. */
function floods(fd: i32): i32 {
  store<u32>(VECTOR, <u32>BUFFER)
  store<u32>(VECTOR, 4096, 4)
  let error = 0
  for (let i = 0; i < 1024 && !error; i++) error = fd_write(fd, VECTOR, 1, OUT)
  return error
}

/** Paths that would lead out of a real directory. */
function escapes(): i32 {
  if (open('../../etc/passwd', 0) != -44) return 1
  if (open('/../base.txt', 0) < 0) return 2
  if (open('base.txt/x', 0) != -54) return 3
  if (open('', 0) != -44) return 4
  return 100
}

/** Opens descriptors until there are no more. */
function leaks(): i32 {
  let last = 0
  while (last >= 0) last = open(BASE_FILE, 0)
  return last
}
