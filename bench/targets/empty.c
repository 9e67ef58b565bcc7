// The cost of one execution when the program does nothing: what remains is the fuzzer itself.
#include <stddef.h>
#include <stdint.h>

#include "entry.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  (void)data;
  COUNT_INPUT(size);
  return 0;
}
