// A number of 64 bits: Go's test takes an int64, ours eight bytes, little-endian. FuzzNumber of go/misses.
#include <stddef.h>
#include <stdint.h>
#include <string.h>

__attribute__((noinline)) static void bug(void) { __builtin_trap(); }

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  int64_t number;
  if (size != sizeof number) return 0;
  memcpy(&number, data, sizeof number);
  if (number == 123456) bug();
  return 0;
}
