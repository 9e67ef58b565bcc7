// The native half of the `replay` measurement: executes a packed corpus again and again and clears the 8-bit counters
// after every execution, as a fuzzer must. Corpus file: for each input its length as u32, then its bytes.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define INPUTS_MAX 65536

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint8_t *counters, *counters_end;

void __sanitizer_cov_8bit_counters_init(uint8_t *start, uint8_t *end) {
  counters = start;
  counters_end = end;
}

static double cpu_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

static uint8_t *read_file(const char *path, size_t *bytes) {
  FILE *file = fopen(path, "rb");
  if (!file) return NULL;
  fseek(file, 0, SEEK_END);
  *bytes = (size_t)ftell(file);
  rewind(file);
  uint8_t *content = malloc(*bytes + 1);
  if (content && fread(content, 1, *bytes, file) != *bytes) content = NULL;
  fclose(file);
  return content;
}

int main(int count, char **words) {
  static const uint8_t *inputs[INPUTS_MAX];
  static uint32_t lengths[INPUTS_MAX];
  if (count != 4) return 2;
  size_t bytes, inputs_count = 0;
  uint8_t *corpus = read_file(words[1], &bytes);
  if (!corpus) return 1;
  for (size_t at = 0; at + 4 <= bytes && inputs_count < INPUTS_MAX; inputs_count++) {
    memcpy(&lengths[inputs_count], corpus + at, 4);
    inputs[inputs_count] = corpus + at + 4;
    at += 4 + lengths[inputs_count];
  }
  long rounds = atol(words[2]), repeats = atol(words[3]);
  for (long repeat = 0; repeat < repeats; repeat++) {
    double before = cpu_seconds();
    for (long round = 0; round < rounds; round++)
      for (size_t i = 0; i < inputs_count; i++) {
        LLVMFuzzerTestOneInput(inputs[i], lengths[i]);
        memset(counters, 0, (size_t)(counters_end - counters));
      }
    double after = cpu_seconds();
    printf("%.3f\n", (after - before) * 1e9 / ((double)rounds * (double)inputs_count));
  }
  return 0;
}
