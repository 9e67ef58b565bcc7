import { afterEach, expect, test, vi } from 'vitest'
import { terminalOutput } from '../../src/cli/console.ts'
import { TerminalReporter } from '../../src/report/terminal.ts'
import { context, status } from '../report/events.ts'

afterEach(() => void vi.restoreAllMocks())

test('a block that redraws itself moves the cursor, and what a target says does not', async () => {
  const written: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => (written.push(String(text)), true))
  const reporter = new TerminalReporter(terminalOutput, context)
  await reporter.event(status())
  await reporter.event({ type: 'warning', version: 1, code: 'W_X', message: 'mind\x1b[2J this' })
  const lines = written[0]!.split('\n').length - 1
  expect(written[1]).toMatch(new RegExp(`^(\\x1b\\[1A\\x1b\\[2K){${lines}}warning: mind\ufffd\\[2J this`))
})
