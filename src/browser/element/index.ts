// <fuzz-box src="parser.wasm" entry="LLVMFuzzerTestOneInput" time="30s" workers="2"></fuzz-box>
//
//   attributes   src, entry, time, workers, seed, corpus; each a property too. `autostart` begins when it is in the page
//   properties   module: in place of src, what `fuzz` takes; running; session
//   methods      start(): the session; stop()
//   events       fuzzbox-status, fuzzbox-finding, fuzzbox-warning, fuzzbox-end, fuzzbox-error; `detail` is the event
//
// Taken out of the page, it stops.

import type { FuzzOptions } from '../../core/fuzz.ts'
import type { Session } from '../../core/session.ts'
import type { SessionEvent } from '../../core/campaign/events.ts'
import { browserErrors, messageOf } from '../errors.ts'
import { fuzz } from '../index.ts'
import type { BrowserOptions } from '../runtime.ts'
import { View } from './view.ts'

const TEXTS = ['src', 'entry', 'time', 'corpus'] as const
const NUMBERS = ['workers', 'seed'] as const

export class FuzzBoxElement extends HTMLElement {
  static readonly observedAttributes: readonly string[] = ['src']
  /** A module in place of `src`. */
  module: FuzzOptions['module'] | null = null
  /** For pages that make workers in their own way; see `fuzz`. */
  createWorker: BrowserOptions['createWorker'] | null = null
  declare src: string
  declare entry: string
  declare time: string
  declare corpus: string
  declare workers: number
  declare seed: number
  readonly #view: View
  #session: Session | null = null

  constructor() {
    super()
    this.#view = new View(this.attachShadow({ mode: 'open' }))
    this.#view.button.addEventListener('click', () => (this.running ? this.stop() : this.#begin()))
  }

  connectedCallback(): void {
    this.#view.name(this.#name())
    if (this.hasAttribute('autostart') && !this.running) this.#begin()
  }

  disconnectedCallback(): void {
    this.stop()
  }

  attributeChangedCallback(): void {
    this.#view.name(this.#name())
  }

  get running(): boolean {
    return this.#session !== null
  }

  /** The campaign under way. */
  get session(): Session | null {
    return this.#session
  }

  /** Begins a campaign, unless one is under way. Throws, and shows, what makes no sense in its attributes. */
  start(): Session {
    if (this.#session) return this.#session
    this.#view.clear()
    const session = this.#open()
    this.#session = session
    this.#view.running(true)
    this.#view.say('Preparing the module …')
    void this.#follow(session)
    return session
  }

  /** Ends the campaign after the slice under way; `fuzzbox-end` comes a moment later. */
  stop(): void {
    this.#session?.stop()
  }

  /** From the button or the page's markup, where nobody would catch what `start` throws. */
  #begin(): void {
    try {
      this.start()
    } catch {
      // It is shown, and `fuzzbox-error` has it.
    }
  }

  #open(): Session {
    try {
      if (!this.module && this.src === '') throw browserErrors.noModule()
      return fuzz(this.#options())
    } catch (error) {
      this.#fail(error)
      throw error
    }
  }

  #fail(error: unknown): void {
    this.#view.say(messageOf(error), true)
    this.#tell('error', error)
  }

  async #follow(session: Session): Promise<void> {
    try {
      for await (const event of session) {
        this.#show(event)
        this.#tell(event.type, event)
      }
    } catch (error) {
      this.#fail(error)
    } finally {
      this.#session = null
      this.#view.running(false)
    }
  }

  #show(event: SessionEvent): void {
    if (event.type === 'status') {
      this.#view.status(event)
      if (event.findings === 0 && event.phase === 'fuzz') this.#view.say('Fuzzing …')
    } else if (event.type === 'finding') {
      this.#view.finding(event)
      this.#view.say(`Found: ${event.message}`)
    } else if (event.type === 'end') {
      const { findings, executions } = event
      const found = findings.length === 1 ? '1 finding' : `${findings.length || 'no'} findings`
      this.#view.say(`Done: ${found} in ${executions.toLocaleString('en')} executions.`)
    }
  }

  #tell(type: string, detail: unknown): void {
    if (type === 'input') return
    this.dispatchEvent(new CustomEvent(`fuzzbox-${type}`, { detail, bubbles: true, composed: true }))
  }

  #options(): FuzzOptions & BrowserOptions {
    const number = (name: string): number | undefined => {
      const text = this.getAttribute(name)
      return text === null ? undefined : Number(text)
    }
    const [entry, time, corpus] = [this.getAttribute('entry'), this.getAttribute('time'), this.getAttribute('corpus')]
    const [workers, seed] = [number('workers'), number('seed')]
    return {
      module: this.module ?? this.src,
      ...(entry !== null && { entry }),
      ...(corpus !== null && { corpus }),
      ...(workers !== undefined && { workers }),
      ...(seed !== undefined && { seed }),
      ...(time !== null && { limits: { time } }),
      ...(this.createWorker && { createWorker: this.createWorker }),
    }
  }

  #name(): string {
    const { src } = this
    return src.slice(src.lastIndexOf('/') + 1) || 'module'
  }
}

for (const name of TEXTS) reflect(name, (text) => text ?? '')
for (const name of NUMBERS) reflect(name, (text) => Number(text ?? NaN))

/** A property that is an attribute. */
function reflect(name: string, read: (text: string | null) => string | number): void {
  Object.defineProperty(FuzzBoxElement.prototype, name, {
    get(this: HTMLElement) {
      return read(this.getAttribute(name))
    },
    set(this: HTMLElement, value: unknown) {
      this.setAttribute(name, String(value))
    },
  })
}

if (!customElements.get('fuzz-box')) customElements.define('fuzz-box', FuzzBoxElement)
