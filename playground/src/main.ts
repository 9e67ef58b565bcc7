// The page: a program on the left, what running it comes to on the right.
import { replay } from 'fuzzbox/browser'
import { createEditor } from './editor.ts'
import { byId, element } from './elements.ts'
import { EXAMPLES } from './examples.ts'
import { startExploring } from './explore-run.ts'
import { say, showFigures } from './figures.ts'
import { hexOf } from './finding-view.ts'
import { startFuzzing, type Run } from './fuzz-run.ts'
import { languageOfFile, moduleOf, type Program } from './program.ts'
import { fromBase64, fromLink, linkTo, toBase64 } from './share.ts'

/** What was open when the page was left, so that a reload goes on where it was. */
const LAST = 'fuzzbox.program'

let program: Program = programOf(0)
let run: Run | null = null

const editor = createEditor(byId('editor'), () => {
  program = { ...program, name: program.name.replace(/( \(changed\))?$/, ' (changed)'), text: editor.text }
  byId('note').textContent = 'Your own version. Press Run.'
  remember()
})

function programOf(index: number): Program {
  const { name, language, mode, text } = EXAMPLES[index]!
  return { name, language, mode, text }
}

function open(next: Program, note: string): void {
  run?.stop()
  program = next
  editor.show(next.text, next.language)
  byId('note').textContent = note
  showFigures([])
  for (const id of ['findings', 'chart', 'tree']) byId(id).replaceChildren()
  byId('tree').hidden = true
  byId('functions').hidden = true
  say(
    next.mode === 'explore'
      ? 'Press Run: other futures of the program are followed in this page.'
      : 'Press Run: the program is fuzzed in this page.',
  )
  remember()
}

function remember(): void {
  try {
    sessionStorage.setItem(LAST, JSON.stringify({ program, running: run !== null }))
  } catch {
    // A frame without storage: a reload begins anew.
  }
}

async function start(): Promise<void> {
  for (const id of ['findings', 'chart', 'tree']) byId(id).replaceChildren()
  byId('tree').hidden = program.mode !== 'explore'
  const workers = Math.max(1, Math.floor(Number(byId<HTMLInputElement>('workers').value)) || 1)
  const running: Run = { stop: () => {} }
  setRun(running)
  const ended = (): void => {
    if (run === running) setRun(null)
  }
  try {
    const key = `${program.language}:${program.text}`
    const started =
      program.mode === 'explore'
        ? await startExploring(program, workers, share, ended)
        : await startFuzzing(program, workers, key, editor, { replay: replayInput, share }, ended)
    running.stop = () => started.stop()
  } catch (error) {
    say(error instanceof Error ? error.message : String(error), 'bad')
    ended()
  }
}

function setRun(next: Run | null): void {
  run = next
  const button = byId<HTMLButtonElement>('run')
  button.textContent = next ? 'Stop' : 'Run'
  button.classList.toggle('running', next !== null)
  remember()
}

async function replayInput(input: Uint8Array<ArrayBuffer>): Promise<string> {
  const module = await moduleOf(program, (progress) => say(progress))
  for await (const { outcome } of replay({ module, inputs: [{ name: 'the input', bytes: input }], runs: 1 })) {
    return outcome.kind === 'trap' ? `It failed again: ${outcome.message}` : 'It did not fail this time.'
  }
  return 'It could not be run.'
}

async function share(input: string): Promise<string> {
  const link = await linkTo({ ...program, input })
  if (link === null) return 'The program is too long for a link: download the input instead.'
  history.replaceState(null, '', link)
  await navigator.clipboard?.writeText(link).catch(() => {})
  return 'The link is in the address bar, and on the clipboard where the browser allows it.'
}

async function openFile(file: File): Promise<void> {
  const language = languageOfFile(file.name)
  if (language === null) return say('Drop a .wasm, .wat, .ts (AssemblyScript) or .c file.', 'bad')
  const text = language === 'wasm' ? toBase64(new Uint8Array(await file.arrayBuffer())) : await file.text()
  open(
    { name: file.name.replace(/\.\w+$/, ''), language, mode: 'fuzz', text },
    `${file.name}: it exports LLVMFuzzerTestOneInput(pointer, length), or what docs/targets.md lists.`,
  )
}

async function begin(): Promise<void> {
  const select = byId<HTMLSelectElement>('example')
  select.append(
    ...EXAMPLES.map(({ name }, index) =>
      Object.assign(element('option', '', name) as HTMLOptionElement, { value: String(index) }),
    ),
  )
  select.addEventListener('change', () => open(programOf(Number(select.value)), EXAMPLES[Number(select.value)]!.note))
  byId<HTMLInputElement>('workers').value = String(Math.max(1, (navigator.hardwareConcurrency || 2) - 1))
  byId('run').addEventListener('click', () => (run ? run.stop() : void start()))
  const files = byId<HTMLInputElement>('file')
  files.addEventListener('change', () => void (files.files?.[0] && openFile(files.files[0])))
  document.addEventListener('dragover', (event) => event.preventDefault())
  document.addEventListener('drop', (event) => {
    event.preventDefault()
    const file = event.dataTransfer?.files[0]
    if (file) void openFile(file)
  })

  const shared = await fromLink(location.hash)
  // Compilers are large: they are fetched while somebody looks at the page.
  void import('./compile-assemblyscript.ts').then(({ warmUp }) => warmUp())
  if (shared) {
    open(shared, 'From a link. Nothing of it has run: press Run, or look at the input that it carries.')
    if (shared.input !== undefined) showShared(shared.input)
    return
  }
  const last = lastProgram()
  if (last) {
    open(last.program, 'What was open before.')
    if (last.running) await start()
  } else open(program, EXAMPLES[0]!.note)
}

/** An input that came with a link, before anything has run. */
function showShared(input: string): void {
  const said = element('p', 'said')
  const actions = element('div', 'actions')
  if (program.mode === 'fuzz') {
    const again = element('button', '', 'Replay') as HTMLButtonElement
    again.addEventListener('click', () => void replayInput(fromBase64(input)).then((text) => (said.textContent = text)))
    actions.append(again)
  }
  byId('findings').append(
    element(
      'article',
      'finding',
      element('h2', '', 'The input of the link'),
      element('pre', 'hex', program.mode === 'fuzz' ? hexOf(fromBase64(input)) : input),
      actions,
      said,
    ),
  )
}

function lastProgram(): { program: Program; running: boolean } | null {
  try {
    const text = sessionStorage.getItem(LAST)
    return text === null ? null : (JSON.parse(text) as { program: Program; running: boolean })
  } catch {
    return null
  }
}

void begin()
