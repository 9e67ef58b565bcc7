// WASI preview 1: what is done with an open descriptor. The streams 0, 1 and 2; everything else is an inode in memory.
//
// descriptor: +0 kind u8 · +2 flags u16 (fdflags) · +4 inode u32 · +8 offset u64
import { CONTROL_INPUT_LENGTH, INPUT_BASE } from '../abi'
import { BADF, FBIG, INVAL, ISDIR, NOSPC, NOTDIR, SPIPE, SUCCESS } from './errno'
import {
  DESCRIPTORS,
  DESCRIPTORS_MAX,
  DESCRIPTOR_BYTES,
  DESCRIPTOR_CLOSED,
  DESCRIPTOR_INODE,
  DESCRIPTOR_STREAM,
  inodeAt,
  inodeCount,
  INODE_DIRECTORY,
  INODE_FREE,
  currentTime,
  outputAdvance,
  outputRoom,
  outputTop,
  reserveContents,
  SCRATCH,
  stdinHoldsInput,
  touch,
  touchInode,
} from './state'
import { charge, chargeSteps } from './fuel'
import { copyIn, copyOut, pokeU32, pokeU64 } from './target'

const VECTORS_MAX: u32 = 1024
const FLAG_APPEND: u16 = 1
/** Larger than the whole arena: a file position or size from here on is refused before any arithmetic. */
const FILE_BYTES_MAX: u64 = 0x1000_0000
const PREOPENED: u32 = 3

const FILETYPE_CHARACTER_DEVICE: u8 = 2
const FILETYPE_DIRECTORY: u8 = 3
const FILETYPE_FILE: u8 = 4

/** Where descriptor `fd` stands, or 0 when it is not open. */
export function descriptorAt(fd: u32): usize {
  if (fd >= DESCRIPTORS_MAX) return 0
  const at = DESCRIPTORS + fd * DESCRIPTOR_BYTES
  return load<u8>(at) == DESCRIPTOR_CLOSED ? 0 : at
}

/** Opens the lowest free descriptor on an inode; returns DESCRIPTORS_MAX when all are taken. */
export function openDescriptor(inode: u32, flags: u16): u32 {
  for (let fd: u32 = 0; fd < DESCRIPTORS_MAX; fd++) {
    const at = DESCRIPTORS + fd * DESCRIPTOR_BYTES
    if (load<u8>(at) != DESCRIPTOR_CLOSED) continue
    touch()
    store<u8>(at, DESCRIPTOR_INODE)
    store<u16>(at, flags, 2)
    store<u32>(at, inode, 4)
    store<u64>(at, 0, 8)
    return fd
  }
  return DESCRIPTORS_MAX
}

// @ts-ignore: decorator
@inline
function isFile(at: usize): bool {
  return load<u8>(at) == DESCRIPTOR_INODE && load<u8>(inodeAt(load<u32>(at, 4))) != INODE_DIRECTORY
}

function isDirectory(at: usize): bool {
  return load<u8>(at) == DESCRIPTOR_INODE && load<u8>(inodeAt(load<u32>(at, 4))) == INODE_DIRECTORY
}

// ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export function fd_write(fd: u32, vectors: u32, count: u32, result: u32): u32 {
  const at = descriptorAt(fd)
  if (!at || count > VECTORS_MAX) return at ? INVAL : BADF
  if (load<u8>(at) == DESCRIPTOR_STREAM) return writeStream(vectors, count, result)
  const append = (load<u16>(at, 2) & FLAG_APPEND) != 0
  const start = append ? <u64>load<u32>(inodeAt(load<u32>(at, 4)), 16) : load<u64>(at, 8)
  return writeFile(at, vectors, count, start, result, true)
}

export function fd_pwrite(fd: u32, vectors: u32, count: u32, offset: u64, result: u32): u32 {
  const at = descriptorAt(fd)
  if (!at || count > VECTORS_MAX) return at ? INVAL : BADF
  if (load<u8>(at) == DESCRIPTOR_STREAM) return SPIPE
  return writeFile(at, vectors, count, offset, result, false)
}

