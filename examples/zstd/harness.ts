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
/** Every frame begins with it. */
const MAGIC: u32 = 0xfd2fb528

/** The input as a frame: with the magic number in front where it lacks it, so that no time is spent on guessing that. */
function frameOf(data: usize, size: usize): usize {
  const frame = malloc(size + 4)
  store<u32>(frame, MAGIC)
  memory.copy(frame + 4, data, size)
  return frame
}

export function LLVMFuzzerTestOneInput(data: usize, size: usize): i32 {
  const framed = size >= 4 && load<u32>(data) == MAGIC
  const frame = framed ? data : frameOf(data, size)
  const length = framed ? size : size + 4
  const output = malloc(CAPACITY)
  ZSTD_getFrameContentSize(frame, length)
  const written = ZSTD_decompress(output, CAPACITY, frame, length)
  if (!ZSTD_isError(written) && written > CAPACITY) unreachable()
  free(output)
  if (!framed) free(frame)
  return 0
}
