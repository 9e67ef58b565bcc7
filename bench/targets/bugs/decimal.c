// Numbers in text: `sz=W*H`. One width is wrong from a certain height on, and both are read digit by digit.
#include "bug.h"

static int number(Reader *r, uint32_t *value) {
  int digits = 0;
  *value = 0;
  while (peek(r) >= '0' && peek(r) <= '9') {
    *value = *value * 10 + (uint32_t)(next(r) - '0');
    if (++digits > 6) return 0;
  }
  return digits;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Reader r = {data, 0, size};
  uint32_t width, height;
  if (left(&r) < 5 || next(&r) != 's' || next(&r) != 'z' || next(&r) != '=') return 0;
  if (!number(&r, &width) || next(&r) != '*' || !number(&r, &height)) return 0;
  if (width > 4096 || height > 4096) return 0;
  if (width == 3071 && height > 2000) bug();
  return 0;
}
