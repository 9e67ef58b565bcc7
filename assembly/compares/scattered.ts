// Strings that a program takes from the input at steps: backwards, every second byte, or each byte changed by a number of
// its own. Along one step through the input every byte that was compared must be what stands there, in both forms of the
// input, or differ from it in both by the same: then the wanted byte, changed back, goes to where its byte came from.
//
//   input      d r o w …     b[i] = d[8 - i]            step -1
//              S 0 e 0 …     wide characters            step  2
//              k ^ a …       t[i] = d[i] ^ key[i]       step  1, each byte with its own difference
//
// A byte that coloring left as it was proves little, so some must have changed.
import { WITHOUT_ENCODINGS } from '../abi'
import { has } from '../mechanisms'
import { coloredBase, originalBase } from './memory'
import { PATCH_DATA_MAX, PATCH_EXACT, addPatch } from './patches'

/** Bytes that must agree, and those of them that coloring must have changed. */
const AGREE_MIN: u32 = 3
const CHANGED_MIN: u32 = 3
const STEPS = memory.data<i8>([1, -1, 2, -2, 3, 4, -4, 8])
const STEPS_COUNT: u32 = 8
const PLACES_MAX: u32 = 4
/** Longest input that is searched. */
const LENGTH_MAX: u32 = 0x1000
const PATCHED = memory.data(144)

/** `first` and `second` are what was compared in the two runs, `bytes` of each and of what is wanted in place of the first. */
export function solveScattered(first: usize, second: usize, bytes: u32, wanted: usize, length: u32): void {
  if (bytes < AGREE_MIN || length < bytes || length > LENGTH_MAX || !has(WITHOUT_ENCODINGS)) return
  let places: u32 = 0
  for (let i: u32 = 0; i < STEPS_COUNT; i++) {
    const step = <i32>load<i8>(STEPS + i)
    const size = <i32>min<u32>(bytes, 1 + (PATCH_DATA_MAX - 1) / <u32>abs<i32>(step))
    const reach = step * (size - 1)
    for (let at: i32 = max<i32>(0, -reach); at < <i32>length && at + reach < <i32>length; at++) {
      if (!agrees(at, step, size, first, second)) continue
      offer(at, step, size, first, wanted)
      if (++places == PLACES_MAX) return
    }
  }
}

function agrees(at: i32, step: i32, size: i32, first: usize, second: usize): bool {
  let changed: u32 = 0
  for (let i: i32 = 0; i < size; i++) {
    const here = load<u8>(originalBase + at + i * step)
    const there = load<u8>(coloredBase + at + i * step)
    const one = load<u8>(first + i)
    const two = load<u8>(second + i)
    if (<u8>(one ^ here) != <u8>(two ^ there) && <u8>(one - here) != <u8>(two - there)) return false
    if (here != there) changed++
  }
  return changed >= CHANGED_MIN
}

function offer(at: i32, step: i32, size: i32, first: usize, wanted: usize): void {
  const reach = step * (size - 1)
  const from = min<i32>(at, at + reach)
  const span = <u32>abs<i32>(reach) + 1
  memory.copy(PATCHED, originalBase + from, span)
  for (let way: u32 = 0; way < 2; way++) {
    for (let i: i32 = 0; i < size; i++) {
      const here = load<u8>(originalBase + at + i * step)
      const one = load<u8>(first + i)
      const asked = load<u8>(wanted + i)
      store<u8>(PATCHED + at + i * step - from, way ? asked - (one - here) : asked ^ one ^ here)
    }
    addPatch(from, span, PATCHED, span, way ? 0 : PATCH_EXACT)
  }
}
