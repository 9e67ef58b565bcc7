// A Chromium for tests that drive whole pages.

import { chromium, type Browser } from 'playwright'
import { findChromium } from '../support/chromium.ts'

export const hasChromium: boolean = findChromium() !== null

/** `http://insecure.test` is this machine too, by a name that browsers do not trust without https. */
export async function openChromium(): Promise<Browser> {
  return await chromium.launch({
    executablePath: findChromium() ?? '',
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--host-resolver-rules=MAP insecure.test 127.0.0.1',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
