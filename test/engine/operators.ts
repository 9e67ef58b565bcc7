// Operator ids of assembly/mutate/operators.ts by name, and what each promises about the bytes before and after.

/** `extra` holds what the operator may take bytes from: the token or the donor. */
export type Promise = (before: Uint8Array, after: Uint8Array, extra: Uint8Array) => boolean

const sameLength: Promise = (before, after) => before.length === after.length

function differences(before: Uint8Array, after: Uint8Array): number[] {
  return [...before.keys()].filter((i) => before[i] !== after[i])
}

/** True where `after` has the same length and differs in one byte, in a way that `fits`. */
const oneByte =
  (fits: (was: number, is: number) => boolean): Promise =>
  (before, after) => {
    const [at, ...more] = differences(before, after)
    return sameLength(before, after, before) && more.length === 0 && fits(before[at!]!, after[at!]!)
  }

/** True where some integer of `size` bytes (fewer where the input is shorter) changed in a way that `fits`, in some byte order. */
const oneWord =
  (wanted: number, fits: (was: bigint, is: bigint, bits: number) => boolean): Promise =>
  (before, after) => {
    const size = widestThatFits(wanted, before.length)
    const changed = differences(before, after)
    if (before.length !== after.length || changed.length === 0) return false
    for (let at = Math.max(0, changed.at(-1)! - size + 1); at <= Math.min(changed[0]!, before.length - size); at++) {
      for (const big of [false, true]) {
        if (fits(integer(before, at, size, big), integer(after, at, size, big), 8 * size)) return true
      }
    }
    return false
  }

function widestThatFits(size: number, length: number): number {
  return size <= length || size === 1 ? size : widestThatFits(size / 2, length)
}

function integer(bytes: Uint8Array, at: number, size: number, bigEndian: boolean): bigint {
  const word = [...bytes.subarray(at, at + size)]
  if (!bigEndian) word.reverse()
  return word.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
}

const added =
  (most: bigint) =>
  (was: bigint, is: bigint, bits: number): boolean => {
    const delta = BigInt.asIntN(bits, is - was)
    return delta !== 0n && delta >= -most && delta <= most
  }

const negated = (was: bigint, is: bigint, bits: number): boolean => BigInt.asUintN(bits, -was) === is

const swapped =
  (wanted: number): Promise =>
  (before, after) => {
    const size = widestThatFits(wanted, before.length)
    const changed = differences(before, after)
    if (before.length !== after.length) return false
    return [...before.keys()].some(
      (at) =>
        at + size <= before.length &&
        changed.every((i) => i >= at && i < at + size) &&
        integer(before, at, size, true) === integer(after, at, size, false),
    )
  }

const anything = (): boolean => true

/** True where taking some block of `after` out leaves `before`, and the block `fits`. */
const inserted =
  (fits: (block: Uint8Array, before: Uint8Array, extra: Uint8Array) => boolean): Promise =>
  (before, after, extra) => {
    const bytes = after.length - before.length
    if (bytes <= 0) return false
    for (let at = 0; at <= before.length; at++) {
      const rest = new Uint8Array([...after.subarray(0, at), ...after.subarray(at + bytes)])
      if (differences(before, rest).length === 0 && fits(after.subarray(at, at + bytes), before, extra)) return true
    }
    return false
  }

/** True where the bytes that changed lie in a block which `fits`. */
const overwritten =
  (fits: (block: Uint8Array, before: Uint8Array, extra: Uint8Array) => boolean): Promise =>
  (before, after, extra) => {
    const changed = differences(before, after)
    if (before.length !== after.length) return false
    return changed.length === 0 || fits(after.subarray(changed[0]!, changed.at(-1)! + 1), before, extra)
  }

const oneValue = (block: Uint8Array): boolean => block.every((byte) => byte === block[0])
const partOfInput = (block: Uint8Array, before: Uint8Array): boolean => isPart(block, before)
const partOfExtra = (block: Uint8Array, _before: Uint8Array, extra: Uint8Array): boolean => isPart(block, extra)

/** True where `whole` holds `block` somewhere. */
function isPart(block: Uint8Array, whole: Uint8Array): boolean {
  return [...whole.keys()].some((at) => at + block.length <= whole.length && block.every((b, i) => whole[at + i] === b))
}

/** True where deleting one block of `before` gives `after`. */
const deleted: Promise = (before, after, extra) => inserted(anything)(after, before, extra)

const sameBytes: Promise = (before, after) =>
  String([...before].sort((a, b) => a - b)) === String([...after].sort((a, b) => a - b))

const DIGITS = /^-?\d+$/

/** True where, between a common head and a common tail, digits stand for digits. */
const digitsForDigits: Promise = (before, after) => {
  const [from, to] = [latin1(before), latin1(after)]
  for (let head = 0; head <= Math.min(from.length, to.length); head++) {
    if (from.slice(0, head) !== to.slice(0, head)) return false
    for (let tail = 0; tail <= Math.min(from.length, to.length) - head; tail++) {
      if (from.slice(from.length - tail) !== to.slice(to.length - tail)) break
      const [was, is] = [from.slice(head, from.length - tail), to.slice(head, to.length - tail)]
      if (DIGITS.test(was) && DIGITS.test(is)) return true
    }
  }
  return false
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}

