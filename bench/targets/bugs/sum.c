// A text record in the manner of Intel HEX: a colon, pairs of hexadecimal digits, of which the last makes the sum zero.
#include "bug.h"

static int digit(int c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  uint8_t bytes[40];
  size_t count = 0;
  if (size < 1 || data[0] != ':') return 0;
  for (size_t at = 1; at + 1 < size && count < sizeof bytes; at += 2) {
    int high = digit(data[at]), low = digit(data[at + 1]);
    if (high < 0 || low < 0) break;
    bytes[count++] = (uint8_t)(high << 4 | low);
  }
  if (count < 5 || bytes[0] != count - 5) return 0;
  uint8_t sum = 0;
  for (size_t i = 0; i < count; i++) sum = (uint8_t)(sum + bytes[i]);
  if (sum != 0) return 0;
  switch (bytes[3]) {
    case 0:
      break;
    case 1:
      break;
    case 4:
      if (count == 7 && bytes[4] >= 0xf0) bug();
      break;
  }
  return 0;
}
