import { expect, test } from 'vitest'
import * as abi from '../../assembly/abi.ts'
import { Engine, type EngineLayout } from '../../src/core/engine/engine.ts'
import { readArtifact } from '../support/artifacts.ts'

const LAYOUT: EngineLayout = {
  functionStarts: [0, 3, 9],
  edges: 20,
  inputMax: 4096,
  corpusBytes: 0x1_0000,
  imageBytes: abi.IMAGE_MEMORY + 0x2_0000,
}

const open = async (layout: Partial<EngineLayout> = {}): Promise<Engine> =>
  Engine.open(await readArtifact('build/engine.wasm'), { ...LAYOUT, ...layout })

test('regions lie above the fixed part, apart from each other, and inside the memory', async () => {
  const engine = await open()
  // The explorer's are laid out only where somebody explores.
  expect(engine.exports.marksSetup(16, 4096)).toBe(0)
  expect(engine.exports.exploreJobSetup(0x1_0000)).toBe(1)
  const regions = Object.entries(abi).filter(([name]) => name.startsWith('REGION_') && name !== 'REGION_OUTPUT')
  const addresses = regions.map(([, region]) => engine.address(region))
  for (const address of addresses) expect(address).toBeGreaterThan(abi.DYNAMIC_BASE)
  expect(new Set(addresses).size).toBe(addresses.length)
  expect(engine.address(abi.REGION_IMAGE) + LAYOUT.imageBytes).toBeLessThanOrEqual(engine.bytes().length)
  expect(engine.address(99)).toBe(0)
})

test('the host has written where each function starts, and where the last one ends', async () => {
  const engine = await open()
  const base = engine.address(abi.REGION_FUNCTION_STARTS)
  expect([0, 1, 2, 3].map((i) => engine.word(base + 4 * i))).toEqual([0, 3, 9, 20])
})

test('a layout beyond the address space, or beyond the limits of the format, is refused with a code', async () => {
  await expect(open({ corpusBytes: 0xf000_0000, imageBytes: 0xf000_0000 })).rejects.toMatchObject({
    code: 'E_ENGINE_MEMORY',
  })
  await expect(open({ inputMax: abi.INPUT_MAX + 1 })).rejects.toMatchObject({ code: 'E_ENGINE_MEMORY' })
})

test('tokens that are empty or too long are left out of the dictionary', async () => {
  const engine = await open()
  expect(engine.writeDictionary([new Uint8Array(0), new Uint8Array(127), new Uint8Array(128)])).toBe(1)
})

test('an input beyond the largest is cut', async () => {
  const engine = await open()
  expect(engine.writeInput(new Uint8Array(5000))).toBe(4096)
})
