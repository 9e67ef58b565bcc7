// Eight fields of a header with a constraint each; none depends on another, and all must hold at once.
#include "bug.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 20) return 0;
  Reader r = {data, 0, size};
  int good = 0;
  if (little(&r, 2) == 0x5442) good |= 1;
  uint64_t width = little(&r, 2);
  if (width >= 640 && width < 656) good |= 2;
  if (little(&r, 1) == 24) good |= 4;
  if ((little(&r, 2) & 0x0ff0) == 0x0a50) good |= 8;
  if (big(&r, 4) == 0xcafed00d) good |= 16;
  if (little(&r, 1) % 37 == 5) good |= 32;
  uint64_t low = little(&r, 4), high = little(&r, 4);
  if (low < high && high - low == 4096) good |= 64;
  if (good == 127) bug();
  return 0;
}
