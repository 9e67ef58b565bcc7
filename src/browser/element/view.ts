// What <fuzz-box> shows: one button, four numbers, a sentence, and a list of findings. Text from the target is set as text
// and never as markup.

import { toHex, textOf } from './input-text.ts'
import { STYLE } from './style.ts'
import type { FindingEvent, StatusEvent } from '../../core/campaign/events.ts'

const NUMBERS = [
  ['executions', 'executions'],
  ['speed', 'per second'],
  ['edges', 'edges'],
  ['corpus', 'corpus'],
] as const

type NumberName = (typeof NUMBERS)[number][0]

export class View {
  readonly button: HTMLButtonElement
  readonly #section: HTMLElement
  readonly #title: HTMLElement
  readonly #message: HTMLElement
  readonly #findings: HTMLOListElement
  readonly #numbers: Map<NumberName, HTMLElement> = new Map()

  constructor(root: ShadowRoot) {
    // A sheet, where an element would need 'unsafe-inline' of the page's policy.
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(STYLE)
    root.adoptedStyleSheets = [sheet]
    const section = element('section', 'box')
    this.#section = section
    const header = element('header', 'header')
    this.#title = element('h2', 'title')
    this.button = element('button', 'button')
    this.button.type = 'button'
    header.append(this.#title, this.button)
    const numbers = element('dl', 'numbers')
    for (const [name, label] of NUMBERS) {
      const term = element('dt', 'label')
      term.textContent = label
      const value = element('dd', `value ${name}`)
      value.textContent = '–'
      this.#numbers.set(name, value)
      const group = element('div')
      group.append(term, value)
      numbers.append(group)
    }
    this.#message = element('p', 'message')
    // Numbers change too often to be read out; what happens is said once.
    this.#message.setAttribute('role', 'status')
    this.#findings = element('ol', 'findings')
    this.#findings.setAttribute('aria-label', 'Findings')
    section.append(header, numbers, this.#message, this.#findings)
    root.append(section)
    this.running(false)
  }

  name(text: string): void {
    this.#title.textContent = text
    this.#section.setAttribute('aria-label', `Fuzzing of ${text}`)
  }

  running(isRunning: boolean): void {
    this.button.textContent = isRunning ? 'Stop' : 'Start'
  }

  say(text: string, failed = false): void {
    this.#message.textContent = text
    this.#message.classList.toggle('failed', failed)
  }

  status({ executions, executionsPerSecond, edges, edgesTotal, corpus }: StatusEvent): void {
    this.#number('executions', executions.toLocaleString('en'))
    this.#number('speed', Math.round(executionsPerSecond).toLocaleString('en'))
    this.#number('edges', `${edges} of ${edgesTotal}`)
    this.#number('corpus', corpus.toLocaleString('en'))
  }

  finding({ message, key, frames, sizeBytes, inputBase64 }: FindingEvent): void {
    const input = Uint8Array.from(atob(inputBase64), (letter) => letter.charCodeAt(0))
    const item = element('li', 'finding')
    const details = element('details')
    const summary = element('summary', 'finding-title')
    summary.textContent = `${message} · ${sizeBytes} byte${sizeBytes === 1 ? '' : 's'}`
    const stack = element('pre', 'stack')
    stack.textContent = frames.map(({ functionName, offset }) => `${functionName}${at(offset)}`).join('\n') || key
    stack.tabIndex = 0
    const bytes = element('pre', 'input')
    bytes.textContent = `${toHex(input)}\n${textOf(input)}`
    bytes.tabIndex = 0
    details.append(summary, stack, bytes)
    item.append(details)
    this.#findings.append(item)
  }

  clear(): void {
    this.#findings.replaceChildren()
    for (const value of this.#numbers.values()) value.textContent = '–'
  }

  #number(name: NumberName, text: string): void {
    const value = this.#numbers.get(name)
    if (value) value.textContent = text
  }
}

function at(offset: number | null): string {
  return offset === null ? '' : ` at 0x${offset.toString(16)}`
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, part?: string): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  if (part !== undefined) made.setAttribute('part', part)
  return made
}
