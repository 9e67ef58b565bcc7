// cJSON: parse, print, free.
#include <cJSON.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "entry.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  COUNT_INPUT(size);
  cJSON *json = cJSON_ParseWithLength((const char *)data, size);
  if (!json) return 0;
  free(cJSON_PrintUnformatted(json));
  cJSON_Delete(json);
  return 0;
}
