// Standard output and error as the reports want them. A reader that goes away (`| head`) ends the program quietly.
// Export names, file names and messages come from elsewhere: nothing in them gets to control the terminal.

import { EXIT_CODES } from '../core/findings/finding.ts'
import { printableLines } from '../core/printable.ts'
import type { ReportOutput } from '../report/reporter.ts'
import { cliErrors } from './errors.ts'

/** Where there is no terminal, or one that says that it has 0 columns, as some pseudo-terminals do. */
const COLUMNS = 80

export const standardOutput: ReportOutput = {
  write: (text) => void process.stdout.write(printableLines(text)),
  columns: () => process.stdout.columns ?? 80,
}

// oxlint-disable-next-line no-control-regex
const REDRAW = /^(\u001b\[1A\u001b\[2K)+/

/** Standard output for a report that redraws itself: what moves the cursor opens a write, and stands nowhere else. */
export const terminalOutput: ReportOutput = {
  write: (text) => {
    const redraw = REDRAW.exec(text)?.[0] ?? ''
    process.stdout.write(redraw + printableLines(text.slice(redraw.length)))
  },
  columns: standardOutput.columns,
}

export const standardError: ReportOutput = {
  write: (text) => void process.stderr.write(printableLines(text)),
  columns: () => process.stderr.columns || COLUMNS,
}

/** A reader that goes away is no error; an output that cannot be written is said, where that still can be. */
export function mindOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT_CODES.clean)
    const { message, code } = cliErrors.output(error)
    standardError.write(`fuzzbox: ${message} [${code}]\n`)
    process.exit(EXIT_CODES.error)
  })
  // There is nowhere left to say it.
  process.stderr.on('error', () => {})
}
