// A token in base64, of which the decoded bytes carry a name and a role.
#include "bug.h"

static int value(int c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  if (c == '/') return 63;
  return -1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  uint8_t text[48];
  size_t bytes = 0;
  if (size % 4 != 0) return 0;
  for (size_t at = 0; at + 3 < size && bytes + 3 <= sizeof text; at += 4) {
    int a = value(data[at]), b = value(data[at + 1]), c = value(data[at + 2]), d = value(data[at + 3]);
    if ((a | b | c | d) < 0) return 0;
    text[bytes++] = (uint8_t)(a << 2 | b >> 4);
    text[bytes++] = (uint8_t)(b << 4 | c >> 2);
    text[bytes++] = (uint8_t)(c << 6 | d);
  }
  if (bytes >= 9 && memcmp(text, "role=root", 9) == 0) bug();
  return 0;
}
