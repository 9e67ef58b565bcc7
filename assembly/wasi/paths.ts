// WASI preview 1: names. Paths are resolved from a directory's descriptor; "." and ".." mean what they do elsewhere, and
// ".." of the root is the root, so no path leads out.
import { BADF, EXIST, INVAL, ISDIR, MFILE, NAMETOOLONG, NOENT, NOSPC, NOSYS, NOTDIR, NOTEMPTY, SUCCESS } from './errno'
import { descriptorAt, openDescriptor, setSize, writeFilestat } from './descriptors'
import {
  DESCRIPTORS_MAX,
  DESCRIPTOR_INODE,
  inodeAt,
  inodeCount,
  INODE_DETACHED,
  INODE_DIRECTORY,
  INODE_FILE,
  INODE_FREE,
  NAME_MAX,
  newInode,
  SCRATCH,
  touchInode,
} from './state'
import { chargeSteps } from './fuel'
import { copyOut, pokeU32 } from './target'

const PATH: usize = SCRATCH + 0x400
const PATH_MAX: u32 = 1024
const NONE: u32 = 0xffff_ffff

const OPEN_CREATE: u32 = 1
const OPEN_DIRECTORY: u32 = 2
const OPEN_EXCLUSIVE: u32 = 4
const OPEN_TRUNCATE: u32 = 8

// What `resolve` found: the directory, the inode in it or NONE, and the last name for whoever creates it.
let foundParent: u32 = 0
let foundInode: u32 = 0
let foundName: usize = 0
let foundNameBytes: u32 = 0

/** Follows a path from a directory's descriptor; every name but the last must exist. Returns an error number. */
function resolve(fd: u32, path: u32, bytes: u32): u32 {
  const at = descriptorAt(fd)
  if (!at) return BADF
  if (load<u8>(at) != DESCRIPTOR_INODE) return NOTDIR
  if (bytes == 0) return NOENT
  if (bytes > PATH_MAX) return NAMETOOLONG
  copyOut(PATH, path, bytes)
  let inode = load<u32>(at, 4)
  let parent = inode
  foundNameBytes = 0
  let position: u32 = 0
  while (position < bytes) {
    while (position < bytes && load<u8>(PATH + position) == 0x2f) position++
    const start = position
    while (position < bytes && load<u8>(PATH + position) != 0x2f) position++
    const length = position - start
    if (length == 0) break
    if (inode == NONE) return NOENT
    if (load<u8>(inodeAt(inode)) != INODE_DIRECTORY) return NOTDIR
    if (length > NAME_MAX) return NAMETOOLONG
    const name = PATH + start
    parent = inode
    foundName = name
    foundNameBytes = length
    const dots = load<u8>(name) == 0x2e && (length == 1 || (length == 2 && load<u8>(name, 1) == 0x2e))
    if (!dots) inode = lookup(parent, name, length)
    else if (length == 2) inode = inode == 0 ? 0 : load<u32>(inodeAt(inode), 4)
    if (dots) foundNameBytes = 0
    if (inode == INODE_DETACHED && dots) return NOENT
  }
  foundParent = parent
  foundInode = inode
  return SUCCESS
}

function lookup(directory: u32, name: usize, bytes: u32): u32 {
  const count = inodeCount()
  chargeSteps(count)
  for (let inode: u32 = 1; inode < count; inode++) {
    const at = inodeAt(inode)
    if (load<u8>(at) == INODE_FREE || load<u32>(at, 4) != directory || load<u32>(at, 8) != bytes) continue
    if (memory.compare(at + 32, name, bytes) == 0) return inode
  }
  return NONE
}

/** Gives an inode the name that `resolve` found missing. */
function place(inode: u32): void {
  touchInode(inode)
  const at = inodeAt(inode)
  store<u32>(at, foundParent, 4)
  store<u32>(at, foundNameBytes, 8)
  memory.copy(at + 32, foundName, foundNameBytes)
}

function isEmpty(directory: u32): bool {
  const count = inodeCount()
  chargeSteps(count)
  for (let inode: u32 = 1; inode < count; inode++) {
    if (load<u8>(inodeAt(inode)) != INODE_FREE && load<u32>(inodeAt(inode), 4) == directory) return false
  }
  return true
}