/** Output beyond the cap counts as written: a chatty program must not fail for it. */
function writeStream(vectors: u32, count: u32, result: u32): u32 {
  let written: u32 = 0
  for (let index: u32 = 0; index < count; index++) {
    copyOut(SCRATCH, vectors + (index << 3), 8)
    const address = load<u32>(SCRATCH)
    const bytes = load<u32>(SCRATCH, 4)
    const taken = min<u32>(bytes, outputRoom())
    copyOut(outputTop(), address, taken)
    outputAdvance(taken)
    written += bytes
  }
  pokeU32(result, written)
  return SUCCESS
}

function writeFile(at: usize, vectors: u32, count: u32, start: u64, result: u32, moves: bool): u32 {
  if (!isFile(at)) return ISDIR
  const inode = load<u32>(at, 4)
  let position = start
  for (let index: u32 = 0; index < count; index++) {
    copyOut(SCRATCH, vectors + (index << 3), 8)
    const address = load<u32>(SCRATCH)
    const bytes = load<u32>(SCRATCH, 4)
    if (bytes == 0) continue
    // The position first: it may be anything, and a sum that wraps around would lead out of the file.
    if (position > FILE_BYTES_MAX || position + bytes > FILE_BYTES_MAX) return FBIG
    const end = <u32>position + bytes
    if (!resizeFor(inode, end)) return NOSPC
    copyOut(load<u32>(inodeAt(inode), 12) + <u32>position, address, bytes)
    position += bytes
  }
  if (moves) {
    touch()
    store<u64>(at, position, 8)
  }
  pokeU32(result, <u32>(position - start))
  return SUCCESS
}

/** Makes the file writable up to `end` and at least that long; new bytes are zero. */
function resizeFor(inode: u32, end: u32): bool {
  if (!reserveContents(inode, end)) return false
  touchInode(inode)
  const at = inodeAt(inode)
  const size = load<u32>(at, 16)
  if (end > size) {
    charge(end - size)
    memory.fill(load<u32>(at, 12) + size, 0, end - size)
    store<u32>(at, end, 16)
  }
  store<u64>(at, currentTime(), 24)
  return true
}

/** Sets a file's length, as `ftruncate` and O_TRUNC do. */
export function setSize(inode: u32, size: u64): u32 {
  if (size > FILE_BYTES_MAX) return FBIG
  const at = inodeAt(inode)
  if (size > load<u32>(at, 16)) return resizeFor(inode, <u32>size) ? SUCCESS : NOSPC
  touchInode(inode)
  store<u32>(at, <u32>size, 16)
  return SUCCESS
}

// ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export function fd_read(fd: u32, vectors: u32, count: u32, result: u32): u32 {
  const at = descriptorAt(fd)
  if (!at || count > VECTORS_MAX) return at ? INVAL : BADF
  if (isDirectory(at)) return ISDIR
  const bytes = readInto(at, vectors, count, load<u64>(at, 8))
  if (bytes) {
    touch()
    store<u64>(at, load<u64>(at, 8) + bytes, 8)
  }
  pokeU32(result, bytes)
  return SUCCESS
}

export function fd_pread(fd: u32, vectors: u32, count: u32, offset: u64, result: u32): u32 {
  const at = descriptorAt(fd)
  if (!at || count > VECTORS_MAX) return at ? INVAL : BADF
  if (load<u8>(at) == DESCRIPTOR_STREAM) return SPIPE
  if (isDirectory(at)) return ISDIR
  pokeU32(result, readInto(at, vectors, count, offset))
  return SUCCESS
}

function readInto(at: usize, vectors: u32, count: u32, start: u64): u32 {
  let data: u32 = INPUT_BASE
  let size: u32 = 0
  if (load<u8>(at) == DESCRIPTOR_INODE) {
    const inode = inodeAt(load<u32>(at, 4))
    data = load<u32>(inode, 12)
    size = load<u32>(inode, 16)
  } else if (stdinHoldsInput()) {
    size = load<u32>(CONTROL_INPUT_LENGTH)
  }
  if (start >= size) return 0
  const first = <u32>start
  let position = first
  for (let index: u32 = 0; index < count && position < size; index++) {
    copyOut(SCRATCH, vectors + (index << 3), 8)
    const bytes = min<u32>(load<u32>(SCRATCH, 4), size - position)
    copyIn(load<u32>(SCRATCH), data + position, bytes)
    position += bytes
  }
  return position - first
}

