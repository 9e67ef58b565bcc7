// The page: a program on the left, what running it comes to on the right.
import { replay, type FindingEvent } from 'fuzzbox/browser'
import { createEditor } from './editor.ts'
import { button, byId, element } from './elements.ts'
import { EXAMPLES } from './examples.ts'
import { startExploring } from './explore-run.ts'
import { say, showFigures } from './figures.ts'
import { hexOf, type FindingActions } from './finding-view.ts'
import { showFinding, startFuzzing, type Run, type RunOptions } from './fuzz-run.ts'
import { remember, remembered } from './last.ts'
import { languageOfFile, readyOf, type Program } from './program.ts'
import { lineAt } from './reached.ts'
import { fromBase64, fromLink, linkTo, toBase64, type Shared } from './share.ts'
import { shrunk } from './shrink.ts'
import { offerTabs, startTabs } from './tabs.ts'

let program: Program = programOf(0)
let run: Run | null = null
/** What is shown, by key, so that a reload can show it again. */
const found = new Map<string, FindingEvent>()

const editor = createEditor(byId('editor'), {
  changed() {
    program = { ...program, name: program.name.replace(/( \(changed\))?$/, ' (changed)'), text: editor.text }
    byId('note').textContent = run
      ? 'Your own version. What runs is the one before: press Stop, then Run.'
      : 'Your own version. Press Run, or Ctrl+Enter.'
    warmUp()
    keep()
  },
  run: () => toggle(),
})

const actions: FindingActions = {
  replay: replayInput,
  shrink: async (input, told) => await shrunk((await readyOf(program, say)).target, input, told),
  share,
  async lineOf(offset) {
    return lineAt((await readyOf(program, say)).lines, offset)
  },
  reveal: (line) => editor.reveal(line),
}

function programOf(index: number): Program {
  const { name, language, mode, text } = EXAMPLES[index]!
  return { name, language, mode, text }
}

/** `isTheirs`: somebody sent it, so that not even its compiler is fetched before it is asked for. */
function open(next: Program, note: string, isTheirs = false): void {
  run?.stop()
  program = next
  editor.show(next.text, next.language)
  byId('note').textContent = note
  showFigures([])
  clear()
  say(
    next.mode === 'explore'
      ? 'Press Run: other futures of the program are followed in this page.'
      : 'Press Run: the program is fuzzed in this page.',
  )
  if (!isTheirs && !EXAMPLES.some(({ text, prepared }) => prepared && text === next.text)) warmUp()
  keep()
}

function clear(): void {
  for (const id of ['findings', 'chart', 'timelines', 'functions']) byId(id).replaceChildren()
  found.clear()
  offerTabs(program.mode)
}

/** The compiler is large: it is fetched while somebody writes. */
function warmUp(): void {
  if (program.language === 'assemblyscript') {
    void import('./compile-assemblyscript.ts').then((compiler) => compiler.warmUp())
  }
}

function keep(): void {
  const { value: workers } = byId<HTMLInputElement>('workers')
  const { value: seed } = byId<HTMLInputElement>('seed')
  remember({ program, running: run !== null, workers, seed, findings: [...found.values()] })
}

/** What the fields say, brought within what a page should be asked for. */
function runOptions(): RunOptions {
  const workers = workersWithin(Number(byId<HTMLInputElement>('workers').value))
  const { value } = byId<HTMLInputElement>('seed')
  const seed = Number(value)
  return {
    workers,
    ...(value.trim() !== '' && Number.isSafeInteger(seed) && seed >= 0 ? { seed } : {}),
  }
}

/** No more than a machine can use, whatever a link or a person asks for. */
function workersWithin(asked: number): number {
  return Math.min(4 * (navigator.hardwareConcurrency || 2), Math.max(1, Math.floor(asked) || 1))
}

function toggle(): void {
  if (run) run.stop()
  else void start()
}

