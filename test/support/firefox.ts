// Where a Firefox is on this machine. test/setup.sh installs one where it can; both look at the same places.
import { accessSync, constants } from 'node:fs'

/** The variable that names a Firefox in an unusual place. */
export const FIREFOX_VARIABLE = 'FUZZBOX_FIREFOX'

export const FIREFOX_PATHS: readonly string[] = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
]

/** Path of an executable Firefox; throws where there is none. A path given in the environment is taken or nothing is. */
export function findFirefox(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const named = environment[FIREFOX_VARIABLE]
  const candidates = named === undefined || named === '' ? FIREFOX_PATHS : [named]
  const found = candidates.find(isExecutable)
  if (found === undefined) throw new Error(`no Firefox found: install firefox-esr, or name one in ${FIREFOX_VARIABLE}`)
  return found
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
