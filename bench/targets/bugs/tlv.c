// Tags, lengths and values; the bug needs three options in one message, one of them with a value out of range.
#include "bug.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Reader r = {data, 0, size};
  unsigned seen = 0, window = 0, scale = 0;
  while (left(&r) >= 2) {
    int tag = next(&r);
    size_t length = (size_t)next(&r);
    if (length > left(&r)) return 0;
    Reader value = {data, r.at, r.at + length};
    r.at += length;
    switch (tag) {
      case 1:
        if (length != 2) return 0;
        window = (unsigned)big(&value, 2);
        seen |= 1;
        break;
      case 3:
        if (length != 1) return 0;
        scale = (unsigned)big(&value, 1);
        seen |= 2;
        break;
      case 8:
        if (length != 8) return 0;
        seen |= 4;
        break;
      default:
        return 0;
    }
  }
  if (left(&r) == 0 && seen == 7 && scale > 14 && window > 0x8000) bug();
  return 0;
}
