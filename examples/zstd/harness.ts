// Fuzzes the decoder of zstd.wasm, which Emscripten built and minified:
//
//   npx fuzzbox run node_modules/@bokuweb/zstd-wasm/dist/web/zstd.wasm --harness examples/zstd/harness.ts --time 30s
//
// Its exports have one letter each; dist/web/zstd.js tells which is which. Its imports (abort, exit, heap growth, timer)
// are Emscripten's, and so minified that fuzzbox cannot know them: a call of one ends the run as a finding.

// @ts-ignore: decorator
@external('target', 's')
declare function malloc(bytes: usize): usize
// @ts-ignore: decorator
@external('target', 't')
declare function free(pointer: usize): void
// @ts-ignore: decorator
@external('target', 'p')
declare function ZSTD_getFrameContentSize(data: usize, size: usize): i32
// @ts-ignore: decorator
@external('target', 'r')
declare function ZSTD_decompress(to: usize, capacity: usize, from: usize, size: usize): usize
// @ts-ignore: decorator
@external('target', 'h')
declare function ZSTD_isError(code: usize): i32

/** More than the decoder needs to reach all of its code, little enough to be restored quickly. */
const CAPACITY: usize = 32 * 1024

export function LLVMFuzzerTestOneInput(data: usize, size: usize): i32 {
  ZSTD_getFrameContentSize(data, size)
  const output = malloc(CAPACITY)
  const written = ZSTD_decompress(output, CAPACITY, data, size)
  if (!ZSTD_isError(written) && written > CAPACITY) unreachable()
  free(output)
  return 0
}
