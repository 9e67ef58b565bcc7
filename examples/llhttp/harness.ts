// Fuzzes llhttp, the HTTP parser of Node, as undici ships it:
//
//   node examples/llhttp/extract.ts
//   npx fuzzbox run build/examples/llhttp.wasm --harness examples/llhttp/harness.ts --imports zero --time 30s
//
// The parser calls back through imports (wasm_on_url, wasm_on_body …); `--imports zero` lets each of them answer 0, "go
// on". The first byte of an input chooses the kind of message and how lenient the parser is, the second where the
// message is cut in two, since an HTTP parser sees its input in pieces.

// @ts-ignore: decorator
@external('target', 'llhttp_alloc')
declare function llhttp_alloc(type: i32): usize
// @ts-ignore: decorator
@external('target', 'llhttp_free')
declare function llhttp_free(parser: usize): void
// @ts-ignore: decorator
@external('target', 'llhttp_execute')
declare function llhttp_execute(parser: usize, data: usize, length: i32): i32
// @ts-ignore: decorator
@external('target', 'llhttp_finish')
declare function llhttp_finish(parser: usize): i32
// @ts-ignore: decorator
@external('target', 'llhttp_resume_after_upgrade')
declare function llhttp_resume_after_upgrade(parser: usize): void
// @ts-ignore: decorator
@external('target', 'llhttp_message_needs_eof')
declare function llhttp_message_needs_eof(parser: usize): i32
// @ts-ignore: decorator
@external('target', 'llhttp_should_keep_alive')
declare function llhttp_should_keep_alive(parser: usize): i32
// @ts-ignore: decorator
@external('target', 'llhttp_set_lenient_headers')
declare function llhttp_set_lenient_headers(parser: usize, enabled: i32): void
// @ts-ignore: decorator
@external('target', 'llhttp_set_lenient_chunked_length')
declare function llhttp_set_lenient_chunked_length(parser: usize, enabled: i32): void
// @ts-ignore: decorator
@external('target', 'llhttp_set_lenient_keep_alive')
declare function llhttp_set_lenient_keep_alive(parser: usize, enabled: i32): void
// @ts-ignore: decorator
@external('target', 'llhttp_set_lenient_transfer_encoding')
declare function llhttp_set_lenient_transfer_encoding(parser: usize, enabled: i32): void

const OK = 0
const PAUSED_UPGRADE = 22

/** Either, request, response. */
const TYPES = 3

function feed(parser: usize, data: usize, length: i32): bool {
  const error = llhttp_execute(parser, data, length)
  if (error == PAUSED_UPGRADE) llhttp_resume_after_upgrade(parser)
  return error == OK || error == PAUSED_UPGRADE
}

export function LLVMFuzzerTestOneInput(data: usize, size: i32): i32 {
  if (size < 2) return -1
  const options = <i32>load<u8>(data)
  const parser = llhttp_alloc((options & 0x0f) % TYPES)
  llhttp_set_lenient_headers(parser, (options >> 4) & 1)
  llhttp_set_lenient_chunked_length(parser, (options >> 5) & 1)
  llhttp_set_lenient_keep_alive(parser, (options >> 6) & 1)
  llhttp_set_lenient_transfer_encoding(parser, (options >> 7) & 1)
  const message = data + 2
  const length = size - 2
  const cut = min(<i32>load<u8>(data, 1), length)
  if (feed(parser, message, cut) && feed(parser, message + cut, length - cut)) {
    llhttp_message_needs_eof(parser)
    llhttp_should_keep_alive(parser)
    llhttp_finish(parser)
  }
  llhttp_free(parser)
  return 0
}
