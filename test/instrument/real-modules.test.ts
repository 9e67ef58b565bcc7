// Modules that people use, as they are and instrumented: the same results, the same calls of imports, the same memory,
// and a restore that makes it all happen once more.
import { describe, expect, test } from 'vitest'
import { instrument } from '../../instrument/index.ts'
import { type Pair, type Side, makePair } from '../generate/pair.ts'
import { LAYOUTS, observe, options } from '../generate/sandbox.ts'
import { readArtifact, readArtifactText } from '../support/artifacts.ts'

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Calls `use` on both sides, then again after a restore, and compares all that can be seen. */
function expectSame(pair: Pair, prepare: (side: Side) => void, use: (side: Side) => unknown[]): unknown[] {
  const { original, instrumented, box } = pair
  prepare(original)
  prepare(instrumented)
  box.capture()
  const base = new Uint8Array(box.memory!.buffer).slice()
  const expected = use(original)
  expect(use(instrumented)).toEqual(expected)
  expect(instrumented.log).toEqual(original.log)
  const bytes = original.memory.buffer.byteLength
  expect(same(new Uint8Array(instrumented.memory.buffer, 0, bytes), new Uint8Array(original.memory.buffer))).toBe(true)

  box.restore()
  expect(same(new Uint8Array(box.memory!.buffer, 0, base.length), base)).toBe(true)
  const calls = instrumented.log.length
  expect(use(instrumented)).toEqual(expected)
  expect(instrumented.log.slice(calls)).toEqual(
    instrumented.log.slice(calls - (instrumented.log.length - calls), calls),
  )
  return expected
}

function same(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, i) => byte === right[i])
}

async function llhttp(name: string): Promise<Uint8Array> {
  const source = await readArtifactText(`node_modules/undici/lib/llhttp/${name}-wasm.js`)
  const base64 = /'([A-Za-z0-9+/=]{1000,})'/.exec(source)![1]!
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
}

const REQUESTS = [
  'GET /path?query=1 HTTP/1.1\r\nHost: example.org\r\nContent-Length: 5\r\n\r\nhello',
  'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\n0\r\n\r\n',
  'GET / HTTP/9.9\r\n\r\n',
  'nonsense',
]

describe.each(LAYOUTS)('a real module behaves as written, %s:', (layout) => {
  test.each(['llhttp', 'llhttp_simd'])('%s', async (name) => {
    const pair = makePair(await llhttp(name), {}, layout)
    const outcome = expectSame(
      pair,
      ({ call }) => call['_initialize']!(),
      ({ call, put }) =>
        REQUESTS.map((text) => {
          const parser = call['llhttp_alloc']!(1)
          const buffer = call['malloc']!(text.length)
          put(buffer, ascii(text))
          const error = call['llhttp_execute']!(parser, buffer, text.length)
          const found = [error, call['llhttp_get_method']!(parser), call['llhttp_get_http_minor']!(parser)]
          call['free']!(buffer)
          call['llhttp_free']!(parser)
          return found
        }),
    )
    expect(outcome[0]).toEqual([0, 1, 1])
    expect(pair.original.log.length).toBeGreaterThan(10)
  })

  test('mappings.wasm of source-map', async () => {
    const pair = makePair(await readArtifact('node_modules/source-map/lib/mappings.wasm'), {}, layout)
    const outcome = expectSame(
      pair,
      () => undefined,
      ({ call, put }) =>
        ['AAAA,CAAC;AACA,SAAS;;AAAAA', ';;;', 'gggggggggggggC', 'A', 'AAAA!'].map((text) => {
          const buffer = call['allocate_mappings']!(text.length)
          put(buffer, ascii(text))
          const mappings = call['parse_mappings']!(buffer)
          if (mappings === 0) return `error ${call['get_last_error']!()}`
          call['by_generated_location']!(mappings)
          call['compute_column_spans']!(mappings)
          call['free_mappings']!(mappings)
          return 'parsed'
        }),
    )
    expect(new Set(outcome.map(String)).size).toBeGreaterThan(1)
    expect(pair.original.log.length).toBeGreaterThan(3)
  })

  test('zstd.wasm, with growing memory', async () => {
    const pair = makePair(await readArtifact('node_modules/@bokuweb/zstd-wasm/dist/web/zstd.wasm'), {}, layout)
    const text = ascii('fuzzing finds what nobody thought of; '.repeat(100))
    // g constructors, s malloc, m compress, r decompress, h isError: dist/web/zstd.js tells which letter is which.
    const outcome = expectSame(
      pair,
      ({ call }) => call['g']!(),
      ({ call, put, memory }) => {
        const [source, packed, unpacked] = [text.length, 8192, text.length].map((bytes) => call['s']!(bytes)) as [
          number,
          number,
          number,
        ]
        put(source, text)
        const size = call['m']!(packed, 8192, source, text.length, 3)
        const written = call['r']!(unpacked, text.length, packed, size)
        const result = new Uint8Array(memory.buffer, unpacked, text.length)
        return [size, written, same(result, text), call['h']!(call['r']!(unpacked, 10, source, 100))]
      },
    )
    expect(outcome.slice(1)).toEqual([text.length, true, 1])
  })

  test('the engine of fuzzbox itself', async () => {
    const wasm = await readArtifact('build/engine.wasm')
    // As much as the import asks for: that is what the instrumented module gives itself.
    const pages = instrument(wasm, options()).map.memory!.pagesInitial
    const memory = new WebAssembly.Memory({ initial: pages, maximum: 65_536 })
    const table = new WebAssembly.Table({ element: 'anyfunc', initial: 64 })
    const { original, instrumented } = makePair(wasm, { memory, table }, layout)
    const use = ({ call }: Side): string[] => [
      observe(() => call['seed']!(1, 2)),
      ...[0, 1, 2, 3, 4, 5, 6, 99].map((region) => observe(() => call['address']!(region))),
      observe(() => call['slice']!(10)),
      observe(() => call['assemblyscript_abort']!(0, 0, 1, 2)),
      observe(() => call['clock_res_get']!(0, 16)),
      observe(() => call['edgesSeen']!()),
    ]
    const expected = use(original)
    expect(use(instrumented)).toEqual(expected)
    expect(expected.some((text) => text.startsWith('trap'))).toBe(true)
  })
})
