// Text of the target's (names of functions, messages) on its way to terminals and file names' neighbours: a hostile
// module must not move the cursor, nor fill a report.

// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

/** Control and direction characters become U+FFFD; text beyond `charactersMax` becomes an ellipsis. */
export function printable(text: string, charactersMax: number): string {
  const plain = text.slice(0, charactersMax).replace(CONTROL, '\ufffd')
  return text.length > charactersMax ? `${plain}…` : plain
}

// oxlint-disable-next-line no-control-regex
const CONTROL_BUT_LINES = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

/** The same for text of many lines: line feeds and tabs stay. */
export function printableLines(text: string): string {
  return text.replace(CONTROL_BUT_LINES, '\ufffd')
}
