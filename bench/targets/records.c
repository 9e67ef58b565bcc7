// A reader of tagged records with numbers, times, text and groups in them. go/records/records.go and records.ts are the
// same program, function by function and branch by branch: what they differ in is the language alone.
#include <stddef.h>
#include <stdint.h>

#include "entry.h"

#define DEPTH_MAX 6
#define INPUT_MAX 4096

typedef struct {
  const uint8_t *data;
  int at;
  int end;
} Reader;

static int next(Reader *r) {
  if (r->at >= r->end) return -1;
  return r->data[r->at++];
}

static int digit(int c) { return c >= '0' && c <= '9'; }

static int length(Reader *r) {
  int first = next(r);
  if (first < 0) return -1;
  if (first < 0x80) return first;
  if (first == 0x80) return -2;
  if (first > 0x81) return -3;
  return next(r);
}

static int integer(Reader *r) {
  int value = 0, digits = 0, negative = 0;
  int c = next(r);
  if (c == '-') {
    negative = 1;
    c = next(r);
  } else if (c == '+')
    c = next(r);
  while (digit(c)) {
    if (value > 99999999) return -10;
    value = value * 10 + c - '0';
    digits++;
    c = next(r);
  }
  if (digits == 0) return -11;
  if (c >= 0) return -12;
  if (value == 0 && negative) return -13;
  if (value > 1000000) return 2;
  return 1;
}

static int real(Reader *r) {
  int whole = 0, fraction = 0, exponent = 0;
  int c = next(r);
  if (c == '-') c = next(r);
  while (digit(c)) {
    whole++;
    c = next(r);
  }
  if (whole == 0) return -20;
  if (c == '.') {
    c = next(r);
    while (digit(c)) {
      fraction++;
      c = next(r);
    }
    if (fraction == 0) return -21;
  }
  if (c == 'e' || c == 'E') {
    c = next(r);
    if (c == '-' || c == '+') c = next(r);
    while (digit(c)) {
      exponent++;
      c = next(r);
    }
    if (exponent == 0) return -22;
    if (exponent > 3) return -23;
  }
  if (c >= 0) return -24;
  return fraction > 0 ? 2 : 1;
}

static int text(Reader *r) {
  int characters = 0;
  for (;;) {
    int c = next(r);
    if (c < 0) break;
    int more = 0;
    if (c < 0x20) {
      if (c != '\n') return -30;
    } else if (c >= 0xf5)
      return -31;
    else if (c >= 0xf0)
      more = 3;
    else if (c >= 0xe0)
      more = 2;
    else if (c >= 0xc2)
      more = 1;
    else if (c >= 0x80)
      return -32;
    for (; more > 0; more--) {
      c = next(r);
      if (c < 0x80 || c > 0xbf) return -33;
    }
    characters++;
  }
  return characters > 12 ? 2 : 1;
}

static int pair(Reader *r, int most) {
  int tens = next(r);
  int ones = next(r);
  if (!digit(tens) || !digit(ones)) return -1;
  int value = (tens - '0') * 10 + ones - '0';
  return value > most ? -1 : value;
}

static int clock(Reader *r) {
  if (pair(r, 23) < 0) return -40;
  if (next(r) != ':') return -41;
  if (pair(r, 59) < 0) return -42;
  int c = next(r);
  if (c < 0) return 1;
  if (c != ':') return -43;
  if (pair(r, 60) < 0) return -44;
  c = next(r);
  if (c < 0) return 2;
  if (c == 'Z') return 3;
  return -45;
}

static int ascending(Reader *r) {
  int last = -1, count = 0;
  while (r->at < r->end) {
    int low = next(r);
    int high = next(r);
    if (high < 0) return -50;
    int value = high * 256 + low;
    if (value <= last) return -51;
    last = value;
    count++;
  }
  if (count == 0) return -52;
  return count > 4 ? 2 : 1;
}

static int hexadecimal(Reader *r) {
  int digits = 0;
  if (next(r) != '0' || next(r) != 'x') return -60;
  for (;;) {
    int c = next(r);
    if (c < 0) break;
    if (c == '_') continue;
    if (!digit(c) && (c < 'a' || c > 'f')) return -61;
    digits++;
  }
  if (digits == 0) return -62;
  if (digits % 2 == 1) return -63;
  return digits == 8 ? 2 : 1;
}

static int records(Reader *r, int depth);

static int record(Reader *r, int tag, int depth) {
  switch (tag) {
    case 'i':
      return integer(r);
    case 'r':
      return real(r);
    case 's':
      return text(r);
    case 't':
      return clock(r);
    case 'l':
      return ascending(r);
    case 'x':
      return hexadecimal(r);
    case 'b': {
      int c = next(r);
      return c == 0 || c == 1 ? 1 : -70;
    }
    case 'g':
      if (depth >= DEPTH_MAX) return -71;
      return records(r, depth + 1);
    default:
      return -72;
  }
}

static int records(Reader *r, int depth) {
  int count = 0;
  while (r->at < r->end) {
    int tag = next(r);
    if (tag == 0) break;
    int bytes = length(r);
    if (bytes < 0) return -80;
    if (bytes > r->end - r->at) return -81;
    Reader inner = {r->data, r->at, r->at + bytes};
    int result = record(&inner, tag, depth);
    if (result < 0) return result;
    if (inner.at != inner.end) return -82;
    r->at += bytes;
    count++;
  }
  if (count == 0) return -83;
  return count > 3 ? 2 : 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  COUNT_INPUT(size);
  if (size > INPUT_MAX) return 0;
  Reader r = {data, 0, (int)size};
  int version = next(&r);
  if (version < '1' || version > '3') return 0;
  if (version == '3' && next(&r) != '!') return 0;
  volatile int result = records(&r, 0);
  (void)result;
  return 0;
}
