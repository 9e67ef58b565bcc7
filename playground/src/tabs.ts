// Tabs, as keyboards and screen readers know them: arrows move between those that are there.
import { byId } from './elements.ts'

export type TabName = 'findings' | 'timelines' | 'functions'

const NAMES: readonly TabName[] = ['findings', 'timelines', 'functions']

export function startTabs(): void {
  for (const name of NAMES) {
    const tab = byId(`tab-${name}`)
    tab.addEventListener('click', () => showTab(name))
    tab.addEventListener('keydown', ({ key }) => {
      const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0
      if (step === 0) return
      const shown = NAMES.filter((other) => !byId(`tab-${other}`).hidden)
      const next = shown[(shown.indexOf(name) + step + shown.length) % shown.length]!
      showTab(next)
      byId(`tab-${next}`).focus()
    })
  }
}

/** The tabs that a run of this mode fills. */
export function offerTabs(mode: 'fuzz' | 'explore'): void {
  byId('tab-timelines').hidden = mode !== 'explore'
  byId('tab-functions').hidden = mode === 'explore'
  showTab(mode === 'explore' ? 'timelines' : 'findings')
}

export function showTab(name: TabName): void {
  for (const other of NAMES) {
    const tab = byId(`tab-${other}`)
    tab.setAttribute('aria-selected', String(other === name))
    tab.tabIndex = other === name ? 0 : -1
    byId(other).hidden = other !== name
  }
}

export function countFindings(count: number): void {
  byId('tab-findings').textContent = count === 0 ? 'Findings' : `Findings (${count})`
}
