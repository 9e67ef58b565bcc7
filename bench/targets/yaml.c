// libyaml: all events of a stream, with what they carry looked at.
#include <stddef.h>
#include <stdint.h>
#include <yaml.h>

#include "entry.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  COUNT_INPUT(size);
  yaml_parser_t parser;
  if (!yaml_parser_initialize(&parser)) return 0;
  yaml_parser_set_input_string(&parser, data, size);
  volatile size_t seen = 0;
  for (int done = 0; !done;) {
    yaml_event_t event;
    if (!yaml_parser_parse(&parser, &event)) break;
    if (event.type == YAML_SCALAR_EVENT) seen += event.data.scalar.length;
    done = event.type == YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  return 0;
}
