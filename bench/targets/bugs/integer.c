// One integer that must be exact, behind a small header: BYTES and ORDER (little, big) come from the compiler's flags, so
// that each width in each byte order is a target of its own.
#include "bug.h"

#define MAGIC (0x9d3fa6c2b1e4785dull >> (64 - 8 * BYTES))

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Reader r = {data, 0, size};
  if (next(&r) != 'v' || next(&r) > 9) return 0;
  if (left(&r) < BYTES) return 0;
  if (ORDER(&r, BYTES) == MAGIC) bug();
  return 0;
}
