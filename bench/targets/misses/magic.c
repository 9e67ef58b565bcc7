// Four bytes that must be right at once: no counter tells how near an input comes. FuzzMagic of go/misses.
#include <stddef.h>
#include <stdint.h>

__attribute__((noinline)) static void bug(void) { __builtin_trap(); }

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 4) return 0;
  uint32_t word = data[0] | (uint32_t)data[1] << 8 | (uint32_t)data[2] << 16 | (uint32_t)data[3] << 24;
  if (word == 0xdeadbeef) bug();
  return 0;
}
