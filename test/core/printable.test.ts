import { expect, test } from 'vitest'
import { printable, printableLines } from '../../src/core/printable.ts'

test('text of a target cannot move the cursor, turn the line round, or fill the report', () => {
  expect(printable('a\u001b[2Jb\rc\u009bd\u202e', 99)).toBe('a\ufffd[2Jb\ufffdc\ufffdd\ufffd')
  expect(printable('fuzz::größer', 99)).toBe('fuzz::größer')
  expect(printable('x'.repeat(10), 4)).toBe('xxxx…')
})

test('text of many lines keeps its lines and tabs, and no other control', () => {
  expect(printableLines('a\tb\nc\u001b[31m\r\u0007\u009b')).toBe('a\tb\nc\ufffd[31m\ufffd\ufffd\ufffd')
})
