// Two byte strings that must both change, each in its own way, without a branch between them: Go gives two mutated
// parameters one buffer. Go's test takes two of them; ours cuts its input in the middle. FuzzTwo of go/misses.
#include <stddef.h>
#include <stdint.h>

__attribute__((noinline)) static void bug(void) { __builtin_trap(); }

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 8) return 0;
  const uint8_t *first = data, *second = data + size / 2;
  unsigned first_same = (unsigned)(first[0] ^ 'a') - 1, second_same = (unsigned)(second[0] ^ 'b') - 1;
  unsigned alike = (unsigned)(first[0] ^ second[0]) - 1;
  // The highest bit is set where two bytes were equal.
  if ((first_same | second_same | alike) >> 31 == 0) bug();
  return 0;
}
