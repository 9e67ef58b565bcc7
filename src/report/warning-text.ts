// A warning in one line. What is only told, so that nobody wonders, is a note and must not look like trouble.

import type { WarningEvent } from '../core/campaign/events.ts'

const NOTICES: ReadonlySet<string> = new Set(['W_COMPANIONS'])

export function isNotice({ code }: Pick<WarningEvent, 'code'>): boolean {
  return NOTICES.has(code)
}

export function warningText({ code, message }: Pick<WarningEvent, 'code' | 'message'>): string {
  return `${isNotice({ code }) ? 'note' : 'warning'}: ${message} [${code}]\n`
}
