// Three modules from npm, as they come: coverage grows, nothing false is found, and the same input always gives the same
// map, bit for bit, whatever ran in between.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { deflateSync, zstdCompressSync } from 'node:zlib'

import { describe, expect, test } from 'vitest'

import type { Sandbox } from '../../src/core/sandbox.ts'
import { type Campaign, type Example, fuzz, openExample, repeat } from './rig.ts'

const EXECUTIONS = 60_000
const REPEATED = 40

interface Module extends Example {
  readonly name: string
  readonly seeds: readonly Uint8Array[]
}

const text = 'hello hello hello world '.repeat(20)

const MODULES: readonly Module[] = [
  {
    name: 'llhttp of undici',
    target: 'build/examples/llhttp.wasm',
    harness: 'examples/llhttp/harness.ts',
    importPolicy: 'zero',
    seeds: ['\x01\x20GET / HTTP/1.1\r\nHost: a\r\n\r\n', '\x02\x09HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'].map(
      (message) => Buffer.from(message, 'latin1'),
    ),
  },
  {
    name: 'mappings of source-map',
    target: 'node_modules/source-map/lib/mappings.wasm',
    harness: 'examples/source-map/harness.wat',
    importPolicy: 'zero',
    seeds: [Buffer.from('AAAA,CAAC;EACA')],
  },
  {
    name: 'zstd of @bokuweb/zstd-wasm',
    target: 'node_modules/@bokuweb/zstd-wasm/dist/web/zstd.wasm',
    harness: 'examples/zstd/harness.ts',
    seeds: [zstdCompressSync(text), zstdCompressSync(deflateSync(text))],
  },
]

execFileSync(process.execPath, [fileURLToPath(new URL('../../examples/llhttp/extract.ts', import.meta.url))])

describe.each(MODULES)('$name', (module) => {
  let opened: { sandbox: Sandbox; campaign: Campaign } | undefined
  const campaignOf = async (): Promise<{ sandbox: Sandbox; campaign: Campaign }> => {
    if (opened) return opened
    const sandbox = await openExample(module)
    return (opened = { sandbox, campaign: fuzz(sandbox, module.seeds, EXECUTIONS) })
  }

  test('reaches more and more of the module', async () => {
    const { edges, corpus } = (await campaignOf()).campaign
    expect(edges[0]).toBeGreaterThan(20)
    expect(edges[1]).toBeGreaterThan(edges[0])
    expect(edges[2]).toBeGreaterThan(edges[1])
    expect(corpus.length).toBeGreaterThan(module.seeds.length)
  })

  test('finds nothing false', async () => {
    const { traps } = (await campaignOf()).campaign
    expect(traps.map(({ outcome }) => outcome)).toEqual([])
  })

  test('gives the same map for the same input, bit for bit', async () => {
    const { sandbox, campaign } = await campaignOf()
    const inputs = campaign.corpus.slice(-REPEATED)
    const repeated = inputs.map((input, index) => repeat(sandbox, input, inputs.at(index - 1)!))
    expect(repeated.filter(({ differing }) => differing > 0)).toEqual([])
    expect(repeated.filter(({ first, second }) => first.kind !== 'ok' || second.kind !== 'ok')).toEqual([])
  })
})
