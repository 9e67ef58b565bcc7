// A parser of about 30 edges: `name = value ;` statements, where a value is a number or a quoted string.
#include <stddef.h>
#include <stdint.h>

#include "entry.h"

typedef struct {
  const uint8_t *at;
  const uint8_t *end;
} Cursor;

static int is_letter(uint8_t c) { return (uint8_t)((c | 32) - 'a') < 26; }
static int is_digit(uint8_t c) { return (uint8_t)(c - '0') < 10; }

__attribute__((noinline)) static int accept(Cursor *cursor, uint8_t c) {
  while (cursor->at < cursor->end && *cursor->at == ' ') cursor->at++;
  if (cursor->at == cursor->end || *cursor->at != c) return 0;
  cursor->at++;
  return 1;
}

static int parse_value(Cursor *cursor) {
  if (accept(cursor, '"')) {
    for (; cursor->at < cursor->end; cursor->at++) {
      if (*cursor->at == '"') return accept(cursor, '"');
    }
    return 0;
  }
  if (cursor->at == cursor->end || !is_digit(*cursor->at)) return 0;
  while (cursor->at < cursor->end && is_digit(*cursor->at)) cursor->at++;
  return 1;
}

static int parse_statement(Cursor *cursor) {
  if (cursor->at == cursor->end || !is_letter(*cursor->at)) return 0;
  while (cursor->at < cursor->end && is_letter(*cursor->at)) cursor->at++;
  return accept(cursor, '=') && parse_value(cursor) && accept(cursor, ';');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  COUNT_INPUT(size);
  Cursor cursor = {data, data + size};
  while (parse_statement(&cursor)) {
  }
  return 0;
}
