// A sixteen-byte signature after a length byte, compared at once.
#include "bug.h"

static const uint8_t SIGNATURE[16] = {0x8b, 0x17, 0xe2, 0x4c, 0x90, 0x3d, 0xfa, 0x61,
                                      0x05, 0xb8, 0x7e, 0xc3, 0x2f, 0xd4, 0x59, 0xa6};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 1 + sizeof SIGNATURE) return 0;
  if (data[0] < 16 || data[0] > 64) return 0;
  if (memcmp(data + 1, SIGNATURE, sizeof SIGNATURE) == 0) bug();
  return 0;
}
