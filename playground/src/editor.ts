// The editor, and the lines that the campaign has reached so far, marked in it.
import { cpp } from '@codemirror/lang-cpp'
import { javascript } from '@codemirror/lang-javascript'
import { wast } from '@codemirror/lang-wast'
import { Compartment, Prec, StateEffect, StateField, type Extension } from '@codemirror/state'
import { Decoration, EditorView, keymap, type DecorationSet } from '@codemirror/view'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { tags } from '@lezer/highlight'
import { basicSetup } from 'codemirror'
import type { Language } from './examples.ts'

export interface Editor {
  show(text: string, language: Language): void
  readonly text: string
  /** Marks lines, counted from 1: as reached, or as code that could be. */
  mark(reached: readonly number[], missing: readonly number[]): void
  reveal(line: number): void
}

/** Colours by variables of style.css, so that they follow the page into the dark. */
const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.controlKeyword, tags.modifier], color: 'var(--keyword)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--number)' },
  { tag: [tags.typeName, tags.className], color: 'var(--type)' },
  { tag: [tags.function(tags.variableName), tags.propertyName], color: 'var(--name)' },
  { tag: [tags.comment, tags.lineComment, tags.blockComment], color: 'var(--quiet)', fontStyle: 'italic' },
])

interface Lines {
  readonly reached: readonly number[]
  readonly missing: readonly number[]
}

const setLines = StateEffect.define<Lines>()
const REACHED = Decoration.line({ class: 'reached' })
const MISSING = Decoration.line({ class: 'missing' })

const reachedLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = transaction.docChanged ? Decoration.none : marks
    for (const effect of transaction.effects) {
      if (!effect.is(setLines)) continue
      const { doc } = transaction.state
      const { reached, missing } = effect.value
      const marked = [
        ...reached.map((line) => [line, REACHED] as const),
        ...missing.map((line) => [line, MISSING] as const),
      ]
      const inside = marked.filter(([line]) => line >= 1 && line <= doc.lines)
      next = Decoration.set(
        inside.map(([line, mark]) => mark.range(doc.line(line).from)),
        true,
      )
    }
    return next
  },
  provide: (field) => EditorView.decorations.from(field),
})

function languageOf(language: Language): Extension {
  if (language === 'wat') return wast()
  if (language === 'c') return cpp()
  return language === 'assemblyscript' ? javascript({ typescript: true }) : []
}

/** What the editor tells of: another text, and the keys for running it. */
export interface EditorEvents {
  changed(): void
  run(): void
}

export function createEditor(parent: HTMLElement, events: EditorEvents): Editor {
  const language = new Compartment()
  const editable = new Compartment()
  let marked = ''
  const view = new EditorView({
    parent,
    extensions: [
      Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => (events.run(), true) }])),
      basicSetup,
      syntaxHighlighting(COLOURS),
      language.of([]),
      editable.of(EditorView.editable.of(true)),
      reachedLines,
      EditorView.contentAttributes.of({ 'aria-label': 'Source of the program' }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) marked = ''
        if (
          update.docChanged &&
          update.transactions.some(
            (transaction) => transaction.isUserEvent('input') || transaction.isUserEvent('delete'),
          )
        )
          events.changed()
      }),
    ],
  })
  return {
    show(text, kind) {
      marked = ''
      const isText = kind !== 'wasm'
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: isText ? text : '(a binary module)' },
        effects: [language.reconfigure(languageOf(kind)), editable.reconfigure(EditorView.editable.of(isText))],
      })
    },
    get text() {
      return view.state.doc.toString()
    },
    mark(reached, missing) {
      // Nothing is drawn where nothing is new: this is asked for several times a second.
      const key = `${reached.length} ${missing.length}`
      if (key === marked) return
      marked = key
      view.dispatch({ effects: setLines.of({ reached, missing }) })
    },
    reveal(line) {
      const { from } = view.state.doc.line(Math.min(line, view.state.doc.lines))
      view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) })
      view.focus()
    },
  }
}
