// The tree of timelines as it grows: the same page that `fuzzbox explore --tree` writes, in a frame of its own.
import type { ExploreSession } from 'fuzzbox/browser'
import { treePage, type TreeNumbers } from '../../src/report/tree-page.ts'

/** A page is written anew no more often than this, and takes no more than this share of the time. */
const EVERY_MS = 2_500
const SHARE_MAX = 0.02
/** Drawn while it grows, so that no drawing holds the page up; at the end all are. */
const LIVE_NODES_MAX = 400

export class LiveTree {
  readonly #frame: HTMLIFrameElement = document.createElement('iframe')
  readonly #session: ExploreSession
  readonly #name: string
  #nextMs = 0

  constructor(parent: HTMLElement, session: ExploreSession, name: string) {
    this.#session = session
    this.#name = name
    this.#frame.title = 'The tree of timelines'
    // Its script may run, and that is all: what it shows comes from a program that nobody has to trust.
    this.#frame.setAttribute('sandbox', 'allow-scripts')
    parent.replaceChildren(this.#frame)
  }

  /** Something was discovered, or it is over. What nobody sees is drawn when it is over. */
  async show(numbers: TreeNumbers, isLast: boolean): Promise<void> {
    const nowMs = performance.now()
    const isHidden = this.#frame.offsetParent === null || document.hidden
    if (!isLast && (isHidden || nowMs < this.#nextMs)) return
    this.#nextMs = Infinity
    const explorer = await this.#session.explorer
    const startMs = performance.now()
    const nodes = isLast ? undefined : LIVE_NODES_MAX
    this.#frame.srcdoc = treePage(this.#name, explorer.exploration as never, numbers, nodes)
    const endMs = performance.now()
    this.#nextMs = endMs + Math.max(EVERY_MS, (endMs - startMs) / SHARE_MAX)
  }
}
