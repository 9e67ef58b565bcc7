// libpng: reads an image of at most 16 K pixels, row by row, without transformations; checksums are computed and ignored.
// Errors leave the library through longjmp, which setjmp.c provides for Wasm.
#include <png.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "entry.h"

#define PIXELS_MAX 16384
#define ROW_BYTES_MAX 65536
#define ALLOCATION_MAX (8 * 1024 * 1024)

typedef struct {
  const uint8_t *at;
  size_t left;
} Source;

static void read_bytes(png_structp png, png_bytep to, size_t bytes) {
  Source *source = png_get_io_ptr(png);
  if (bytes > source->left) png_error(png, "end of input");
  memcpy(to, source->at, bytes);
  source->at += bytes;
  source->left -= bytes;
}

static void fail(png_structp png, png_const_charp message) {
  (void)message;
  png_longjmp(png, 1);
}

static void ignore(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

// A chunk may claim any length, and libpng asks for that much memory: refused on both sides alike.
static png_voidp allocate(png_structp png, png_alloc_size_t bytes) {
  (void)png;
  return bytes > ALLOCATION_MAX ? NULL : malloc(bytes);
}

static void release(png_structp png, png_voidp memory) {
  (void)png;
  free(memory);
}

static void read_image(png_structp png, png_infop info) {
  static unsigned char row[ROW_BYTES_MAX];
  png_read_info(png, info);
  png_uint_32 width = png_get_image_width(png, info);
  png_uint_32 height = png_get_image_height(png, info);
  if ((uint64_t)width * height > PIXELS_MAX) return;
  int passes = png_set_interlace_handling(png);
  png_start_read_image(png);
  if (png_get_rowbytes(png, info) > ROW_BYTES_MAX) return;
  for (int pass = 0; pass < passes; pass++)
    for (png_uint_32 y = 0; y < height; y++) png_read_row(png, row, NULL);
  png_read_end(png, info);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  COUNT_INPUT(size);
  Source source = {data, size};
  png_structp png =
      png_create_read_struct_2(PNG_LIBPNG_VER_STRING, NULL, fail, ignore, NULL, allocate, release);
  if (!png) return 0;
  png_infop info = png_create_info_struct(png);
  if (info && !setjmp(png_jmpbuf(png))) {
    png_set_read_fn(png, &source, read_bytes);
    png_set_crc_action(png, PNG_CRC_QUIET_USE, PNG_CRC_QUIET_USE);
    png_set_user_limits(png, PIXELS_MAX, PIXELS_MAX);
    png_set_chunk_malloc_max(png, 1 << 20);
    read_image(png, info);
  }
  png_destroy_read_struct(&png, &info, NULL);
  return 0;
}
