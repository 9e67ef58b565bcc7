// A campaign in the page: from the program to its findings.
import { fuzz, type FindingEvent, type PreparedTarget, type Session, type StatusEvent } from 'fuzzbox/browser'
import { Chart } from './chart.ts'
import type { Editor } from './editor.ts'
import { byId, element, formatCount } from './elements.ts'
import { say, showFigures } from './figures.ts'
import { findingView, type FindingActions } from './finding-view.ts'
import { KeptCorpus } from './kept-corpus.ts'
import { moduleOf, type Program } from './program.ts'
import { functionsReached, linesOf } from './reached.ts'

export interface Run {
  stop(): void
}

export async function startFuzzing(
  program: Program,
  workers: number,
  key: string,
  editor: Editor,
  actions: FindingActions,
  ended: () => void,
): Promise<Run> {
  const module = await moduleOf(program, (progress) => say(progress))
  say('Preparing the program …')
  const corpus = new KeptCorpus(key)
  const session = fuzz({ module, corpus, workers })
  void follow(session, program, editor, actions).finally(() => {
    corpus.close()
    ended()
  })
  return session
}

async function follow(session: Session, program: Program, editor: Editor, actions: FindingActions): Promise<void> {
  const chart = new Chart(byId('chart'), 'edges')
  let target: PreparedTarget | null = null
  try {
    target = await session.target
    for await (const event of session) {
      if (event.type === 'status') {
        showStatus(event)
        chart.add(event.elapsedMs, event.edges)
        showReached(session, target, program, editor)
      } else if (event.type === 'finding') {
        showFinding(event, actions)
      } else if (event.type === 'end') {
        showReached(session, target, program, editor)
        const found = event.findings.length
        const many = found === 1 ? '1 finding' : `${found} findings`
        say(`Stopped after ${formatCount(event.executions)} executions, with ${many}.`, found > 0 ? 'good' : 'plain')
      }
    }
  } catch (error) {
    say(error instanceof Error ? error.message : String(error), 'bad')
  }
}

function showStatus(event: StatusEvent): void {
  const phase = event.phase === 'fuzz' && event.findings > 0 ? 'Found something; still fuzzing …' : 'Fuzzing …'
  say(event.phase === 'load' || event.phase === 'warmup' ? 'Starting …' : phase, event.findings > 0 ? 'good' : 'plain')
  showFigures([
    ['executions a second', formatCount(event.executionsPerSecond)],
    ['executions', formatCount(event.executions)],
    ['edges', `${formatCount(event.edges)} of ${formatCount(event.edgesTotal)}`],
    ['inputs kept', formatCount(event.corpus)],
    ['findings', formatCount(event.findings)],
  ])
}

/** A finding that is told again, because it was shrunk, takes its own place. */
function showFinding(event: FindingEvent, actions: FindingActions): void {
  const list = byId('findings')
  const view = findingView(event, actions)
  const before = [...list.children].find((child) => (child as HTMLElement).dataset['key'] === event.key)
  if (before) before.replaceWith(view)
  else list.append(view)
}

function showReached(session: Session, target: PreparedTarget, program: Program, editor: Editor): void {
  const functions = functionsReached(target, (edge) => session.hasReached(edge))
  if (program.language !== 'wasm') editor.mark(linesOf(editor.text, functions))
  const details = byId<HTMLDetailsElement>('functions')
  details.hidden = functions.length === 0
  if (!details.open) return
  const items = functions.map(({ name, reached, edges }) => {
    const share = element('span', 'share', `${reached}/${edges}`)
    return element('li', reached > 0 ? 'reached' : '', name, ' ', share)
  })
  details.querySelector('ul')!.replaceChildren(...items)
}
