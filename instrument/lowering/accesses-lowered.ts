// What stands in place of one instruction that names the target's memory. The target's byte a is the engine's byte BASE + a:
//
//   load offset=o        address → a · trap if a > SIZE - (o + bytes) · load offset=BASE + o
//
// BASE goes into the offset. Offsets are added without wrapping round, so that no address whatever reaches below BASE: what
// the compare is for is the trap at the end. SIZE is a word of the engine's memory, bytes that the target's memory has; it
// never falls below what the memory starts with, so that the difference cannot be negative where `o + bytes` is less.
import { unsignedLeb } from '../sections/bytes.ts'
import type { Access } from './accesses.ts'
import { get, i32, i64, loadWord, loadWordAsLong, OP, type Scratch, set, tee, TRAP, TRAP_IF } from './code.ts'
import type { MemoryArgument } from './instructions.ts'

type Bytes = readonly number[]

const ATOMIC_PREFIX = 0xfe
const ATOMIC_LOAD: Bytes = [ATOMIC_PREFIX, 0x10]

/** Where the target's memory lies in the engine's. */
export interface Placement {
  /** Its first byte: at a page's start. */
  readonly base: number
  /** Address of the word that holds its present size in bytes. */
  readonly sizeWord: number
  readonly bytesInitial: number
  readonly bytesMax: number
}

/** `constant`: the address, where the instruction before this one is a constant that yields it. */
export function lowerAccess(
  access: Access,
  opcode: Bytes,
  at: MemoryArgument,
  place: Placement,
  scratch: Scratch,
  constant: number | null,
): Bytes {
  const reach = at.offset + access.bytes
  const raw = [...opcode, ...unsignedLeb(at.align), ...unsignedLeb(at.offset + place.base), ...lane(at)]
  const operands = access.operands
  if (operands.length === 0 && constant !== null && (constant >>> 0) + reach <= place.bytesInitial) return raw
  const address = scratch.local('i32')
  const locals = operands.map((type, i) => scratch.local(type, i + 1))
  const taken = [...locals.toReversed().flatMap(set), ...tee(address)]
  // Nothing of that size can be there: the trap, and then what no run comes to.
  if (reach > place.bytesMax) return [...taken, ...TRAP, OP.unreachable]
  const trap = [...(opcode[0] === ATOMIC_PREFIX ? trapUnaligned(address, at.offset, access.bytes) : []), ...TRAP]
  const check = [...outside(address, reach, place), OP.if, OP.nothing, ...trap, OP.end]
  const checked = [...taken, ...check, ...locals.flatMap(get)]
  // Nobody but us has threads, so waiting is a trap, as in any memory that is not shared.
  return access.waits ? [...checked, OP.unreachable] : [...checked, ...raw]
}

function lane({ lane }: MemoryArgument): Bytes {
  return lane === null ? [] : [lane]
}

/** Whether `reach` bytes from the address are more than there are. */
function outside(address: number, reach: number, { sizeWord, bytesInitial }: Placement): Bytes {
  if (reach <= bytesInitial) return [...get(address), ...loadWord(sizeWord), ...i32(reach), OP.sub, OP.gtU]
  return [...get(address), OP.extendU, ...i64(reach), OP.addLong, ...loadWordAsLong(sizeWord), OP.gtULong]
}

/** Of an atomic access that is wrong in two ways, engines say that it is not aligned, unless its offset alone is too much. */
function trapUnaligned(address: number, offset: number, bytes: number): Bytes {
  if (bytes === 1) return []
  const low = bytes - 1
  return [
    ...[...get(address), ...i32(offset & low), OP.add, ...i32(low), OP.and, OP.if, OP.nothing],
    ...[...i32(1), ...ATOMIC_LOAD, 2, 0, OP.drop, OP.end],
  ]
}

/** The same for as many bytes as a variable says. */
function checkRange(address: number, length: number, { sizeWord }: Placement): Bytes {
  return [
    ...[...get(address), OP.extendU, ...get(length), OP.extendU, OP.addLong],
    ...[...loadWordAsLong(sizeWord), OP.gtULong, ...TRAP_IF],
  ]
}

export function lowerSize({ sizeWord }: Placement): Bytes {
  return [...loadWord(sizeWord), ...i32(16), OP.shrU]
}

/** The room is there already, and holds zeros: growing moves the size. */
export function lowerGrow(place: Placement, scratch: Scratch): Bytes {
  const pages = scratch.local('i32')
  const size = lowerSize(place)
  const pagesMax = place.bytesMax >>> 16
  return [
    ...set(pages),
    ...[...get(pages), ...i32(pagesMax), ...size, OP.sub, OP.leU, OP.if, OP.i32],
    ...size,
    ...[...i32(0), ...loadWord(place.sizeWord), ...get(pages), ...i32(16), OP.shl, OP.add],
    ...[OP.storeWord, 2, ...unsignedLeb(place.sizeWord)],
    ...[OP.else, ...i32(-1), OP.end],
  ]
}

/** memory.fill, copy and init: both ends of a range that is the target's are looked at first, and its base is added. */
export function lowerBulk(
  opcode: Bytes,
  tail: Bytes,
  place: Placement,
  scratch: Scratch,
  shifted: { readonly target: boolean; readonly source: boolean },
): Bytes {
  const [to, from, length] = [scratch.local('i32'), scratch.local('i32', 1), scratch.local('i32', 2)]
  const based = (local: number, isTarget: boolean): Bytes =>
    isTarget ? [...get(local), ...i32(place.base), OP.add] : get(local)
  return [
    ...[...set(length), ...set(from), ...set(to)],
    ...(shifted.target ? checkRange(to, length, place) : []),
    ...(shifted.source ? checkRange(from, length, place) : []),
    ...[...based(to, shifted.target), ...based(from, shifted.source), ...get(length), ...opcode, ...tail],
  ]
}
