/* Simulations in C, C++ and Zig: draw from fuzzbox, and say what must hold and what would be interesting. Besides, signals
 * for targets of every kind.
 *
 *   uint32_t r = fuzzbox_random();
 *   FUZZBOX_SOMETIMES(elected, "a leader is elected");
 *   FUZZBOX_ALWAYS(balance >= 0, "no overdraft", "balance", balance);
 *   FUZZBOX_EACH("gate", KEYS(lock, depth), QUALITY(health));
 *
 * Every macro ends in one call of an import of module "fuzzbox". Messages should be string literals: then their marks
 * are known even where they are never called. Needs clang or another compiler with import attributes, and no C library.
 */
#ifndef FUZZBOX_H
#define FUZZBOX_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define FUZZBOX__BOOL bool
extern "C" {
#else
#define FUZZBOX__BOOL _Bool
#endif

#define FUZZBOX__IMPORT(name) __attribute__((import_module("fuzzbox"), import_name(name)))

/* Draws. Each of them is one draw, however much it returns. */

/* 32 and 64 uniform bits. */
FUZZBOX__IMPORT("random") uint32_t fuzzbox_random(void);
FUZZBOX__IMPORT("random64") uint64_t fuzzbox_random64(void);
/* 0 ... bound - 1; 0 for a bound of 0. */
FUZZBOX__IMPORT("below") uint32_t fuzzbox_below(uint32_t bound);
/* 1 with this probability. */
FUZZBOX__IMPORT("chance") uint32_t fuzzbox_chance(double probability);
/* In [0, 1). */
FUZZBOX__IMPORT("f64") double fuzzbox_f64(void);
FUZZBOX__IMPORT("bytes") void fuzzbox_bytes(void *bytes, size_t length);

/* Signals, for any target that `fuzzbox run` fuzzes: what it should reach for where its branches do not tell. An input
 * that does better is kept. */

/* A larger, or smaller, value than any input had for this id, in the best moment of a run. */
FUZZBOX__IMPORT("maximize") void fuzzbox_maximize(uint32_t id, int64_t value);
FUZZBOX__IMPORT("minimize") void fuzzbox_minimize(uint32_t id, int64_t value);
/* A value that was not yet in the set of this id. */
FUZZBOX__IMPORT("set") void fuzzbox_set(uint32_t id, int64_t value);
/* A state that was not yet reached, or a step from one to another that was not yet made. */
FUZZBOX__IMPORT("state") void fuzzbox_state(int64_t value);
/* Two values that are nearer to each other than ever for this id. */
FUZZBOX__IMPORT("distance") void fuzzbox_distance(uint32_t id, int64_t left, int64_t right);

/* Marks, as the macros below call them. */

FUZZBOX__IMPORT("always")
void fuzzbox_always(uint32_t condition, const char *message, size_t bytes, const char *details, size_t detail_bytes);
FUZZBOX__IMPORT("always_or_unreachable")
void fuzzbox_always_or_unreachable(uint32_t condition, const char *message, size_t bytes, const char *details,
                                   size_t detail_bytes);
FUZZBOX__IMPORT("unreachable")
void fuzzbox_unreachable(const char *message, size_t bytes, const char *details, size_t detail_bytes);
FUZZBOX__IMPORT("always_gt")
void fuzzbox_always_gt(int64_t left, int64_t right, const char *message, size_t bytes, const char *details,
                       size_t detail_bytes);
FUZZBOX__IMPORT("always_ge")
void fuzzbox_always_ge(int64_t left, int64_t right, const char *message, size_t bytes, const char *details,
                       size_t detail_bytes);
FUZZBOX__IMPORT("always_lt")
void fuzzbox_always_lt(int64_t left, int64_t right, const char *message, size_t bytes, const char *details,
                       size_t detail_bytes);
FUZZBOX__IMPORT("always_le")
void fuzzbox_always_le(int64_t left, int64_t right, const char *message, size_t bytes, const char *details,
                       size_t detail_bytes);
FUZZBOX__IMPORT("sometimes") void fuzzbox_sometimes(uint32_t condition, const char *message, size_t bytes);
FUZZBOX__IMPORT("reachable") void fuzzbox_reachable(const char *message, size_t bytes);
FUZZBOX__IMPORT("sometimes_gt")
void fuzzbox_sometimes_gt(int64_t left, int64_t right, const char *message, size_t bytes);
FUZZBOX__IMPORT("sometimes_ge")
void fuzzbox_sometimes_ge(int64_t left, int64_t right, const char *message, size_t bytes);
FUZZBOX__IMPORT("sometimes_lt")
void fuzzbox_sometimes_lt(int64_t left, int64_t right, const char *message, size_t bytes);
FUZZBOX__IMPORT("sometimes_le")
void fuzzbox_sometimes_le(int64_t left, int64_t right, const char *message, size_t bytes);
FUZZBOX__IMPORT("sometimes_all")
void fuzzbox_sometimes_all(uint32_t conditions, uint32_t how_many, const char *message, size_t bytes);
FUZZBOX__IMPORT("each")
void fuzzbox_each(const int64_t *keys, size_t key_count, const int64_t *qualities, size_t quality_count,
                  const char *message, size_t bytes);

#ifdef __cplusplus
}
#endif

