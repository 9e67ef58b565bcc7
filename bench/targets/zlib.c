// zlib: inflate of a zlib, gzip or raw stream into a window of 16 KiB at a time, at most 256 KiB in all.
#include <stddef.h>
#include <stdint.h>
#include <zlib.h>

#include "entry.h"

#define OUTPUT_MAX (256 * 1024)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  COUNT_INPUT(size);
  static unsigned char window[16 * 1024];
  if (size < 1) return 0;
  z_stream stream = {.next_in = (unsigned char *)data + 1, .avail_in = (unsigned)size - 1};
  int wrapper = data[0] & 1 ? -MAX_WBITS : MAX_WBITS + 32;
  if (inflateInit2(&stream, wrapper) != Z_OK) return 0;
  int status;
  do {
    stream.next_out = window;
    stream.avail_out = sizeof window;
    status = inflate(&stream, Z_NO_FLUSH);
  } while (status == Z_OK && stream.avail_out == 0 && stream.total_out < OUTPUT_MAX);
  inflateEnd(&stream);
  return 0;
}