async function start(before: readonly FindingEvent[] = []): Promise<void> {
  clear()
  const tell = (finding: FindingEvent): void => {
    found.set(finding.key, finding)
    showFinding(finding, actions)
  }
  before.forEach(tell)
  let stopped = false
  const running: Run = { stop: () => (stopped = true) }
  setRun(running)
  const ended = (): void => {
    if (run === running) setRun(null)
  }
  const told = (finding: FindingEvent): void => {
    tell(finding)
    keep()
  }
  try {
    const started =
      program.mode === 'explore'
        ? await startExploring(program, runOptions(), share, ended)
        : await startFuzzing(program, runOptions(), editor, told, ended)
    running.stop = () => started.stop()
    if (stopped) started.stop()
  } catch (error) {
    say(error instanceof Error ? error.message : String(error), 'bad')
    ended()
  }
}

function setRun(next: Run | null): void {
  run = next
  const toggler = byId<HTMLButtonElement>('run')
  toggler.textContent = next ? 'Stop' : 'Run'
  toggler.classList.toggle('running', next !== null)
  keep()
}

async function replayInput(input: Uint8Array<ArrayBuffer>): Promise<string> {
  const { target: module } = await readyOf(program, say)
  for await (const { outcome } of replay({ module, inputs: [{ name: 'the input', bytes: input }], runs: 1 })) {
    return outcome.kind === 'trap' ? `It failed again: ${outcome.message}.` : 'It did not fail this time.'
  }
  return 'It could not be run.'
}

async function share(input: string): Promise<string> {
  const link = await linkTo({ ...program, ...runOptions(), input })
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

function listen(): void {
  const select = byId<HTMLSelectElement>('example')
  const names = EXAMPLES.map(({ name }, index) => new Option(name, String(index)))
  select.append(...names)
  select.addEventListener('change', () => {
    history.replaceState(null, '', location.pathname)
    open(programOf(Number(select.value)), EXAMPLES[Number(select.value)]!.note)
  })
  byId<HTMLInputElement>('workers').value = String(Math.max(1, (navigator.hardwareConcurrency || 2) - 1))
  byId('run').addEventListener('click', toggle)
  const files = byId<HTMLInputElement>('file')
  files.addEventListener('change', () => void (files.files?.[0] && openFile(files.files[0])))
  document.addEventListener('dragover', (event) => event.preventDefault())
  document.addEventListener('drop', (event) => {
    event.preventDefault()
    const file = event.dataTransfer?.files[0]
    if (file) void openFile(file)
  })
  window.addEventListener('hashchange', () => void openLink())
  startTabs()
}

/** True where there was a link, good or not. */
async function openLink(): Promise<boolean> {
  const shared = await fromLink(location.hash)
  if (shared === null) return false
  if (typeof shared === 'string') {
    open(programOf(0), EXAMPLES[0]!.note)
    say(shared, 'bad')
    return true
  }
  const { input, workers, seed, ...linked } = shared
  if (workers !== undefined) byId<HTMLInputElement>('workers').value = String(workersWithin(workers))
  if (seed !== undefined) byId<HTMLInputElement>('seed').value = String(seed)
  open(linked, 'From a link. Nothing of it has run: press Run, or look at the input that it carries.', true)
  if (input !== undefined) showShared(input, shared.mode)
  return true
}

async function begin(): Promise<void> {
  listen()
  const last = remembered()
  // A reload of a link that was run here goes on; a link that just came does not run.
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  const isSame = last !== null && navigation?.type === 'reload'
  if (!(isSame && last.running) && (await openLink())) return
  if (last === null) return open(program, EXAMPLES[0]!.note)
  byId<HTMLInputElement>('workers').value = last.workers
  byId<HTMLInputElement>('seed').value = last.seed
  open(last.program, 'What was open before.')
  if (last.running && isSame) await start(last.findings)
}

/** An input that came with a link, before anything has run. */
function showShared(input: string, mode: Shared['mode']): void {
  const said = element('p', 'said')
  const again = button('Replay', () => void replayInput(fromBase64(input)).then((text) => (said.textContent = text)))
  const text = mode === 'fuzz' ? hexOf(fromBase64(input)) : input
  const acts = element('div', 'actions', ...(mode === 'fuzz' ? [again] : []))
  const title = element('h2', '', 'The input of the link')
  byId('findings').append(element('article', 'finding', title, element('pre', 'hex', text), acts, said))
}

void begin()
