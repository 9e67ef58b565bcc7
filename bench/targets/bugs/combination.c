// A rare combination: compression and encryption each work, and both together on an empty payload do not.
#include "bug.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Reader r = {data, 0, size};
  int compressed = 0, encrypted = 0, ended = 0;
  size_t payload = 0;
  while (left(&r)) {
    switch (next(&r)) {
      case 'z':
        if (next(&r) != 9) return 0;
        compressed = 1;
        break;
      case 'e':
        if (next(&r) != 0x10 || next(&r) != 0x20) return 0;
        encrypted = 1;
        break;
      case 'p':
        payload += (size_t)big(&r, 1);
        break;
      case '.':
        ended++;
        break;
      default:
        return 0;
    }
  }
  if (compressed && encrypted && ended == 2 && payload == 0) bug();
  return 0;
}
