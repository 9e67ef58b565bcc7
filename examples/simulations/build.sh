#!/bin/sh
# Compiles a simulation in C, of this folder or your own: sh build.sh maze.c maze.wasm. Needs clang with wasm-ld and no C
# library.
set -eu
here=$(dirname "$0")
exec "${CLANG:-clang}" --target=wasm32 -mbulk-memory -O2 -nostdlib -I"$here/../../include" -Wall -Wextra -Wl,--no-entry \
  -o "$2" "$1"
