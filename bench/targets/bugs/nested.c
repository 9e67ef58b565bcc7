// Boxes in boxes, as in MP4: each has a length in four bytes and must end where its parent ends.
#include "bug.h"

static int boxes(Reader *r, int depth) {
  int deepest = depth;
  while (left(r)) {
    if (left(r) < 5) return -1;
    size_t length = big(r, 4);
    int kind = next(r);
    if (length < 5 || length - 5 > left(r)) return -1;
    Reader inner = {r->data, r->at, r->at + length - 5};
    r->at += length - 5;
    if (kind == 'd') continue;
    if (kind != 'c') return -1;
    int depthInside = boxes(&inner, depth + 1);
    if (depthInside < 0) return -1;
    if (depthInside > deepest) deepest = depthInside;
  }
  return deepest;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Reader r = {data, 0, size};
  if (boxes(&r, 0) >= 3) bug();
  return 0;
}