const PUNCTUATION = new Set(
  [...' \t\n\r"\'()[]{}<>,.:;=+-*/\\%&|!?#$@_~^`0129AFZaentuxz\0\xff'].map((c) => c.charCodeAt(0)),
)

/** True where, between a common head and a common tail, a word of the input stands in the place of another. */
const wordForWord: Promise = (before, after) => {
  const [from, to] = [latin1(before), latin1(after)]
  for (let head = 0; head <= Math.min(from.length, to.length); head++) {
    if (from.slice(0, head) !== to.slice(0, head)) return false
    for (let tail = 0; tail <= Math.min(from.length, to.length) - head; tail++) {
      if (from.slice(from.length - tail) !== to.slice(to.length - tail)) break
      const is = to.slice(head, to.length - tail)
      if (/^[\w-]*$/.test(is) && /^[\w-]*$/.test(from.slice(head, from.length - tail)) && from.includes(is)) return true
    }
  }
  return false
}

/** True where two bytes that belong together were put in. */
const wrapped: Promise = (before, after) => {
  const [from, to] = [latin1(before), latin1(after)]
  if (to.length !== from.length + 2) return false
  return [...to].some((open, at) => {
    const close = { '(': ')', '[': ']', '{': '}', '<': '>', '"': '"', "'": "'" }[open]
    if (close === undefined) return false
    return [...to].some((c, end) => {
      return end > at && c === close && to.slice(0, at) + to.slice(at + 1, end) + to.slice(end + 1) === from
    })
  })
}

/** The weights of these count for texts alone. */
export const FIRST_FOR_TEXTS = 39

export const OPERATORS: Readonly<Record<string, readonly [id: number, promise: Promise]>> = {
  flipBit: [0, oneByte((was, is) => [1, 2, 4, 8, 16, 32, 64, 128].includes(was ^ is))],
  flipByte: [1, oneByte((was, is) => (was ^ is) === 0xff)],
  randomByte: [2, oneByte((was, is) => was !== is)],
  punctuation: [3, oneByte((_was, is) => PUNCTUATION.has(is))],
  constant8: [4, oneWord(1, anything)],
  constant16: [5, oneWord(2, anything)],
  constant32: [6, oneWord(4, anything)],
  constant64: [7, oneWord(8, anything)],
  increment: [8, oneByte((was, is) => is === ((was + 1) & 0xff))],
  decrement: [9, oneByte((was, is) => is === ((was - 1) & 0xff))],
  add8: [10, oneWord(1, added(35n))],
  add16: [11, oneWord(2, added(35n))],
  add32: [12, oneWord(4, added(35n))],
  add64: [13, oneWord(8, added(35n))],
  negate8: [14, oneWord(1, negated)],
  negate16: [15, oneWord(2, negated)],
  negate32: [16, oneWord(4, negated)],
  negate64: [17, oneWord(8, negated)],
  swap16: [18, swapped(2)],
  swap32: [19, swapped(4)],
  swap64: [20, swapped(8)],
  sizeField: [21, (before, after) => sameLength(before, after, before) && differences(before, after).length <= 8],
  deleteByte: [22, (before, after, extra) => after.length === before.length - 1 && deleted(before, after, extra)],
  insertByte: [
    23,
    (before, after, extra) => after.length === before.length + 1 && inserted(anything)(before, after, extra),
  ],
  deleteBlock: [24, deleted],
  insertFill: [25, inserted(oneValue)],
  insertClone: [26, inserted(partOfInput)],
  overwriteCopy: [27, overwritten(partOfInput)],
  overwriteFill: [28, overwritten(oneValue)],
  swapBlocks: [29, (before, after, extra) => sameLength(before, after, extra) && sameBytes(before, after, extra)],
  shuffle: [30, (before, after) => sameBytes(before, after, before) && spread(before, after) <= 8],
  changeNumber: [31, digitsForDigits],
  overwriteNumber: [32, overwritten((block) => /^[-\d]*$/.test(latin1(block)))],
  overwriteUserToken: [33, overwritten(partOfExtra)],
  insertUserToken: [34, inserted((block, _before, token) => String(block) === String(token))],
  overwriteAutoToken: [35, overwritten(partOfExtra)],
  insertAutoToken: [36, inserted((block, _before, token) => String(block) === String(token))],
  crossOverwrite: [37, overwritten(partOfExtra)],
  crossInsert: [38, inserted(partOfExtra)],
  replaceWord: [39, wordForWord],
  deleteWord: [40, deleted],
  repeatSpan: [41, inserted(partOfInput)],
  deleteSpan: [42, deleted],
  wrapSpan: [43, wrapped],
}

function spread(before: Uint8Array, after: Uint8Array): number {
  const changed = differences(before, after)
  return changed.length === 0 ? 0 : changed.at(-1)! - changed[0]! + 1
}
