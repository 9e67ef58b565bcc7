// Lists in lists without a limit of depth that fits the stack: a bug from the 48th level on.
#include "bug.h"

static int list(Reader *r, int depth) {
  if (depth == 48) bug();
  for (;;) {
    int c = next(r);
    if (c == ')') return 1;
    if (c == '(') {
      if (!list(r, depth + 1)) return 0;
    } else if (c != ' ' && (c < '0' || c > '9')) {
      return 0;
    }
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Reader r = {data, 0, size};
  if (next(&r) == '(') list(&r, 1);
  return 0;
}