// ── position ────────────────────────────────────────────────────────────────────────────────────────────────────────

export function fd_seek(fd: u32, offset: i64, whence: u32, result: u32): u32 {
  const at = descriptorAt(fd)
  if (!at) return BADF
  if (load<u8>(at) == DESCRIPTOR_STREAM) return SPIPE
  let base: i64 = 0
  if (whence == 1) base = load<i64>(at, 8)
  else if (whence == 2) base = load<u32>(inodeAt(load<u32>(at, 4)), 16)
  else if (whence != 0) return INVAL
  const position = base + offset
  if (position < 0 || <u64>offset + FILE_BYTES_MAX > FILE_BYTES_MAX * 2 || <u64>position > FILE_BYTES_MAX) return INVAL
  touch()
  store<u64>(at, position, 8)
  pokeU64(result, position)
  return SUCCESS
}

export function fd_tell(fd: u32, result: u32): u32 {
  return fd_seek(fd, 0, 1, result)
}

// ── the descriptor itself ───────────────────────────────────────────────────────────────────────────────────────────

export function fd_close(fd: u32): u32 {
  const at = descriptorAt(fd)
  if (!at) return BADF
  touch()
  store<u8>(at, DESCRIPTOR_CLOSED)
  return SUCCESS
}

export function fd_renumber(from: u32, to: u32): u32 {
  const source = descriptorAt(from)
  const destination = descriptorAt(to)
  if (!source || !destination) return BADF
  touch()
  if (source == destination) return SUCCESS
  memory.copy(destination, source, DESCRIPTOR_BYTES)
  store<u8>(source, DESCRIPTOR_CLOSED)
  return SUCCESS
}

/** Filetype u8 · flags u16 at 2 · rights u64 at 8 · inheriting rights u64 at 16. Everything is allowed. */
export function fd_fdstat_get(fd: u32, result: u32): u32 {
  const at = descriptorAt(fd)
  if (!at) return BADF
  const stream = load<u8>(at) == DESCRIPTOR_STREAM
  memory.fill(SCRATCH, 0, 24)
  store<u8>(SCRATCH, filetype(at))
  store<u16>(SCRATCH, load<u16>(at, 2), 2)
  // A stream that claims seek and tell (bits 2 and 5) would not be taken for a terminal or pipe.
  store<u64>(SCRATCH, stream ? 0x1fff_ffdb : 0x1fff_ffff, 8)
  store<u64>(SCRATCH, 0x1fff_ffff, 16)
  copyIn(result, SCRATCH, 24)
  return SUCCESS
}

function filetype(at: usize): u8 {
  if (load<u8>(at) == DESCRIPTOR_STREAM) return FILETYPE_CHARACTER_DEVICE
  return isDirectory(at) ? FILETYPE_DIRECTORY : FILETYPE_FILE
}

export function fd_fdstat_set_flags(fd: u32, flags: u32): u32 {
  const at = descriptorAt(fd)
  if (!at) return BADF
  touch()
  store<u16>(at, <u16>flags, 2)
  return SUCCESS
}

export function fd_fdstat_set_rights(fd: u32, _base: u64, _inheriting: u64): u32 {
  return descriptorAt(fd) ? SUCCESS : BADF
}

export function fd_filestat_get(fd: u32, result: u32): u32 {
  const at = descriptorAt(fd)
  if (!at) return BADF
  if (load<u8>(at) == DESCRIPTOR_INODE) {
    writeFilestat(load<u32>(at, 4), result)
    return SUCCESS
  }
  memory.fill(SCRATCH, 0, 64)
  store<u8>(SCRATCH, FILETYPE_CHARACTER_DEVICE, 16)
  copyIn(result, SCRATCH, 64)
  return SUCCESS
}

