// One number for the whole memory of the target, to tell whether two timelines came to the same end.
//
// Four lanes, so that one multiplication need not wait for the other; each lane multiplies and folds (as in wyhash, Wang Yi
// 2019, with a multiplication of 64 bits in place of 128).
import { PAGE_BYTES, SLOT_COPY_OUT, SLOT_SIZE } from '../abi'
import { reserve } from '../memory'

const FACTOR: u64 = 0x9fb2_1c65_1e98_df25

let page: usize = 0

/** Returns 0 where there is no room for a page. */
export function memoryHashSetup(): u32 {
  page = reserve(PAGE_BYTES)
  return page ? 1 : 0
}

/** Over the size that the target sees and all bytes below it. */
export function memoryHash(): u64 {
  const pages = call_indirect<u32>(SLOT_SIZE)
  let a: u64 = pages
  let b: u64 = 1
  let c: u64 = 2
  let d: u64 = 3
  for (let i: u32 = 0; i < pages; i++) {
    call_indirect<void>(SLOT_COPY_OUT, <u32>page, i << 16, <u32>PAGE_BYTES)
    for (let at = page; at < page + PAGE_BYTES; at += 32) {
      a = mix(a, load<u64>(at))
      b = mix(b, load<u64>(at, 8))
      c = mix(c, load<u64>(at, 16))
      d = mix(d, load<u64>(at, 24))
    }
  }
  return mix(mix(mix(a, b), c), d)
}

// @ts-ignore: decorator
@inline
function mix(hash: u64, word: u64): u64 {
  const mixed = (hash ^ word) * FACTOR
  return mixed ^ (mixed >>> 32)
}
