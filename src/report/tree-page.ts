// The tree of timelines as one HTML file that needs nothing besides: no network, no other file. What is drawn is decided
// in the page, from data that stands in it.

import type { ExploreEndEvent } from '../core/explore/events.ts'
import type { Exploration } from '../core/explore/exploration.ts'
import { START_ID, type TimelineNode } from '../core/explore/tree.ts'
import { TREE_NODES_MAX } from '../core/limits.ts'
import { escaped, rewindChart } from './rewind-chart.ts'
import { TREE_SCRIPT } from './tree-script.ts'
import { TREE_STYLE } from './tree-style.ts'

/** One timeline: parent's index, number, draws before it began, draws of its own, what it ended with, its splits. */
type Row = readonly [
  parent: number,
  number: number,
  begin: number,
  draws: number,
  ended: string,
  failures: readonly number[],
  splits: readonly (readonly [at: number, label: number, children: number, finds: number])[],
]

/** What stands above the tree: of an end event, or of one that is still to come. */
export type TreeNumbers = Pick<
  ExploreEndEvent,
  'found' | 'timelines' | 'splitPoints' | 'findings' | 'marks' | 'edges' | 'edgesTotal'
> &
  Partial<Pick<ExploreEndEvent, 'rewind'>>

/** `nodesMax` timelines at most are drawn. */
export function treePage(
  target: string,
  exploration: Exploration,
  end: TreeNumbers,
  nodesMax: number = TREE_NODES_MAX,
): string {
  const labels: string[] = []
  const keys = end.found.map(({ key }) => key)
  const rows = rowsOf(exploration, keys, labels, nodesMax)
  const found = end.found.map(({ kind, message, details, recipe, replay, timelines, depth }) => ({
    kind,
    message,
    details,
    recipe,
    replay,
    timelines,
    depth,
  }))
  const { timelines, splitPoints, findings, marks, edges, edgesTotal } = end
  const data = { target, timelines, splitPoints, findings, marks, edges, edgesTotal, labels, rows, found }
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escaped(target)}: tree of timelines</title><style>${TREE_STYLE}</style></head>
<body><header><h1></h1><p id="about"></p><nav id="found"></nav>${rewindChart(end.rewind ?? null)}</header>
<main><div id="stage"><canvas id="tree" tabindex="0" aria-label="tree of timelines"></canvas></div><div id="tip" hidden></div></main>
<footer>drag to move · wheel to zoom · click a timeline to follow it to its root · <kbd>0</kbd> all · <kbd>b</kbd> the bug</footer>
<script type="application/json" id="data">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>
<script>${TREE_SCRIPT}</script></body></html>
`
}

/** Parents before their children; those that lead to a finding first, if there is no room for all. */
function rowsOf(exploration: Exploration, keys: readonly string[], labels: string[], nodesMax: number): Row[] {
  const nodes = nodesOf(exploration, nodesMax)
  const indexes = new Map(nodes.map((node, index) => [node, index]))
  const labelIds = new Map<string, number>()
  const labelOf = (markId: string): number => {
    let id = labelIds.get(markId)
    if (id === undefined) {
      const name = exploration.marks.get(markId)?.name
      const bucket = name && name.keys.length > 0 ? ` [${name.keys.join(', ')}]` : ''
      labelIds.set(markId, (id = labels.length))
      labels.push(markId === START_ID ? 'start' : `${name?.kind ?? ''} ${name?.message ?? markId}${bucket}`)
    }
    return id
  }
  const begins = new Map<TimelineNode, number>()
  return nodes.map((node) => {
    const parent = node.split?.node ?? null
    const begin = parent && node.split ? (begins.get(parent) ?? 0) + node.split.moment.draws : 0
    begins.set(node, begin)
    const splits = node.splits
      .filter(({ spawned }) => spawned > 0)
      .map((split) => [begin + split.moment.draws, labelOf(split.markId), split.spawned, split.finds] as const)
    const failures = node.failures.map((key) => keys.indexOf(key)).filter((index) => index >= 0)
    return [parent ? indexes.get(parent)! : -1, node.number, begin, node.draws, node.ended, failures, splits]
  })
}

function nodesOf({ tree }: Exploration, nodesMax: number): TimelineNode[] {
  const wanted = new Set<TimelineNode>()
  const all = [...tree.roots]
  for (let at = 0; at < all.length; at++) for (const { children } of all[at]!.splits) all.push(...children)
  for (const node of all) {
    if (node.failures.length === 0 || wanted.size >= nodesMax) continue
    for (let up: TimelineNode | null = node; up && !wanted.has(up); up = up.split?.node ?? null) wanted.add(up)
  }
  for (const node of all) {
    if (wanted.size >= nodesMax) break
    wanted.add(node)
  }
  return withoutRepeats(all.filter((node) => wanted.has(node)))
}

/** Of timelines that failed in one way and led to nothing else, the first one stands for all. */
function withoutRepeats(nodes: readonly TimelineNode[]): TimelineNode[] {
  const seen = new Set<string>()
  const drawn = new Set<TimelineNode>()
  const byNumber = [...nodes].sort((a, b) => a.number - b.number)
  for (const node of byNumber) {
    const isFirst = node.failures.some((key) => !seen.has(key))
    for (const key of node.failures) seen.add(key)
    if (node.failures.length > 0 && !isFirst) continue
    for (let up: TimelineNode | null = node; up && !drawn.has(up); up = up.split?.node ?? null) drawn.add(up)
  }
  return nodes.filter((node) => drawn.has(node))
}
