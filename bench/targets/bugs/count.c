// A run of equal marks is counted; a table for it has room for 40, and only a run that long overflows.
#include "bug.h"

#define ROWS 40

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Reader r = {data, 0, size};
  if (next(&r) != '#') return 0;
  int rows = 0;
  for (int c = next(&r); c == '|' || c == '-'; c = next(&r)) {
    if (c == '-') continue;
    rows++;
  }
  if (rows == ROWS && peek(&r) == '!') bug();
  return 0;
}
