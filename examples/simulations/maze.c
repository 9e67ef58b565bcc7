/* The maze of maze.ts: four locks, each behind five gates, all open is the bug. */
#include "fuzzbox.h"

enum { LOCKS = 4, ALL_OPEN = 15, GATES = 5, STEPS_MAX = 500 };

static uint32_t locks;
static int steps;
static const uint32_t needs[LOCKS] = {0, 1, 0, 5};

static void try_lock(int lock) {
  int open = __builtin_popcount(locks);
  for (int gate = 1; gate <= GATES; gate++) {
    FUZZBOX_EACH("gate", KEYS(lock, gate, open));
    if (fuzzbox_f64() >= 0.05) return;
  }
  locks |= 1u << lock;
  FUZZBOX_EACH("lock opens", KEYS(lock, open));
}

__attribute__((export_name("simulate"))) int simulate(void) {
  while (steps < STEPS_MAX) {
    steps++;
    fuzzbox_random64();
    for (int lock = 0; lock < LOCKS; lock++) {
      if (!(locks & 1u << lock) && (locks & needs[lock]) == needs[lock]) try_lock(lock);
    }
    int found = locks == ALL_OPEN;
    if (found) FUZZBOX_SOMETIMES(1, "all locks open");
    FUZZBOX_ALWAYS(!found, "the treasury stays shut", "steps", steps);
    if (found) break;
  }
  return steps << 4 | (int)locks;
}
