import { expect, test, vi } from 'vitest'
import { loadModule } from '../../src/core/target/load.ts'
import { assemblyScript, refusal, wat } from '../support/targets.ts'

vi.mock('assemblyscript/asc', () => {
  throw new Error('Cannot find package')
})

test('names the npm command where the AssemblyScript compiler is missing', async () => {
  const { code, message } = await refusal(loadModule(assemblyScript('', 'target.ts')))
  expect(code).toBe('E_NO_ASSEMBLYSCRIPT')
  expect(message).toContain('npm install --save-dev assemblyscript')
})

test('needs no AssemblyScript compiler for other targets', async () => {
  expect(WebAssembly.validate((await loadModule(wat('(module)'))) as BufferSource)).toBe(true)
})