/* The same for each place in a file: ids are counted from 1. Where several files use it, give ids by hand. */
#define FUZZBOX_DISTANCE(left, right) fuzzbox_distance(__COUNTER__ + 1, (int64_t)(left), (int64_t)(right))

#define FUZZBOX__TEXT(message) (message), __builtin_strlen(message)

/* Details, built only where a condition fails: "name=value name=value". */
struct fuzzbox__details {
  size_t length;
  char text[256];
};

static inline void fuzzbox__put(struct fuzzbox__details *details, char byte) {
  if (details->length < sizeof details->text) details->text[details->length++] = byte;
}

static inline void fuzzbox__detail(struct fuzzbox__details *details, const char *name, int64_t value) {
  char digits[20];
  size_t count = 0;
  uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
  if (details->length) fuzzbox__put(details, ' ');
  while (*name) fuzzbox__put(details, *name++);
  fuzzbox__put(details, '=');
  if (value < 0) fuzzbox__put(details, '-');
  do digits[count++] = (char)('0' + rest % 10);
  while (rest /= 10);
  while (count) fuzzbox__put(details, digits[--count]);
}

#define FUZZBOX__PAIRS_0()
#define FUZZBOX__PAIRS_2(n, v) fuzzbox__detail(&fuzzbox__d, n, (int64_t)(v));
#define FUZZBOX__PAIRS_4(n, v, ...) FUZZBOX__PAIRS_2(n, v) FUZZBOX__PAIRS_2(__VA_ARGS__)
#define FUZZBOX__PAIRS_6(n, v, ...) FUZZBOX__PAIRS_2(n, v) FUZZBOX__PAIRS_4(__VA_ARGS__)
#define FUZZBOX__PAIRS_8(n, v, ...) FUZZBOX__PAIRS_2(n, v) FUZZBOX__PAIRS_6(__VA_ARGS__)
#define FUZZBOX__PAIRS_10(n, v, ...) FUZZBOX__PAIRS_2(n, v) FUZZBOX__PAIRS_8(__VA_ARGS__)
#define FUZZBOX__PAIRS_12(n, v, ...) FUZZBOX__PAIRS_2(n, v) FUZZBOX__PAIRS_10(__VA_ARGS__)
#define FUZZBOX__NTH(a, b, c, d, e, f, g, h, i, j, k, l, name, ...) name
#define FUZZBOX__PAIRS(...)                                                                                          \
  FUZZBOX__NTH(__VA_ARGS__ __VA_OPT__(, ) FUZZBOX__PAIRS_12, , FUZZBOX__PAIRS_10, , FUZZBOX__PAIRS_8, ,              \
               FUZZBOX__PAIRS_6, , FUZZBOX__PAIRS_4, , FUZZBOX__PAIRS_2, , FUZZBOX__PAIRS_0, )                       \
  (__VA_ARGS__)

#define FUZZBOX__MUST(call, condition, message, ...)                                                                 \
  do {                                                                                                               \
    if (condition) {                                                                                                 \
      call(1, FUZZBOX__TEXT(message), 0, 0);                                                                         \
    } else {                                                                                                         \
      struct fuzzbox__details fuzzbox__d;                                                                               \
      fuzzbox__d.length = 0;                                                                                         \
      FUZZBOX__PAIRS(__VA_ARGS__)                                                                                    \
      call(0, FUZZBOX__TEXT(message), fuzzbox__d.text, fuzzbox__d.length);                                           \
    }                                                                                                                \
  } while (0)

/* What must hold whenever it is evaluated, and be evaluated; then up to six pairs of name and value. */
#define FUZZBOX_ALWAYS(condition, message, ...) FUZZBOX__MUST(fuzzbox_always, condition, message, __VA_ARGS__)
/* The same, but it need not be evaluated. */
#define FUZZBOX_ALWAYS_OR_UNREACHABLE(condition, message, ...)                                                       \
  FUZZBOX__MUST(fuzzbox_always_or_unreachable, condition, message, __VA_ARGS__)
/* What must not be reached. */
#define FUZZBOX_UNREACHABLE(message, ...)                                                                            \
  do {                                                                                                               \
    struct fuzzbox__details fuzzbox__d;                                                                               \
      fuzzbox__d.length = 0;                                                                                         \
    FUZZBOX__PAIRS(__VA_ARGS__)                                                                                      \
    fuzzbox_unreachable(FUZZBOX__TEXT(message), fuzzbox__d.text, fuzzbox__d.length);                                 \
  } while (0)