/** Device u64 · inode u64 · filetype u8 at 16 · links u64 at 24 · size u64 at 32 · access, change, status time u64. */
export function writeFilestat(inode: u32, result: u32): void {
  const at = inodeAt(inode)
  const time = load<u64>(at, 24)
  memory.fill(SCRATCH, 0, 64)
  store<u64>(SCRATCH, 1)
  store<u64>(SCRATCH, <u64>inode + 1, 8)
  store<u8>(SCRATCH, load<u8>(at) == INODE_DIRECTORY ? FILETYPE_DIRECTORY : FILETYPE_FILE, 16)
  store<u64>(SCRATCH, 1, 24)
  store<u64>(SCRATCH, load<u32>(at, 16), 32)
  store<u64>(SCRATCH, time, 40)
  store<u64>(SCRATCH, time, 48)
  store<u64>(SCRATCH, time, 56)
  copyIn(result, SCRATCH, 64)
}

export function fd_filestat_set_size(fd: u32, size: u64): u32 {
  const at = descriptorAt(fd)
  if (!at) return BADF
  return isFile(at) ? setSize(load<u32>(at, 4), size) : INVAL
}

export function fd_filestat_set_times(fd: u32, _access: u64, _change: u64, _flags: u32): u32 {
  return descriptorAt(fd) ? SUCCESS : BADF
}

export function fd_advise(fd: u32, _offset: u64, _bytes: u64, _advice: u32): u32 {
  return descriptorAt(fd) ? SUCCESS : BADF
}

export function fd_allocate(fd: u32, offset: u64, bytes: u64): u32 {
  const at = descriptorAt(fd)
  if (!at) return BADF
  if (!isFile(at)) return INVAL
  if (offset > FILE_BYTES_MAX || bytes > FILE_BYTES_MAX) return FBIG
  const size = load<u32>(inodeAt(load<u32>(at, 4)), 16)
  return offset + bytes > size ? setSize(load<u32>(at, 4), offset + bytes) : SUCCESS
}

export function fd_datasync(fd: u32): u32 {
  return descriptorAt(fd) ? SUCCESS : BADF
}

export function fd_sync(fd: u32): u32 {
  return descriptorAt(fd) ? SUCCESS : BADF
}

// ── directories ─────────────────────────────────────────────────────────────────────────────────────────────────────

export function fd_prestat_get(fd: u32, result: u32): u32 {
  if (fd != PREOPENED || !descriptorAt(fd)) return BADF
  // Tag 0, a directory, whose name "/" has one byte.
  pokeU64(result, 1 << 32)
  return SUCCESS
}

export function fd_prestat_dir_name(fd: u32, path: u32, bytes: u32): u32 {
  if (fd != PREOPENED || !descriptorAt(fd)) return BADF
  if (bytes == 0) return INVAL
  store<u8>(SCRATCH, 0x2f)
  copyIn(path, SCRATCH, 1)
  return SUCCESS
}

/** An entry: next cookie u64 · inode u64 · name length u32 · filetype u8 at 20 · 24 bytes in all, then the name. */
export function fd_readdir(fd: u32, buffer: u32, bytes: u32, cookie: u64, result: u32): u32 {
  const at = descriptorAt(fd)
  if (!at) return BADF
  if (!isDirectory(at)) return NOTDIR
  const directory = load<u32>(at, 4)
  const count = inodeCount()
  chargeSteps(count)
  let used: u32 = 0
  // A cookie is the number of the inode to go on from; the root, inode 0, is in no directory.
  for (let inode = <u32>max<u64>(1, min<u64>(cookie, count)); inode < count && used < bytes; inode++) {
    const entry = inodeAt(inode)
    if (load<u8>(entry) == INODE_FREE || load<u32>(entry, 4) != directory) continue
    const nameBytes = load<u32>(entry, 8)
    store<u64>(SCRATCH, inode + 1)
    store<u64>(SCRATCH, <u64>inode + 1, 8)
    store<u32>(SCRATCH, nameBytes, 16)
    store<u32>(SCRATCH, load<u8>(entry) == INODE_DIRECTORY ? FILETYPE_DIRECTORY : FILETYPE_FILE, 20)
    memory.copy(SCRATCH + 24, entry + 32, nameBytes)
    // The last entry may be cut: a full buffer tells the caller to come back.
    const taken = min<u32>(24 + nameBytes, bytes - used)
    copyIn(buffer + used, SCRATCH, taken)
    used += taken
  }
  pokeU32(result, used)
  return SUCCESS
}
