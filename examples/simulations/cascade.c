/* Six gates in a row, each open three times in ten; the same as cascade.ts. */
#include "fuzzbox.h"

static int opens(void) { return fuzzbox_below(10) < 3; }

__attribute__((export_name("simulate"))) int simulate(void) {
  FUZZBOX_SOMETIMES(1, "maze_entry");
  if (!opens()) return 0;
  FUZZBOX_SOMETIMES(1, "g0a");
  if (!opens()) return 1;
  FUZZBOX_SOMETIMES(1, "lock0");
  if (!opens()) return 2;
  FUZZBOX_SOMETIMES(1, "g1a");
  if (!opens()) return 3;
  FUZZBOX_SOMETIMES(1, "lock1");
  if (!opens()) return 4;
  FUZZBOX_SOMETIMES(1, "g2a");
  if (!opens()) return 5;
  FUZZBOX_SOMETIMES(1, "lock2");
  FUZZBOX_ALWAYS(0, "no way through the cascade");
  return 6;
}
