// Two floats: a temperature in single precision that must be exact, and a ratio in double precision that must lie in a
// narrow window, which no byte-wise rule reaches.
#include "bug.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  float temperature;
  double ratio;
  if (size < sizeof temperature + sizeof ratio) return 0;
  memcpy(&temperature, data, sizeof temperature);
  memcpy(&ratio, data + sizeof temperature, sizeof ratio);
  if (temperature != -273.15f) return 0;
  if (ratio > 1.6180 && ratio < 1.6181) bug();
  return 0;
}
