/* Five floors, each left one time in five; the same as floors.ts. */
#include "fuzzbox.h"

static int descends(void) { return fuzzbox_below(5) == 0; }

__attribute__((export_name("simulate"))) int simulate(void) {
  if (!descends()) return 0;
  FUZZBOX_SOMETIMES(1, "floor 1 left");
  if (!descends()) return 1;
  FUZZBOX_SOMETIMES(1, "floor 2 left");
  if (!descends()) return 2;
  FUZZBOX_SOMETIMES(1, "floor 3 left");
  if (!descends()) return 3;
  FUZZBOX_SOMETIMES(1, "floor 4 left");
  if (!descends()) return 4;
  FUZZBOX_SOMETIMES(1, "floor 5 left");
  FUZZBOX_ALWAYS(0, "nobody reaches the cellar");
  return 5;
}
