// An exploration in the page: numbers, marks that were discovered, and the tree of timelines as it grows.
import { explore, type ExploreFindingEvent, type ExploreSession, type ExploreStatusEvent } from 'fuzzbox/browser'
import { Chart } from './chart.ts'
import { button, byId, element, formatCount } from './elements.ts'
import { say, showFigures } from './figures.ts'
import type { Run, RunOptions } from './fuzz-run.ts'
import { readyOf, type Program } from './program.ts'
import { countFindings } from './tabs.ts'
import { LiveTree } from './live-tree.ts'

export async function startExploring(
  program: Program,
  options: RunOptions,
  share: (recipe: string) => Promise<string>,
  ended: () => void,
): Promise<Run> {
  const { target: module } = await readyOf(program, say)
  const session = explore({ module, ...options })
  void follow(session, program.name, share).finally(ended)
  return session
}

async function follow(
  session: ExploreSession,
  name: string,
  share: (recipe: string) => Promise<string>,
): Promise<void> {
  const chart = new Chart(byId('chart'), 'marks')
  const tree = new LiveTree(byId('timelines'), session, name)
  const found: ExploreFindingEvent[] = []
  try {
    for await (const event of session) {
      if (event.type === 'status') {
        showStatus(event)
        chart.add(event.elapsedMs, event.marks)
        await tree.show({ ...event, found }, false)
      } else if (event.type === 'finding') {
        found.push(event)
        byId('findings').append(findingView(event, share))
        countFindings(found.length)
      } else if (event.type === 'end') {
        await tree.show(event, true)
        const found = event.findings
        say(
          `Stopped after ${formatCount(event.timelines)} timelines, with ${found === 1 ? '1 finding' : `${found} findings`}.`,
          found > 0 ? 'good' : 'plain',
        )
      }
    }
  } catch (error) {
    say(error instanceof Error ? error.message : String(error), 'bad')
  }
}

function showStatus(event: ExploreStatusEvent): void {
  say(event.findings > 0 ? 'Found something; still exploring …' : 'Exploring …', event.findings > 0 ? 'good' : 'plain')
  showFigures([
    ['timelines a second', formatCount(event.timelinesPerSecond)],
    ['timelines', formatCount(event.timelines)],
    ['split points', formatCount(event.splitPoints)],
    ['marks', `${formatCount(event.marks)} of ${formatCount(event.marksMet)}`],
    ['deepest', formatCount(event.depth)],
    ['findings', formatCount(event.findings)],
  ])
}

function findingView(event: ExploreFindingEvent, share: (recipe: string) => Promise<string>): HTMLElement {
  const said = element('p', 'said')
  said.setAttribute('role', 'status')
  const facts = `${event.kind}, in timeline ${formatCount(event.timelines)}, ${event.depth} reseeds deep; replayed ${event.reproduced} of ${event.reproduceRuns} times`
  return element(
    'article',
    'finding',
    element('h2', '', event.message),
    element('p', 'facts', facts),
    ...(event.details === '' ? [] : [element('p', 'facts', event.details)]),
    element('pre', 'hex', event.recipe.replaceAll(' -> ', '\n  -> ')),
    element(
      'div',
      'actions',
      button('Copy link', () => void share(event.recipe).then((text) => (said.textContent = text))),
    ),
    said,
  )
}
