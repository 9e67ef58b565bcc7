// A key of eight bytes in hexadecimal digits, decoded into a buffer before it is compared.
#include "bug.h"

static int digit(int c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 32;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const uint8_t key[] = {0xde, 0xad, 0xbe, 0xef, 0x01, 0x23, 0x45, 0x67};
  uint8_t bytes[32];
  size_t count = 0;
  for (size_t at = 0; at + 1 < size && count < sizeof bytes; at += 2) {
    int high = digit(data[at]), low = digit(data[at + 1]);
    if (high < 0 || low < 0) return 0;
    bytes[count++] = (uint8_t)(high << 4 | low);
  }
  if (count >= sizeof key && memcmp(bytes, key, sizeof key) == 0) bug();
  return 0;
}
