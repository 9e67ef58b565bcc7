// Run-length coded bytes, compared after they were unpacked.
#include "bug.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  uint8_t out[64];
  size_t length = 0;
  Reader r = {data, 0, size};
  while (left(&r) >= 2) {
    int control = next(&r);
    if (control & 0x80) {
      int byte = next(&r);
      for (int i = 0; i < (control & 0x7f); i++) {
        if (length == sizeof out) return 0;
        out[length++] = (uint8_t)byte;
      }
    } else {
      for (int i = 0; i < control; i++) {
        if (length == sizeof out || !left(&r)) return 0;
        out[length++] = (uint8_t)next(&r);
      }
    }
  }
  if (length < 12 || memcmp(out, "\0\0\0\0\0\0", 6) != 0) return 0;
  if (memcmp(out + 6, "BOOT", 4) == 0) bug();
  return 0;
}
