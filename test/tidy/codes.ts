// Every error code that a user can meet is met by a test.
import type { Rule } from './files.ts'

const CODE = /\bE_[A-Z0-9_]+\b/g

export const codesAreTested: Rule = (files) => {
  const tested = new Set(
    files
      .filter(({ path }) => path.endsWith('.test.ts') && !path.startsWith('test/tidy'))
      .flatMap(({ text }) => text.match(CODE) ?? []),
  )
  const untested = new Map<string, string>()
  for (const { path, text } of files) {
    if (!/^(src|instrument)\/.*\.ts$/.test(path)) continue
    for (const code of text.match(CODE) ?? []) if (!tested.has(code) && !untested.has(code)) untested.set(code, path)
  }
  return [...untested].map(([code, path]) => `${path}: no test mentions ${code}`)
}
