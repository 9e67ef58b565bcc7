// Bytes that are xor-ed with a rolling key before they are looked at.
#include "bug.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  uint8_t plain[8];
  if (size < 1 + sizeof plain) return 0;
  uint8_t key = (uint8_t)(data[0] | 1);
  for (size_t i = 0; i < sizeof plain; i++) {
    plain[i] = data[1 + i] ^ key;
    key = (uint8_t)(key * 5 + 1);
  }
  Reader r = {plain, 0, sizeof plain};
  if (big(&r, 4) != 0x4c4f434b) return 0;
  if (little(&r, 2) == 0x1d0f) bug();
  return 0;
}
