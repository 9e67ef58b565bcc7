/* Three marks that every run reaches; the same as energy.ts. */
#include "fuzzbox.h"

__attribute__((export_name("simulate"))) int simulate(void) {
  FUZZBOX_SOMETIMES(1, "first");
  FUZZBOX_SOMETIMES(1, "second");
  FUZZBOX_SOMETIMES(1, "third");
  return 3;
}
