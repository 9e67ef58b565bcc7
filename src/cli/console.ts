// Standard output and error as the reports want them. A reader that goes away (`| head`) ends the program quietly.

import type { ReportOutput } from '../report/reporter.ts'

/** Where there is no terminal, or one that says that it has 0 columns, as some pseudo-terminals do. */
const COLUMNS = 80

export const standardOutput: ReportOutput = {
  write: (text) => void process.stdout.write(text),
  columns: () => process.stdout.columns || COLUMNS,
}

export const standardError: ReportOutput = {
  write: (text) => void process.stderr.write(text),
  columns: () => process.stderr.columns || COLUMNS,
}

export function quietOnClosedPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
}
