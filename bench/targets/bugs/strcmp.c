// A command line of words; one command of twelve characters is not in the documentation.
#include "bug.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char word[32];
  size_t length = 0;
  while (length < size && length < sizeof word - 1 && data[length] != ' ' && data[length] != '\n') {
    word[length] = (char)data[length];
    length++;
  }
  word[length] = 0;
  if (strcmp(word, "get") == 0 || strcmp(word, "put") == 0) return 0;
  if (strcmp(word, "diag-console") == 0) bug();
  return 0;
}
