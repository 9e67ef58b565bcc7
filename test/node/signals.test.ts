import { afterEach, expect, test, vi } from 'vitest'
import { onInterrupt } from '../../src/node/signals.ts'

afterEach(() => vi.restoreAllMocks())

test('the first Ctrl-C asks for a clean end, the second ends at once', () => {
  const exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never)
  let asked = 0
  const stopListening = onInterrupt(() => asked++)
  process.emit('SIGINT')
  expect([asked, exit.mock.calls]).toEqual([1, []])
  process.emit('SIGINT')
  expect([asked, exit.mock.calls]).toEqual([1, [[130]]])
  stopListening()
})

test('nothing is left listening afterwards', () => {
  const before = [process.listenerCount('SIGINT'), process.listenerCount('SIGTERM')]
  onInterrupt(() => {})()
  expect([process.listenerCount('SIGINT'), process.listenerCount('SIGTERM')]).toEqual(before)
})

test.each(['SIGTERM', 'SIGHUP'] as const)('%s ends a campaign as cleanly as Ctrl-C', (signal) => {
  let asked = 0
  const stopListening = onInterrupt(() => asked++)
  process.emit(signal)
  expect(asked).toBe(1)
  stopListening()
})
