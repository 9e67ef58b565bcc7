// A script of calls on handles: open, write, duplicate, close, read. The bug is a read through a duplicate of a handle
// that was closed after something was written.
#include "bug.h"

#define HANDLES 4

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  int open[HANDLES] = {0}, written[HANDLES] = {0}, copyOf[HANDLES];
  for (int i = 0; i < HANDLES; i++) copyOf[i] = -1;
  for (size_t at = 0; at + 1 < size; at += 2) {
    int handle = data[at + 1] % HANDLES;
    switch (data[at]) {
      case 'o':
        if (open[handle]) return 0;
        open[handle] = 1;
        copyOf[handle] = -1;
        written[handle] = 0;
        break;
      case 'w':
        if (!open[handle]) return 0;
        written[handle]++;
        break;
      case 'd': {
        int copy = (handle + 1) % HANDLES;
        if (!open[handle] || open[copy]) return 0;
        open[copy] = 1;
        copyOf[copy] = handle;
        break;
      }
      case 'c':
        if (!open[handle]) return 0;
        open[handle] = 0;
        break;
      case 'r':
        if (!open[handle]) return 0;
        if (copyOf[handle] >= 0 && !open[copyOf[handle]] && written[copyOf[handle]] > 2) bug();
        break;
      default:
        return 0;
    }
  }
  return 0;
}