export function path_open(
  fd: u32,
  _lookup: u32,
  path: u32,
  bytes: u32,
  open: u32,
  _rights: u64,
  _inheriting: u64,
  flags: u32,
  result: u32,
): u32 {
  const error = resolve(fd, path, bytes)
  if (error) return error
  let inode = foundInode
  if (inode == NONE) {
    if (!(open & OPEN_CREATE) || foundNameBytes == 0) return NOENT
    inode = newInode(INODE_FILE)
    if (inode == 0) return NOSPC
    place(inode)
  } else {
    if ((open & OPEN_CREATE) && (open & OPEN_EXCLUSIVE)) return EXIST
    const directory = load<u8>(inodeAt(inode)) == INODE_DIRECTORY
    if ((open & OPEN_DIRECTORY) && !directory) return NOTDIR
    if (open & OPEN_TRUNCATE) {
      if (directory) return ISDIR
      setSize(inode, 0)
    }
  }
  const opened = openDescriptor(inode, <u16>flags)
  if (opened == DESCRIPTORS_MAX) return MFILE
  pokeU32(result, opened)
  return SUCCESS
}

export function path_create_directory(fd: u32, path: u32, bytes: u32): u32 {
  const error = resolve(fd, path, bytes)
  if (error) return error
  if (foundInode != NONE) return EXIST
  const inode = newInode(INODE_DIRECTORY)
  if (inode == 0) return NOSPC
  place(inode)
  return SUCCESS
}

export function path_filestat_get(fd: u32, _lookup: u32, path: u32, bytes: u32, result: u32): u32 {
  const error = resolve(fd, path, bytes)
  if (error) return error
  if (foundInode == NONE) return NOENT
  writeFilestat(foundInode, result)
  return SUCCESS
}

export function path_filestat_set_times(
  fd: u32,
  _lookup: u32,
  path: u32,
  bytes: u32,
  _access: u64,
  _change: u64,
  _flags: u32,
): u32 {
  const error = resolve(fd, path, bytes)
  if (error) return error
  return foundInode == NONE ? NOENT : SUCCESS
}

export function path_unlink_file(fd: u32, path: u32, bytes: u32): u32 {
  return remove(fd, path, bytes, false)
}

export function path_remove_directory(fd: u32, path: u32, bytes: u32): u32 {
  return remove(fd, path, bytes, true)
}

function remove(fd: u32, path: u32, bytes: u32, directory: bool): u32 {
  const error = resolve(fd, path, bytes)
  if (error) return error
  if (foundInode == NONE) return NOENT
  // Neither the root nor a path that ends in dots has a name to take away.
  if (foundNameBytes == 0) return INVAL
  const at = inodeAt(foundInode)
  if ((load<u8>(at) == INODE_DIRECTORY) != directory) return directory ? NOTDIR : ISDIR
  if (directory && !isEmpty(foundInode)) return NOTEMPTY
  touchInode(foundInode)
  store<u32>(at, INODE_DETACHED, 4)
  return SUCCESS
}

export function path_rename(fd: u32, path: u32, bytes: u32, toFd: u32, toPath: u32, toBytes: u32): u32 {
  let error = resolve(fd, path, bytes)
  if (error) return error
  if (foundInode == NONE) return NOENT
  if (foundNameBytes == 0) return INVAL
  const inode = foundInode
  error = resolve(toFd, toPath, toBytes)
  if (error) return error
  if (foundNameBytes == 0) return INVAL
  const directory = load<u8>(inodeAt(inode)) == INODE_DIRECTORY
  for (let above = foundParent; directory && above != 0; above = load<u32>(inodeAt(above), 4)) {
    if (above == inode || above == INODE_DETACHED) return INVAL
  }
  const replaced = foundInode
  if (replaced == inode) return SUCCESS
  if (replaced != NONE) {
    const replacedIsDirectory = load<u8>(inodeAt(replaced)) == INODE_DIRECTORY
    if (replacedIsDirectory != directory) return directory ? NOTDIR : ISDIR
    if (directory && !isEmpty(replaced)) return NOTEMPTY
    touchInode(replaced)
    store<u32>(inodeAt(replaced), INODE_DETACHED, 4)
  }
  place(inode)
  return SUCCESS
}

// ── links: there are none ───────────────────────────────────────────────────────────────────────────────────────────

export function path_link(_fd: u32, _flags: u32, _path: u32, _bytes: u32, _to: u32, _toPath: u32, _toBytes: u32): u32 {
  return NOSYS
}

export function path_symlink(_path: u32, _bytes: u32, _fd: u32, _toPath: u32, _toBytes: u32): u32 {
  return NOSYS
}

export function path_readlink(
  _fd: u32,
  _path: u32,
  _bytes: u32,
  _buffer: u32,
  _bufferBytes: u32,
  _result: u32,
): u32 {
  return INVAL
}
