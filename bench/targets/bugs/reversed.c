// A word that is turned round before it is compared.
#include "bug.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char word[16];
  if (size != 9) return 0;
  for (size_t i = 0; i < size; i++) word[i] = (char)data[size - 1 - i];
  word[size] = 0;
  if (strcmp(word, "drowssap!") == 0) bug();
  return 0;
}
