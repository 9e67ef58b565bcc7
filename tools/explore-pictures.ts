// Makes docs/explore.svg and docs/explore-tree.jpg: the report of a real exploration, and the page of its tree.
// `npm run explore:pictures`, with a Chromium installed.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { chromium } from 'playwright'
import { findChromium } from '../test/support/chromium.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const COLUMNS = 108
const [CELL, LINE, MARGIN] = [8.4, 19, 18]

const WORDS = [
  'explore',
  'election.ts',
  '--seed',
  '5',
  '--seeds',
  '1',
  '--workers',
  '1',
  '--stop-on-finding',
  '--rewind-graph',
]

/** What a terminal shows of the run: the discoveries left out, and lines that are too long cut. */
function linesOf(output: string): string[] {
  const all = [`$ npx fuzzbox ${WORDS.join(' ')}`, ...output.trimEnd().split('\n')]
  return all
    .filter((line) => !/^#\d*\t/.test(line))
    .map((line) => (line.length > COLUMNS ? `${line.slice(0, COLUMNS - 1)}…` : line))
}

function pictureOf(lines: readonly string[]): string {
  const [width, height] = [COLUMNS * CELL + 2 * MARGIN, lines.length * LINE + 2 * MARGIN]
  const text = lines.map((line, row) => {
    const about = /^(FOUND|\s+FAIL)/.test(line) ? ' class="bug"' : line.startsWith('$') ? ' class="typed"' : ''
    const bars = line.replace(/[█▏▎▍▌▋▊▉]+$/, '')
    const rest = line.slice(bars.length)
    const bar = rest === '' ? '' : `<tspan class="bar">${rest}</tspan>`
    return `<text${about} x="${MARGIN}" y="${MARGIN + (row + 0.75) * LINE}">${escaped(bars)}${bar}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>An exploration of a leader election</title>
<style>text{font:14px ui-monospace,Menlo,Consolas,monospace;fill:#d7dae0;white-space:pre}.bug{fill:#ff8a7a}.typed{fill:#8fd19e}.bar{fill:#e5a84b}</style>
<rect width="${width}" height="${height}" rx="8" fill="#15171b"/>
${text.join('\n')}
</svg>
`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

const folder = mkdtempSync(join(tmpdir(), 'fuzzbox-pictures-'))
try {
  copyFileSync(join(root, 'examples/simulations/election.ts'), join(folder, 'election.ts'))
  const command = [join(root, 'bin/fuzzbox.js'), ...WORDS, '--tree', 'tree.html']
  const { stdout } = spawnSync(process.execPath, command, { cwd: folder, encoding: 'utf8' })
  writeFileSync(join(root, 'docs/explore.svg'), pictureOf(linesOf(stdout)))
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({ executablePath: findChromium() ?? '', args })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, colorScheme: 'light' })
    await page.goto(pathToFileURL(join(folder, 'tree.html')).href)
    await page.screenshot({ path: join(root, 'docs/explore-tree.jpg'), type: 'jpeg', quality: 82 })
  } finally {
    await browser.close()
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
