// Code lengths of a prefix code, four bits each. A code that is complete and has words of nine bits overflows a table.
#include "bug.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  int count[16] = {0};
  if (size < 10) return 0;
  int symbols = data[0] % 24 + 8;
  for (int i = 0; i < symbols; i++) {
    size_t at = 1 + (size_t)i / 2;
    if (at >= size) return 0;
    count[i & 1 ? data[at] >> 4 : data[at] & 15]++;
  }
  int open = 1;
  for (int bits = 1; bits < 16; bits++) {
    open = open * 2 - count[bits];
    if (open < 0) return 0;
  }
  if (open == 0 && count[9] >= 2) bug();
  return 0;
}
