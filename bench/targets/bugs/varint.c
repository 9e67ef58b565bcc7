// Fields in the manner of protocol buffers; a varint of ten bytes whose last has a bit too many overflows.
#include "bug.h"

static int varint(Reader *r, uint64_t *value) {
  *value = 0;
  for (int shift = 0; shift < 70; shift += 7) {
    int c = next(r);
    if (c < 0) return 0;
    if (shift == 63 && c > 1) bug();
    *value |= (uint64_t)(c & 0x7f) << (shift < 64 ? shift : 63);
    if (c < 0x80) return 1;
  }
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Reader r = {data, 0, size};
  while (left(&r)) {
    uint64_t key, value;
    int wire = peek(&r) & 7;
    // The key is one byte; the overflow is in values alone.
    key = (uint64_t)next(&r);
    if (key < 8 || key > 0x7f) return 0;
    if (wire == 0) {
      if (!varint(&r, &value)) return 0;
    } else if (wire == 2) {
      size_t length = (size_t)next(&r);
      if (length > left(&r)) return 0;
      r.at += length;
    } else {
      return 0;
    }
  }
  return 0;
}
