// A header whose name is compared without regard to case, and whose value begins with a word.
#include <strings.h>

#include "bug.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char line[64];
  size_t length = size < sizeof line - 1 ? size : sizeof line - 1;
  memcpy(line, data, length);
  line[length] = 0;
  char *colon = strchr(line, ':');
  if (!colon) return 0;
  *colon = 0;
  if (strncasecmp(line, "X-Trace-Level", 14) != 0) return 0;
  const char *value = colon + 1;
  while (*value == ' ') value++;
  if (strncasecmp(value, "verbose", 7) == 0) bug();
  return 0;
}
