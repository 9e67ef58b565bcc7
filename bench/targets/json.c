// A JSON validator after RFC 8259, with UTF-8, escapes, surrogate pairs and a depth limit: about 180 counters.
#include <stddef.h>
#include <stdint.h>

#include "entry.h"

#define DEPTH_MAX 64

typedef struct {
  const uint8_t *at;
  const uint8_t *end;
  int depth;
  unsigned objects, arrays, strings, numbers, literals;
} Json;

static int value(Json *json);

static int peek(const Json *json) { return json->at < json->end ? *json->at : -1; }

__attribute__((noinline)) static void space(Json *json) {
  for (;;) {
    switch (peek(json)) {
      case ' ':
      case '\t':
      case '\n':
      case '\r':
        json->at++;
        break;
      default:
        return;
    }
  }
}

static int word(Json *json, const char *text) {
  for (; *text; text++) {
    if (peek(json) != *text) return 0;
    json->at++;
  }
  json->literals++;
  return 1;
}

__attribute__((noinline)) static int hex4(Json *json) {
  int code = 0;
  for (int i = 0; i < 4; i++) {
    int c = peek(json);
    if (c >= '0' && c <= '9')
      code = code * 16 + c - '0';
    else if (c >= 'a' && c <= 'f')
      code = code * 16 + c - 'a' + 10;
    else if (c >= 'A' && c <= 'F')
      code = code * 16 + c - 'A' + 10;
    else
      return -1;
    json->at++;
  }
  return code;
}

static int escape(Json *json) {
  int c = peek(json);
  json->at++;
  switch (c) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
      return 1;
    case 'u': {
      int code = hex4(json);
      if (code < 0) return 0;
      if (code >= 0xdc00 && code < 0xe000) return 0;
      if (code < 0xd800 || code >= 0xdc00) return 1;
      if (peek(json) != '\\') return 0;
      json->at++;
      if (peek(json) != 'u') return 0;
      json->at++;
      code = hex4(json);
      return code >= 0xdc00 && code < 0xe000;
    }
    default:
      return 0;
  }
}

static int tail(Json *json, int bytes, int low, int high) {
  int c = peek(json);
  if (c < low || c > high) return 0;
  json->at++;
  for (; bytes > 1; bytes--) {
    c = peek(json);
    if (c < 0x80 || c > 0xbf) return 0;
    json->at++;
  }
  return 1;
}

static int utf8(Json *json, int first) {
  if (first < 0xc2) return 0;
  if (first < 0xe0) return tail(json, 1, 0x80, 0xbf);
  if (first == 0xe0) return tail(json, 2, 0xa0, 0xbf);
  if (first == 0xed) return tail(json, 2, 0x80, 0x9f);
  if (first < 0xf0) return tail(json, 2, 0x80, 0xbf);
  if (first == 0xf0) return tail(json, 3, 0x90, 0xbf);
  if (first < 0xf4) return tail(json, 3, 0x80, 0xbf);
  if (first == 0xf4) return tail(json, 3, 0x80, 0x8f);
  return 0;
}

__attribute__((noinline)) static int string(Json *json) {
  if (peek(json) != '"') return 0;
  json->at++;
  json->strings++;
  for (;;) {
    int c = peek(json);
    if (c < 0x20) return 0;
    json->at++;
    if (c == '"') return 1;
    if (c == '\\') {
      if (!escape(json)) return 0;
    } else if (c >= 0x80) {
      if (!utf8(json, c)) return 0;
    }
  }
}

__attribute__((noinline)) static int digits(Json *json) {
  if (peek(json) < '0' || peek(json) > '9') return 0;
  while (peek(json) >= '0' && peek(json) <= '9') json->at++;
  return 1;
}

static int number(Json *json) {
  json->numbers++;
  if (peek(json) == '-') json->at++;
  if (peek(json) == '0')
    json->at++;
  else if (!digits(json))
    return 0;
  if (peek(json) == '.') {
    json->at++;
    if (!digits(json)) return 0;
  }
  if (peek(json) == 'e' || peek(json) == 'E') {
    json->at++;
    if (peek(json) == '+' || peek(json) == '-') json->at++;
    if (!digits(json)) return 0;
  }
  return 1;
}

static int array(Json *json) {
  json->at++;
  json->arrays++;
  space(json);
  if (peek(json) == ']') {
    json->at++;
    return 1;
  }
  for (;;) {
    if (!value(json)) return 0;
    int c = peek(json);
    json->at++;
    if (c == ']') return 1;
    if (c != ',') return 0;
  }
}

static int object(Json *json) {
  json->at++;
  json->objects++;
  space(json);
  if (peek(json) == '}') {
    json->at++;
    return 1;
  }
  for (;;) {
    space(json);
    if (!string(json)) return 0;
    space(json);
    if (peek(json) != ':') return 0;
    json->at++;
    if (!value(json)) return 0;
    int c = peek(json);
    json->at++;
    if (c == '}') return 1;
    if (c != ',') return 0;
  }
}

static int value(Json *json) {
  if (json->depth == DEPTH_MAX) return 0;
  json->depth++;
  space(json);
  int ok;
  switch (peek(json)) {
    case '{':
      ok = object(json);
      break;
    case '[':
      ok = array(json);
      break;
    case '"':
      ok = string(json);
      break;
    case 't':
      ok = word(json, "true");
      break;
    case 'f':
      ok = word(json, "false");
      break;
    case 'n':
      ok = word(json, "null");
      break;
    default:
      ok = number(json);
  }
  if (ok) space(json);
  json->depth--;
  return ok;
}

static volatile unsigned valid_documents;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  COUNT_INPUT(size);
  Json json = {.at = data, .end = data + size};
  if (value(&json) && json.at == json.end) valid_documents += 1 + json.objects + json.arrays;
  return 0;
}
