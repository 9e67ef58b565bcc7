// Counts input bytes in native builds and prints the sum when the process ends: libFuzzer does not report it. It costs
// one addition per execution. The Wasm side samples the length of its inputs instead, so nothing is compiled in there.
#pragma once

#ifdef __wasm__
#define COUNT_INPUT(size) ((void)(size))
#else
#include <stdio.h>
static unsigned long long input_bytes;
__attribute__((destructor, no_sanitize("coverage"))) static void print_input_bytes(void) {
  fprintf(stderr, "stat::input_bytes: %llu\n", input_bytes);
}
#define COUNT_INPUT(size) (input_bytes += (size))
#endif
