// One finding: what happened, where, with which input; and what can be done with it.
import type { FindingEvent } from 'fuzzbox/browser'
import { button, element, formatCount } from './elements.ts'
import { fromBase64, toBase64 } from './share.ts'

export interface FindingActions {
  replay(input: Uint8Array<ArrayBuffer>): Promise<string>
  /** The line of the source from which code at this offset of the module comes. */
  lineOf(offset: number | null): Promise<number | null>
  /** Shows that line in the editor. */
  reveal(line: number): void
  /** A smaller input that fails in the same way, or null where there is none. */
  shrink(input: Uint8Array<ArrayBuffer>, told: (best: Uint8Array) => void): Promise<Uint8Array | null>
  /** Puts a link to program and input on the clipboard; says what came of it. */
  share(inputBase64: string): Promise<string>
}

const ROWS_MAX = 16

export function findingView(finding: FindingEvent, actions: FindingActions): HTMLElement {
  let input = fromBase64(finding.inputBase64)
  const hex = element('pre', 'hex', hexOf(input))
  hex.tabIndex = 0
  hex.setAttribute('aria-label', 'The input, in hex and as text')
  const said = element('p', 'said')
  said.setAttribute('role', 'status')
  const act = (work: () => Promise<string>) => (): void => {
    said.textContent = '…'
    work().then(
      (text) => (said.textContent = text),
      (error: unknown) => (said.textContent = error instanceof Error ? error.message : String(error)),
    )
  }
  const view = element(
    'article',
    'finding',
    element('h2', '', finding.message),
    element('p', 'facts', factsOf(finding)),
    element('ol', 'stack', ...finding.frames.map((frame) => frameOf(frame, actions))),
    hex,
    element(
      'div',
      'actions',
      button(
        'Replay',
        act(async () => await actions.replay(input)),
      ),
      button(
        'Shrink',
        act(async () => {
          const before = input.length
          const smaller = await actions.shrink(input, (best) => (hex.textContent = hexOf(best)))
          if (smaller === null) return `It is as small as it gets: ${sizeOf(before)}.`
          input = new Uint8Array(smaller)
          return `It fails in the same way with ${sizeOf(input.length)} instead of ${sizeOf(before)}.`
        }),
      ),
      button('Download', () => download(input, finding)),
      button(
        'Copy link',
        act(async () => await actions.share(toBase64(input))),
      ),
    ),
    said,
  )
  view.dataset['key'] = finding.key
  return view
}

function factsOf({ kind, executions, reproduced, reproduceRuns, sizeBytes }: FindingEvent): string {
  const times = `reproduces ${reproduced} of ${reproduceRuns} times`
  return `${kind}, after ${formatCount(executions)} executions; input of ${sizeOf(sizeBytes)}; ${times}`
}

function sizeOf(bytes: number): string {
  return bytes === 1 ? '1 byte' : `${formatCount(bytes)} bytes`
}

/** Its line where the compiler told it, else its offset. */
function frameOf({ functionName, offset }: FindingEvent['frames'][number], actions: FindingActions): HTMLElement {
  const place = element('span', '', offset === null ? '' : ` at 0x${offset.toString(16)}`)
  void actions.lineOf(offset).then((line) => {
    if (line !== null)
      place.replaceChildren(
        ' ',
        button(`line ${line}`, () => actions.reveal(line)),
      )
  })
  return element('li', '', functionName, place)
}

export function hexOf(input: Uint8Array): string {
  // On a telephone the text would stand outside.
  const bytesInRow = matchMedia('(max-width: 800px)').matches ? 8 : 16
  const rows: string[] = []
  for (let at = 0; at < input.length && rows.length < ROWS_MAX; at += bytesInRow) {
    const row = [...input.subarray(at, at + bytesInRow)]
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const text = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('')
    rows.push(`${at.toString(16).padStart(4, '0')}  ${hex.padEnd(3 * bytesInRow - 1)}  ${text}`)
  }
  if (input.length > bytesInRow * ROWS_MAX) rows.push(`… ${input.length} bytes in all`)
  return rows.join('\n') || '(no bytes)'
}

function download(input: Uint8Array<ArrayBuffer>, { kind }: FindingEvent): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([input], { type: 'application/octet-stream' }))
  link.download = `crash-${kind}`
  link.click()
  URL.revokeObjectURL(link.href)
}
