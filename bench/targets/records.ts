// bench/targets/records.c once more, function by function and branch by branch, in AssemblyScript.

const DEPTH_MAX = 6
const INPUT_MAX: i32 = 4096

class Reader {
  constructor(
    public data: usize,
    public at: i32,
    public end: i32,
  ) {}
}

function next(r: Reader): i32 {
  if (r.at >= r.end) return -1
  return load<u8>(r.data + r.at++)
}

function digit(c: i32): bool {
  return c >= 48 /* 0 */ && c <= 57 /* 9 */
}

function length(r: Reader): i32 {
  let first = next(r)
  if (first < 0) return -1
  if (first < 0x80) return first
  if (first == 0x80) return -2
  if (first > 0x81) return -3
  return next(r)
}

function integer(r: Reader): i32 {
  let value = 0,
    digits = 0,
    negative = false
  let c = next(r)
  if (c == 45 /* - */) {
    negative = true
    c = next(r)
  } else if (c == 43 /* + */) c = next(r)
  while (digit(c)) {
    if (value > 99999999) return -10
    value = value * 10 + c - 48 /* 0 */
    digits++
    c = next(r)
  }
  if (digits == 0) return -11
  if (c >= 0) return -12
  if (value == 0 && negative) return -13
  if (value > 1000000) return 2
  return 1
}

function real(r: Reader): i32 {
  let whole = 0,
    fraction = 0,
    exponent = 0
  let c = next(r)
  if (c == 45 /* - */) c = next(r)
  while (digit(c)) {
    whole++
    c = next(r)
  }
  if (whole == 0) return -20
  if (c == 46 /* . */) {
    c = next(r)
    while (digit(c)) {
      fraction++
      c = next(r)
    }
    if (fraction == 0) return -21
  }
  if (c == 101 /* e */ || c == 69 /* E */) {
    c = next(r)
    if (c == 45 /* - */ || c == 43 /* + */) c = next(r)
    while (digit(c)) {
      exponent++
      c = next(r)
    }
    if (exponent == 0) return -22
    if (exponent > 3) return -23
  }
  if (c >= 0) return -24
  return fraction > 0 ? 2 : 1
}

function text(r: Reader): i32 {
  let characters = 0
  for (;;) {
    let c = next(r)
    if (c < 0) break
    let more = 0
    if (c < 0x20) {
      if (c != 10 /* newline */) return -30
    } else if (c >= 0xf5) return -31
    else if (c >= 0xf0) more = 3
    else if (c >= 0xe0) more = 2
    else if (c >= 0xc2) more = 1
    else if (c >= 0x80) return -32
    for (; more > 0; more--) {
      c = next(r)
      if (c < 0x80 || c > 0xbf) return -33
    }
    characters++
  }
  return characters > 12 ? 2 : 1
}

function pair(r: Reader, most: i32): i32 {
  let tens = next(r)
  let ones = next(r)
  if (!digit(tens) || !digit(ones)) return -1
  let value = (tens - 48) /* 0 */ * 10 + ones - 48 /* 0 */
  return value > most ? -1 : value
}

function clock(r: Reader): i32 {
  if (pair(r, 23) < 0) return -40
  if (next(r) != 58 /* : */) return -41
  if (pair(r, 59) < 0) return -42
  let c = next(r)
  if (c < 0) return 1
  if (c != 58 /* : */) return -43
  if (pair(r, 60) < 0) return -44
  c = next(r)
  if (c < 0) return 2
  if (c == 90 /* Z */) return 3
  return -45
}

function ascending(r: Reader): i32 {
  let last = -1,
    count = 0
  while (r.at < r.end) {
    let low = next(r)
    let high = next(r)
    if (high < 0) return -50
    let value = high * 256 + low
    if (value <= last) return -51
    last = value
    count++
  }
  if (count == 0) return -52
  return count > 4 ? 2 : 1
}

function hexadecimal(r: Reader): i32 {
  let digits = 0
  if (next(r) != 48 /* 0 */ || next(r) != 120 /* x */) return -60
  for (;;) {
    let c = next(r)
    if (c < 0) break
    if (c == 95 /* _ */) continue
    if (!digit(c) && (c < 97 /* a */ || c > 102) /* f */) return -61
    digits++
  }
  if (digits == 0) return -62
  if (digits % 2 == 1) return -63
  return digits == 8 ? 2 : 1
}

function record(r: Reader, tag: i32, depth: i32): i32 {
  switch (tag) {
    case 105 /* i */:
      return integer(r)
    case 114 /* r */:
      return real(r)
    case 115 /* s */:
      return text(r)
    case 116 /* t */:
      return clock(r)
    case 108 /* l */:
      return ascending(r)
    case 120 /* x */:
      return hexadecimal(r)
    case 98 /* b */: {
      let c = next(r)
      return c == 0 || c == 1 ? 1 : -70
    }
    case 103 /* g */:
      if (depth >= DEPTH_MAX) return -71
      return records(r, depth + 1)
    default:
      return -72
  }
}

function records(r: Reader, depth: i32): i32 {
  let count = 0
  while (r.at < r.end) {
    let tag = next(r)
    if (tag == 0) break
    let bytes = length(r)
    if (bytes < 0) return -80
    if (bytes > r.end - r.at) return -81
    const inner = new Reader(r.data, r.at, r.at + bytes)
    let result = record(inner, tag, depth)
    if (result < 0) return result
    if (inner.at != inner.end) return -82
    r.at += bytes
    count++
  }
  if (count == 0) return -83
  return count > 3 ? 2 : 1
}

let result = 0

export function fuzz(data: usize, size: i32): void {
  if (size > INPUT_MAX) return
  const r = new Reader(data, 0, size)
  const version = next(r)
  if (version < 49 /* 1 */ || version > 51 /* 3 */) return
  if (version == 51 /* 3 */ && next(r) != 33 /* ! */) return
  result = records(r, 0)
}
