// A frame: two magic bytes, a length, a payload and its CRC-32. The bug is behind the check, for a payload with an
// opcode that exists only in the second protocol version.
#include "bug.h"

static uint32_t crc32(const uint8_t *data, size_t bytes) {
  uint32_t crc = ~0u;
  for (size_t i = 0; i < bytes; i++) {
    crc ^= data[i];
    for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
  }
  return ~crc;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Reader r = {data, 0, size};
  if (next(&r) != 0xa5 || next(&r) != 0x5a) return 0;
  size_t length = little(&r, 1);
  if (length < 4 || left(&r) < length + 4) return 0;
  const uint8_t *payload = data + r.at;
  r.at += length;
  if (little(&r, 4) != crc32(payload, length)) return 0;
  if (payload[0] == 2 && payload[1] == 0x7f) bug();
  return 0;
}
