// Strings that a program decodes before it compares them: hexadecimal, base64, or each byte changed by one key. The decoded
// form of some place in the input must begin like the side that was compared, in both forms of the input; what is wanted is
// encoded and put there.
import { WITHOUT_ENCODINGS } from '../abi'
import { has } from '../mechanisms'
import { coloredBase, originalBase } from './memory'
import { PATCH_DATA_MAX, PATCH_EXACT, addPatch } from './patches'

/** Decoded bytes that must agree. */
const AGREE_MIN: u32 = 2
const ENCODED = memory.data(144)
const DECODED = memory.data(16)
const LETTERS = memory.data<u8>([
  0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f, 0x50, 0x51, 0x52, 0x53,
  0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c,
  0x6d, 0x6e, 0x6f, 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0x30, 0x31, 0x32, 0x33, 0x34,
  0x35, 0x36, 0x37, 0x38, 0x39, 0x2b, 0x2f,
])

/** `first` and `second` are what was compared in the two runs, `agree` bytes of each. */
export function solveEncoded(first: usize, second: usize, agree: u32, wanted: usize, bytes: u32, length: u32): void {
  if (agree < AGREE_MIN || !has(WITHOUT_ENCODINGS)) return
  for (let at: u32 = 0; at < length; at++) {
    if (agreesHex(originalBase, at, length, first) && agreesHex(coloredBase, at, length, second)) {
      offerHex(at, length, wanted, bytes)
    }
    if (agreesBase64(originalBase, at, length, first) && agreesBase64(coloredBase, at, length, second)) {
      const size = encodeBase64(wanted, bytes)
      addPatch(at, size, ENCODED, size, PATCH_EXACT)
    }
    offerKeyed(at, length, first, second, agree, wanted, bytes)
  }
}

function nibble(byte: u8): i32 {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

function agreesHex(form: usize, at: u32, length: u32, side: usize): bool {
  if (at + 2 * AGREE_MIN > length) return false
  for (let i: u32 = 0; i < AGREE_MIN; i++) {
    const high = nibble(load<u8>(form + at + 2 * i))
    const low = nibble(load<u8>(form + at + 2 * i + 1))
    if (high < 0 || low < 0 || <u8>((high << 4) | low) != load<u8>(side + i)) return false
  }
  return true
}

/** In small letters and in capitals; then over the digits alone, where something else stands between them. */
function offerHex(at: u32, length: u32, wanted: usize, bytes: u32): void {
  const digits: u32 = 2 * min<u32>(bytes, PATCH_DATA_MAX / 2)
  for (let letters: u8 = 0x57; letters >= 0x37; letters -= 0x20) {
    for (let i: u32 = 0; i < digits; i++) store<u8>(ENCODED + i, digitOf(wanted, i, letters))
    addPatch(at, digits, ENCODED, digits, PATCH_EXACT)
    let written: u32 = 0
    let size: u32 = 0
    for (; written < digits && at + size < length && size < PATCH_DATA_MAX; size++) {
      const here = load<u8>(originalBase + at + size)
      store<u8>(ENCODED + size, nibble(here) < 0 ? here : digitOf(wanted, written++, letters))
    }
    if (written == digits) addPatch(at, size, ENCODED, size, PATCH_EXACT)
  }
}

function digitOf(bytes: usize, index: u32, letters: u8): u8 {
  const byte = load<u8>(bytes + (index >>> 1))
  const value = index & 1 ? byte & 15 : byte >>> 4
  return value < 10 ? 0x30 + value : letters + value
}

function sextet(byte: u8): i32 {
  if (byte >= 0x41 && byte <= 0x5a) return byte - 0x41
  if (byte >= 0x61 && byte <= 0x7a) return byte - 0x61 + 26
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30 + 52
  return byte == 0x2b || byte == 0x2d ? 62 : byte == 0x2f || byte == 0x5f ? 63 : -1
}

function agreesBase64(form: usize, at: u32, length: u32, side: usize): bool {
  if (at + 4 > length) return false
  let group: u32 = 0
  for (let i: u32 = 0; i < 4; i++) {
    const value = sextet(load<u8>(form + at + i))
    if (value < 0) return false
    group = (group << 6) | value
  }
  store<u32>(DECODED, bswap<u32>(group << 8))
  return !memory.compare(DECODED, side, AGREE_MIN)
}

function encodeBase64(wanted: usize, bytes: u32): u32 {
  const most = min(bytes, 3 * (PATCH_DATA_MAX / 4))
  let size: u32 = 0
  for (let i: u32 = 0; i < most; i += 3) {
    const left = most - i
    const group =
      (<u32>load<u8>(wanted + i) << 16) |
      (left > 1 ? <u32>load<u8>(wanted + i + 1) << 8 : 0) |
      (left > 2 ? <u32>load<u8>(wanted + i + 2) : 0)
    for (let k: u32 = 0; k < 4; k++) {
      const letter = load<u8>(LETTERS + ((group >>> (18 - 6 * k)) & 63))
      store<u8>(ENCODED + size + k, k > left ? 0x3d : letter)
    }
    size += 4
  }
  return size
}

/** Each byte of the side is the input's, with one number added to it or xored with it. */
function offerKeyed(at: u32, length: u32, first: usize, second: usize, agree: u32, wanted: usize, bytes: u32): void {
  const most = min(agree, length - at)
  if (most < 3) return
  const xored = load<u8>(originalBase + at) ^ load<u8>(first)
  const added = load<u8>(first) - load<u8>(originalBase + at)
  if (!xored) return
  let isXored = true
  let isAdded = true
  for (let i: u32 = 0; i < 3; i++) {
    const here = load<u8>(originalBase + at + i)
    const there = load<u8>(coloredBase + at + i)
    if (<u8>(here ^ xored) != load<u8>(first + i) || <u8>(there ^ xored) != load<u8>(second + i)) isXored = false
    if (<u8>(here + added) != load<u8>(first + i) || <u8>(there + added) != load<u8>(second + i)) isAdded = false
  }
  if (!isXored && !isAdded) return
  bytes = min(bytes, PATCH_DATA_MAX)
  for (let i: u32 = 0; i < bytes; i++) {
    const byte = load<u8>(wanted + i)
    store<u8>(ENCODED + i, isXored ? byte ^ xored : byte - added)
  }
  addPatch(at, bytes, ENCODED, bytes, PATCH_EXACT)
}