#define FUZZBOX__COMPARED(call, compare, left_value, right_value, message)                                           \
  do {                                                                                                               \
    int64_t fuzzbox__left = (left_value), fuzzbox__right = (right_value);                                            \
    struct fuzzbox__details fuzzbox__d;                                                                               \
      fuzzbox__d.length = 0;                                                                                         \
    if (!(fuzzbox__left compare fuzzbox__right)) {                                                                   \
      FUZZBOX__PAIRS_4("left", fuzzbox__left, "right", fuzzbox__right)                                               \
    }                                                                                                                \
    call(fuzzbox__left, fuzzbox__right, FUZZBOX__TEXT(message), fuzzbox__d.text, fuzzbox__d.length);                 \
  } while (0)

/* Comparisons that must hold; both values are told where one does not. */
#define FUZZBOX_ALWAYS_GT(left, right, message) FUZZBOX__COMPARED(fuzzbox_always_gt, >, left, right, message)
#define FUZZBOX_ALWAYS_GE(left, right, message) FUZZBOX__COMPARED(fuzzbox_always_ge, >=, left, right, message)
#define FUZZBOX_ALWAYS_LT(left, right, message) FUZZBOX__COMPARED(fuzzbox_always_lt, <, left, right, message)
#define FUZZBOX_ALWAYS_LE(left, right, message) FUZZBOX__COMPARED(fuzzbox_always_le, <=, left, right, message)

/* What should come to pass in some run. */
#define FUZZBOX_SOMETIMES(condition, message) fuzzbox_sometimes((condition) ? 1 : 0, FUZZBOX__TEXT(message))
#define FUZZBOX_REACHABLE(message) fuzzbox_reachable(FUZZBOX__TEXT(message))

/* Comparisons that should hold in some run; each better left value is interesting. */
#define FUZZBOX_SOMETIMES_GT(left, right, message) fuzzbox_sometimes_gt((left), (right), FUZZBOX__TEXT(message))
#define FUZZBOX_SOMETIMES_GE(left, right, message) fuzzbox_sometimes_ge((left), (right), FUZZBOX__TEXT(message))
#define FUZZBOX_SOMETIMES_LT(left, right, message) fuzzbox_sometimes_lt((left), (right), FUZZBOX__TEXT(message))
#define FUZZBOX_SOMETIMES_LE(left, right, message) fuzzbox_sometimes_le((left), (right), FUZZBOX__TEXT(message))

/* Lists of numbers and of conditions, whatever type each has: C++ would not have them narrowed. */
#ifdef __cplusplus
template <typename Item, size_t Count> struct fuzzbox__list {
  Item items[Count];
};
template <typename Item, typename... Values> static inline fuzzbox__list<Item, sizeof...(Values)> fuzzbox__of(Values... values) {
  return {{static_cast<Item>(values)...}};
}
#define FUZZBOX__ITEMS(type, ...) (fuzzbox__of<type>(__VA_ARGS__).items)
#define FUZZBOX__COUNT(type, ...) (sizeof(fuzzbox__of<type>(__VA_ARGS__)) / sizeof(type))
#else
#define FUZZBOX__ITEMS(type, ...) ((const type[]){__VA_ARGS__})
#define FUZZBOX__COUNT(type, ...) (sizeof((const type[]){__VA_ARGS__}) / sizeof(type))
#endif

/* Conditions, up to 32, that should all be true at once in some run; each one more at once is interesting. */
#define FUZZBOX_SOMETIMES_ALL(message, ...)                                                                          \
  fuzzbox__all(FUZZBOX__ITEMS(FUZZBOX__BOOL, __VA_ARGS__), FUZZBOX__COUNT(FUZZBOX__BOOL, __VA_ARGS__),               \
               FUZZBOX__TEXT(message))

__attribute__((always_inline)) static inline void fuzzbox__all(const FUZZBOX__BOOL *conditions, size_t how_many,
                                                               const char *message, size_t bytes) {
  uint32_t bits = 0;
  for (size_t i = 0; i < how_many && i < 32; i++) bits |= (uint32_t)conditions[i] << i;
  fuzzbox_sometimes_all(bits, (uint32_t)how_many, message, bytes);
}

/* Each combination of keys is interesting once, and again with a better quality: FUZZBOX_EACH("room", KEYS(floor, room))
 * or FUZZBOX_EACH("room", KEYS(floor, room), QUALITY(has_key, health)). */
#define KEYS(...) FUZZBOX__ITEMS(int64_t, __VA_ARGS__), FUZZBOX__COUNT(int64_t, __VA_ARGS__)
#define QUALITY(...) KEYS(__VA_ARGS__)
#define FUZZBOX_EACH(message, ...) FUZZBOX__EACH(message, __VA_ARGS__, 0, 0, 0)
#define FUZZBOX__EACH(message, keys, key_count, qualities, quality_count, ...)                                       \
  fuzzbox_each(keys, key_count, qualities, quality_count, FUZZBOX__TEXT(message))

#endif
