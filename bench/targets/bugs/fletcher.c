// A message that ends with two running sums, the second over the first: zeros are right, and most of what follows them not.
#include "bug.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 8) return 0;
  uint32_t first = 0, second = 0;
  for (size_t i = 0; i + 2 < size; i++) {
    first = (first + data[i]) % 255;
    second = (second + first) % 255;
  }
  if (data[size - 2] != first || data[size - 1] != second) return 0;
  if (data[0] != 'M' || data[1] != 'S' || data[2] != 'G') return 0;
  if (data[3] <= 3 && data[4] == 0xff) bug();
  return 0;
}
