// A bug of long inputs: nothing on the way to 10,000 bytes is new. FuzzLong of go/misses.
#include <stddef.h>
#include <stdint.h>

__attribute__((noinline)) static void bug(void) { __builtin_trap(); }

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  (void)data;
  if (size > 10000) bug();
  return 0;
}
