// A reporter whose only word is the last line of the run: "12 passed, 0 failed, 3 skipped". People and machines that
// read one line of a test run read that one, so it counts whatever makes a run red, and no tests at all is red too.
import { writeSync } from 'node:fs'
import type { Reporter, SerializedError, TestModule } from 'vitest/node'

export interface Counts {
  passed: number
  failed: number
  skipped: number
}

export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const counts = count(modules, unhandled.length)
    if (counts.passed + counts.failed === 0) counts.failed = 1
    process.once('exit', (code) => {
      if (code === 0 && counts.failed > 0) process.exitCode = 1
      if (code !== 0 && counts.failed === 0) counts.failed = 1
      writeSync(process.stdout.fd, `${closingLine(counts)}\n`)
    })
  }
}

function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** A file that fails outside its tests counts as one failure, and so does every error that no test caught. */
export function count(modules: readonly TestModule[], unhandledErrors: number): Counts {
  const counts: Counts = { passed: 0, failed: unhandledErrors, skipped: 0 }
  for (const module of modules) {
    let failedTests = 0
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      if (state === 'passed') counts.passed++
      else if (state === 'skipped') counts.skipped++
      else failedTests++
    }
    counts.failed += failedTests
    if (failedTests === 0 && module.state() === 'failed') counts.failed++
  }
  return counts
}
