// Standard output and error as the reports want them. A reader that goes away (`| head`) ends the program quietly.

import type { ReportOutput } from '../report/reporter.ts'

export const standardOutput: ReportOutput = {
  write: (text) => void process.stdout.write(text),
  columns: () => process.stdout.columns ?? 80,
}

export const standardError: ReportOutput = {
  write: (text) => void process.stderr.write(text),
  columns: () => process.stderr.columns ?? 80,
}

export function quietOnClosedPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
}
