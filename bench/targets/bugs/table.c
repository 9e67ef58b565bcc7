// A decoder in the manner of LZW: codes refer to earlier entries, and the table of 64 entries has no check at its end.
#include "bug.h"

#define ENTRIES 64

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  int lengths[ENTRIES] = {1, 1, 1, 1};
  int used = 4, last = -1;
  Reader r = {data, 0, size};
  if (next(&r) != 'L' || next(&r) != 'Z') return 0;
  while (left(&r)) {
    int code = next(&r);
    if (code == 0xff) {
      used = 4;
      last = -1;
      continue;
    }
    if (code >= used) return 0;
    if (last >= 0) {
      if (used >= ENTRIES) bug();
      lengths[used++] = lengths[last] + 1;
    }
    last = code;
  }
  return lengths[used - 1] > 1000;
}
