// A line editor whose buffer grows by halves: the third growth computes its size wrongly.
#include "bug.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  size_t room = 256, used = 0;
  int grown = 0;
  for (size_t i = 0; i < size; i++) {
    if (data[i] == 0) break;
    if (data[i] == '\b') {
      if (used) used--;
      continue;
    }
    if (used == room) {
      room += room;
      if (++grown == 3) bug();
    }
    used++;
  }
  return 0;
}
