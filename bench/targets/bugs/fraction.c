// Two numbers in text: one with a fraction that lies in a narrow range, one with a sign.
#include <stdlib.h>

#include "bug.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char text[40], *end;
  if (size >= sizeof text) return 0;
  memcpy(text, data, size);
  text[size] = 0;
  double ratio = strtod(text, &end);
  if (*end != ';') return 0;
  long shift = strtol(end + 1, &end, 0);
  if (ratio > 99.5 && ratio < 99.75 && shift == -123456) bug();
  return 0;
}
