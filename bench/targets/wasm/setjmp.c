// The three functions that clang calls where a program says setjmp and longjmp. `frame` tells apart the activations that
// called setjmp, `label` the calls inside one of them.
#include "setjmp.h"

#define C_LONGJMP_TAG 1

void __wasm_setjmp(jmp_buf buffer, unsigned label, void *frame) {
  buffer->frame = frame;
  buffer->label = label;
}

unsigned __wasm_setjmp_test(jmp_buf buffer, void *frame) { return buffer->frame == frame ? buffer->label : 0; }

void __wasm_longjmp(jmp_buf buffer, int value) {
  buffer->thrown.buffer = buffer;
  buffer->thrown.value = value ? value : 1;
  __builtin_wasm_throw(C_LONGJMP_TAG, &buffer->thrown);
}
