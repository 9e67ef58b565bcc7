// setjmp for Wasm, which wasi-libc lacks: clang lowers the calls to exceptions (-wasm-enable-sjlj), setjmp.c throws them.
#pragma once

typedef struct {
  void *frame;
  unsigned label;
  struct {
    void *buffer;
    int value;
  } thrown;
} jmp_buf[1];

int setjmp(jmp_buf) __attribute__((returns_twice));
_Noreturn void longjmp(jmp_buf, int);
