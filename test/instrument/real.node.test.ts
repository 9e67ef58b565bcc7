// The passes on modules that others compiled: they validate, and pruning leaves out about half of the counters.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { instrument } from '../../instrument/index.ts'
import { only } from './assemble.ts'

const require = createRequire(import.meta.url)

test.each(['source-map/lib/mappings.wasm', '@bokuweb/zstd-wasm/dist/web/zstd.wasm'])(
  'instruments %s',
  (path) => {
    const wasm = new Uint8Array(readFileSync(`${require.resolve('binaryen').split('binaryen')[0]}${path}`))
    const pruned = instrument(wasm, only(['limits', 'pages', 'edges']))
    expect(WebAssembly.validate(pruned.wasm as BufferSource)).toBe(true)
    expect(pruned.wasm.length / wasm.length).toBeLessThan(2.5)
    const full = instrument(wasm, only(['edges'], { prune: false }))
    expect(pruned.map.edges / full.map.edges).toBeLessThan(0.56)
    expect(pruned.map.edges).toBeGreaterThan(1000)
    for (const { instrumentedIndex } of pruned.map.functions) expect(instrumentedIndex).toBeGreaterThanOrEqual(0)
  },
  60_000,
)
