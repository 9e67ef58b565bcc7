// A deep bug beside a shallow one: Go ends at the first that it meets, and shrinks the deep one into the shallow one.
// Counted is the deep one alone. FuzzDeep of go/misses.
#include <stddef.h>
#include <stdint.h>

__attribute__((noinline)) static void shallow(void) { __builtin_trap(); }
__attribute__((noinline)) static void bug(void) { __builtin_trap(); }

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 3 || data[0] != '<') return 0;
  if (size >= 20 && data[1] == '!') bug();
  shallow();
  return 0;
}
