// UTF-8 that is decoded into UTF-16 in a buffer sized for the basic plane: eight surrogate pairs overflow it.
#include "bug.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Reader r = {data, 0, size};
  int pairs = 0;
  while (left(&r)) {
    int c = next(&r);
    if (c < 0x80) continue;
    int more = c >= 0xf0 && c < 0xf5 ? 3 : c >= 0xe0 && c < 0xf0 ? 2 : c >= 0xc2 && c < 0xe0 ? 1 : 0;
    if (!more) return 0;
    uint32_t point = (uint32_t)c & (0x3fu >> more);
    for (int i = 0; i < more; i++) {
      int part = next(&r);
      if (part < 0x80 || part > 0xbf) return 0;
      point = point << 6 | (uint32_t)(part & 0x3f);
    }
    if (more == 2 && (point < 0x800 || (point >= 0xd800 && point < 0xe000))) return 0;
    if (more == 3 && (point < 0x10000 || point > 0x10ffff)) return 0;
    if (point > 0xffff && ++pairs == 8) bug();
  }
  return 0;
}
