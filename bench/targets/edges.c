// The judge of two corpora: executes packed inputs (each one's length as u32, then its bytes) and prints how many of the
// program's edges, and how many of all, any of them reached.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint8_t *counters, *counters_end;

void __sanitizer_cov_8bit_counters_init(uint8_t *start, uint8_t *end) {
  counters = start;
  counters_end = end;
}

int main(int count, char **words) {
  if (count != 2) return 2;
  FILE *file = fopen(words[1], "rb");
  if (!file) return 1;
  size_t edges = (size_t)(counters_end - counters), reached = 0;
  uint8_t *seen = calloc(edges, 1);
  for (uint32_t length; fread(&length, sizeof length, 1, file) == 1;) {
    // A buffer of the exact size, so that a read beyond it is not hidden by what lay there before.
    uint8_t *input = malloc(length + 1);
    if (!input || fread(input, 1, length, file) != length) return 1;
    memset(counters, 0, edges);
    LLVMFuzzerTestOneInput(input, length);
    for (size_t i = 0; i < edges; i++) seen[i] |= counters[i];
    free(input);
  }
  for (size_t i = 0; i < edges; i++) reached += seen[i] != 0;
  printf("%zu %zu\n", reached, edges);
  return 0;
}
