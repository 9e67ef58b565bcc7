// Ten bytes, each xored with a key of its own, before a compare.
#include "bug.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const uint8_t wanted[] = {0x11, 0x8e, 0x23, 0x92, 0x7a, 0x44, 0x19, 0x5b, 0x63, 0x77};
  uint8_t bytes[sizeof wanted];
  if (size < sizeof wanted) return 0;
  for (size_t i = 0; i < sizeof wanted; i++) bytes[i] = data[i] ^ (uint8_t)(0x5a + i * 3);
  if (memcmp(bytes, wanted, sizeof wanted) == 0) bug();
  return 0;
}
