/* Every macro of include/fuzzbox.h, once: test/examples/header.test.ts compiles this as C and as C++. */
#include "fuzzbox.h"

#ifdef __cplusplus
extern "C"
#endif
__attribute__((export_name("simulate"))) int simulate(void) {
  int lock = (int)fuzzbox_below(1), balance = -3 - lock;
  FUZZBOX_ALWAYS(balance < 0, "debt");
  FUZZBOX_ALWAYS(balance >= 0, "no overdraft", "balance", balance, "lock", lock);
  FUZZBOX_ALWAYS_OR_UNREACHABLE(balance > 0, "rich");
  FUZZBOX_UNREACHABLE("lost write", "at", INT64_MIN);
  FUZZBOX_ALWAYS_GT(balance, 0, "above");
  FUZZBOX_ALWAYS_GE(balance, balance, "at least");
  FUZZBOX_ALWAYS_LT(balance, 0, "below");
  FUZZBOX_ALWAYS_LE(7, balance, "at most");
  FUZZBOX_SOMETIMES(lock == 0, "a leader is elected");
  FUZZBOX_REACHABLE("retry");
  FUZZBOX_SOMETIMES_GT(lock, 3, "deep");
  FUZZBOX_SOMETIMES_GE(lock, 0, "any");
  FUZZBOX_SOMETIMES_LT(lock, 3, "shallow");
  FUZZBOX_SOMETIMES_LE(lock, -1, "none");
  FUZZBOX_SOMETIMES_ALL("quorum", lock == 0, balance, balance > 0);
  FUZZBOX_EACH("gate", KEYS(lock, balance), QUALITY(balance, 5));
  FUZZBOX_EACH("room", KEYS(lock));
  return fuzzbox_chance(0) + fuzzbox_f64() * 0;
}
