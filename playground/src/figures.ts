// The numbers of a run: a few, large, each with its name.
import { byId, element } from './elements.ts'

export function showFigures(figures: readonly (readonly [string, string])[]): void {
  byId('figures').replaceChildren(
    ...figures.map(([name, value]) => element('div', 'figure', element('dt', '', name), element('dd', '', value))),
  )
}

export function say(text: string, kind: 'plain' | 'good' | 'bad' = 'plain'): void {
  const state = byId('state')
  state.textContent = text
  state.className = `state ${kind}`
}

/** How much of something large is there, from 0 to 1; null when nothing is awaited any more. */
export function showProgress(share: number | null): void {
  const bar = byId<HTMLProgressElement>('progress')
  bar.hidden = share === null
  bar.value = share ?? 0
}
