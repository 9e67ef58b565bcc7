// A campaign in the page: from the program to its findings.
import { fuzz, type FindingEvent, type PreparedTarget, type Session, type StatusEvent } from 'fuzzbox/browser'
import { Chart } from './chart.ts'
import type { Editor } from './editor.ts'
import { byId, element, formatCount } from './elements.ts'
import { say, showFigures } from './figures.ts'
import { findingView, type FindingActions } from './finding-view.ts'
import { folderOf, readyOf, type Program } from './program.ts'
import { ReachedLines, functionsReached } from './reached.ts'
import { countFindings } from './tabs.ts'

export interface Run {
  stop(): void
}

export interface RunOptions {
  readonly workers: number
  readonly seed?: number
}

export async function startFuzzing(
  program: Program,
  options: RunOptions,
  editor: Editor,
  told: (finding: FindingEvent) => void,
  ended: () => void,
): Promise<Run> {
  const { target, lines } = await readyOf(program, say)
  const session = fuzz({ module: target, corpus: await folderOf(program), ...options })
  const reached = new ReachedLines(target.module.map.places ?? [], lines)
  const showReached = (): void => show(session, target, reached, editor)
  void follow(session, showReached, told).finally(ended)
  return session
}

async function follow(session: Session, showReached: () => void, told: (finding: FindingEvent) => void): Promise<void> {
  const chart = new Chart(byId('chart'), 'edges')
  try {
    for await (const event of session) {
      if (event.type === 'status') {
        showStatus(event)
        chart.add(event.elapsedMs, event.edges)
        showReached()
      } else if (event.type === 'finding') told(event)
      else if (event.type === 'end') {
        showReached()
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
export function showFinding(event: FindingEvent, actions: FindingActions): void {
  const list = byId('findings')
  const view = findingView(event, actions)
  const before = [...list.children].find((child) => (child as HTMLElement).dataset['key'] === event.key)
  if (before) before.replaceWith(view)
  else list.append(view)
  countFindings(list.children.length)
}

function show(session: Session, target: PreparedTarget, lines: ReachedLines, editor: Editor): void {
  const hasReached = (edge: number): boolean => session.hasReached(edge)
  const { reached, missing } = lines.update(hasReached)
  editor.mark(reached, missing)
  const panel = byId('functions')
  if (panel.hidden) return
  const items = functionsReached(target, hasReached).map(({ name, reached: count, edges }) => {
    const share = element('span', 'share', `${count}/${edges}`)
    return element('li', count > 0 ? 'reached' : '', name, ' ', share)
  })
  panel.replaceChildren(element('ul', '', ...items))
}
