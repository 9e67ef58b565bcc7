// A file of chunks. A chunk's length must be that of the file's rest exactly, so what changes the size of a name breaks
// the whole unless the length follows.
#include "bug.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Reader r = {data, 0, size};
  if (next(&r) != 'R' || next(&r) != 'F') return 0;
  if (big(&r, 2) != left(&r)) return 0;
  size_t names = 0, longest = 0;
  while (left(&r)) {
    size_t length = (size_t)next(&r);
    if (length == 0 || length > left(&r)) return 0;
    for (size_t i = 0; i < length; i++) {
      int c = next(&r);
      if (c < 'a' || c > 'z') return 0;
    }
    if (length > longest) longest = length;
    names++;
  }
  if (names >= 4 && longest >= 9) bug();
  return 0;
}
