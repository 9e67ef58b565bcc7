// Text that must not be wider than its place on a terminal: one line too many, and a block cannot be redrawn.

/** Cut with an ellipsis where it is wider than `columns`. */
export function fit(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text
  let width = 1
  let kept = ''
  for (const character of text) {
    width += widthOf(character)
    if (width > columns) break
    kept += character
  }
  return columns > 0 ? `${kept}…` : ''
}

/** Broken between words, where there is something to break; a word that is too long stays whole. */
export function wrapped(text: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > columns) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

/** At most this many columns: characters of East Asia and pictures take two, and what combines counts as if it did not. */
export function widthOf(text: string): number {
  let width = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    width += (code >= 0x1100 && code <= 0x115f) || code >= 0x2e80 ? 2 : 1
  }
  return width
}
