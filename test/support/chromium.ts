// Where a Chromium is on this machine. test/setup.sh installs one where it can; both look at the same places.
import { accessSync, constants } from 'node:fs'

/** The variable that names a Chromium in an unusual place. */
export const CHROMIUM_VARIABLE = 'FUZZBOX_CHROMIUM'

export const CHROMIUM_PATHS: readonly string[] = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

export const BROWSER_SKIPPED: string = `SKIPPED: project "browser" (the core's tests in headless Chromium): no Chromium found. Install one, or name it in ${CHROMIUM_VARIABLE}.`

/** Path of an executable Chromium, or null. A path given in the environment is taken or nothing is. */
export function findChromium(environment: Readonly<Record<string, string | undefined>> = process.env): string | null {
  const named = environment[CHROMIUM_VARIABLE]
  const candidates = named === undefined || named === '' ? CHROMIUM_PATHS : [named]
  return candidates.find(isExecutable) ?? null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
