// What these targets share. Each holds one known bug behind one difficulty; whoever reaches `bug` has found it.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

__attribute__((noinline)) static void bug(void) { __builtin_trap(); }

/** Reads forward through an input; what lies beyond the end reads as -1, or as zeros. */
typedef struct {
  const uint8_t *data;
  size_t at, end;
} Reader;

static inline int next(Reader *r) { return r->at < r->end ? r->data[r->at++] : -1; }
static inline int peek(const Reader *r) { return r->at < r->end ? r->data[r->at] : -1; }
static inline size_t left(const Reader *r) { return r->end - r->at; }

static inline uint64_t big(Reader *r, int bytes) {
  uint64_t value = 0;
  for (int i = 0; i < bytes; i++) value = value << 8 | (uint8_t)(r->at < r->end ? r->data[r->at++] : 0);
  return value;
}

static inline uint64_t little(Reader *r, int bytes) {
  uint64_t value = 0;
  for (int i = 0; i < bytes; i++) value |= (uint64_t)(uint8_t)(r->at < r->end ? r->data[r->at++] : 0) << (8 * i);
  return value;
}
