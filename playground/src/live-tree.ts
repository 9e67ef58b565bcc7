// The tree of timelines as it grows: the same page that `fuzzbox explore --tree` writes, in a frame of its own.
import type { ExploreSession } from 'fuzzbox/browser'
import { treePage, type TreeNumbers } from '../../src/report/tree-page.ts'

/** A page is written anew no more often than this: it may hold thousands of timelines. */
const EVERY_MS = 2_500

export class LiveTree {
  readonly #frame: HTMLIFrameElement = document.createElement('iframe')
  readonly #session: ExploreSession
  readonly #name: string
  #shownMs = -Infinity

  constructor(parent: HTMLElement, session: ExploreSession, name: string) {
    this.#session = session
    this.#name = name
    this.#frame.title = 'The tree of timelines'
    // Its script may run, and that is all: what it shows comes from a program that nobody has to trust.
    this.#frame.setAttribute('sandbox', 'allow-scripts')
    parent.replaceChildren(this.#frame)
    parent.hidden = false
  }

  /** Something was discovered, or it is over. */
  async show(numbers: TreeNumbers, isLast: boolean): Promise<void> {
    const nowMs = performance.now()
    if (!isLast && nowMs - this.#shownMs < EVERY_MS) return
    this.#shownMs = nowMs
    const explorer = await this.#session.explorer
    this.#frame.srcdoc = treePage(this.#name, explorer.exploration as never, numbers)
  }
}
