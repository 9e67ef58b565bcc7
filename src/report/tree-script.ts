// What runs in the page of the tree. Time (draws) goes to the right, every timeline has a row of its own below the one
// that it branched off; rows of one branch lie together. Only what is in sight is drawn, so thousands of rows are no matter.

export const TREE_SCRIPT = `
const data = JSON.parse(document.getElementById('data').textContent)
const canvas = document.getElementById('tree'), pen = canvas.getContext('2d'), tip = document.getElementById('tip')
const count = (n) => n.toLocaleString('en-US')
document.querySelector('h1').textContent = data.target
document.getElementById('about').textContent = count(data.timelines) + ' timelines, ' + count(data.splitPoints) +
  ' split points, ' + count(data.marks) + ' marks discovered, ' + count(data.findings) + ' distinct ' +
  (data.findings === 1 ? 'finding' : 'findings') + '; ' +
  count(data.rows.length) + ' timelines that found something are drawn'
const nodes = data.rows.map(([parent, number, begin, draws, ended, failures, splits], index) =>
  ({ index, parent, number, begin, end: begin + draws, ended, failures, splits, kids: [], row: 0 }))
for (const node of nodes) if (node.parent >= 0) nodes[node.parent].kids.push(node)
let rows = 0
const stack = nodes.filter((node) => node.parent < 0).reverse()
while (stack.length) {
  const node = stack.pop()
  node.row = rows++
  node.kids.sort((a, b) => a.begin - b.begin || a.number - b.number)
  stack.push(...node.kids)
}
const byRow = [...nodes].sort((a, b) => a.row - b.row)
const width = Math.max(1, ...nodes.map((node) => node.end))
let view = { x: 0, y: 0, sx: 1, sy: 16 }, chosen = null, path = new Set()
const px = (x) => (x - view.x) * view.sx, py = (row) => (row - view.y) * view.sy
const colours = () => {
  const style = getComputedStyle(document.documentElement)
  const of = (name) => style.getPropertyValue(name).trim()
  return { ink: of('--ink'), soft: of('--soft'), line: of('--line'), bug: '#d4483b', split: '#3f7cc4', path: '#d98a1f' }
}
const hue = (node) => node.failures.length ? 'bug' : path.has(node) ? 'path' : 'soft'
function draw() {
  const ratio = devicePixelRatio || 1, w = canvas.clientWidth, h = canvas.clientHeight
  canvas.width = w * ratio; canvas.height = h * ratio
  pen.setTransform(ratio, 0, 0, ratio, 0, 0)
  const colour = colours(), first = Math.max(0, Math.floor(view.y) - 1), last = Math.min(rows, Math.ceil(view.y + h / view.sy) + 1)
  pen.font = '11px system-ui, sans-serif'; pen.textBaseline = 'middle'
  for (const node of nodes) {
    if (node.parent < 0) continue
    const up = nodes[node.parent]
    if (node.row < first || up.row > last) continue
    pen.strokeStyle = colour[path.has(node) ? 'path' : 'line']; pen.lineWidth = path.has(node) ? 2 : 1
    pen.beginPath(); pen.moveTo(px(node.begin), py(up.row)); pen.lineTo(px(node.begin), py(node.row)); pen.stroke()
  }
  for (let row = first; row < last; row++) {
    const node = byRow[row], y = py(row), x0 = px(node.begin), x1 = Math.max(x0 + 3, px(node.end))
    pen.strokeStyle = colour[hue(node)]; pen.lineWidth = Math.min(view.sy * .7, path.has(node) || node.failures.length ? 3 : 1.5)
    pen.beginPath(); pen.moveTo(x0, y); pen.lineTo(x1, y); pen.stroke()
    if (node.failures.length || node.ended !== 'ok') {
      pen.fillStyle = colour.bug; pen.beginPath(); pen.arc(x1, y, Math.max(3, Math.min(5, view.sy / 3)), 0, 7); pen.fill()
    }
    if (view.sy < 4) continue
    for (const [at, , children, finds] of node.splits) {
      pen.fillStyle = finds ? colour.split : colour.line
      pen.beginPath(); pen.arc(px(at), y, Math.min(view.sy / 3, 2 + Math.log2(1 + children) / 3), 0, 7); pen.fill()
    }
    if (view.sy >= 13 && (node === chosen || node.failures.length || view.sy > 17)) {
      pen.fillStyle = node.failures.length ? colour.bug : colour.soft
      const text = node.failures.length ? data.found[node.failures[0]].message : node.parent < 0 ? 'root' : '#' + count(node.number)
      pen.fillText(text, Math.min(x1 + 9, w - pen.measureText(text).width - 8), y - (x1 + 9 > w - pen.measureText(text).width - 8 ? 9 : 0))
    }
  }
}
function fitAll() {
  view = { x: -width * .02, y: -1, sx: canvas.clientWidth / (width * 1.12), sy: Math.min(18, canvas.clientHeight / (rows + 2)) }
  draw()
}
function pathOf(node) {
  const list = []
  for (let at = node; at; at = at.parent < 0 ? null : nodes[at.parent]) list.unshift(at)
  return list
}
function show(node, moves) {
  chosen = node; path = new Set(node ? pathOf(node) : [])
  tip.hidden = !node
  if (node) describe(node)
  if (node && moves) {
    const tall = node.row + 3, from = Math.min(...[...path].map((one) => one.row))
    const rowsShown = Math.max(12, Math.min(tall - from, canvas.clientHeight / 6))
    view.sx = canvas.clientWidth / (Math.max(node.end, 1) * 1.35)
    view.x = -Math.max(node.end, 1) * .03
    view.sy = Math.min(20, canvas.clientHeight / rowsShown)
    view.y = Math.max(-1, node.row - canvas.clientHeight / view.sy * .6)
  }
  draw()
}
function describe(node) {
  const add = (tag, text) => { const part = document.createElement(tag); part.textContent = text; return part }
  const list = add('ol', '')
  for (const one of pathOf(node).slice(1)) {
    const split = nodes[one.parent].splits.find(([at]) => at === one.begin)
    list.append(add('li', (split ? data.labels[split[1]] + ', ' + count(split[2]) + ' children' : 'split') + ' → #' + count(one.number)))
  }
  const found = node.failures.map((index) => data.found[index])
  tip.replaceChildren(add('b', node.parent < 0 ? 'root timeline' : 'timeline #' + count(node.number)),
    add('span', 'draws ' + count(node.begin) + ' to ' + count(node.end) + ', ended: ' + node.ended),
    ...found.flatMap((one) => [add('b', one.kind + ': ' + one.message), add('span', one.details), add('code', one.recipe)]), list)
}
/** The timeline that a finding was reported for; where it is not drawn, the earliest that failed like it. */
const firstOf = (index) => {
  const failing = nodes.filter((node) => node.failures.includes(index))
  const reported = failing.find((node) => node.number === data.found[index].timelines)
  return reported ?? failing.sort((a, b) => a.number - b.number)[0] ?? null
}
const nav = document.getElementById('found')
data.found.forEach((one, index) => {
  const button = document.createElement('button')
  button.textContent = one.kind + ': ' + one.message
  button.onclick = () => show(firstOf(index), true)
  nav.append(button)
})
let held = null
canvas.onpointerdown = (event) => { held = { x: event.offsetX, y: event.offsetY, moved: false }; canvas.setPointerCapture(event.pointerId) }
canvas.onpointermove = (event) => {
  if (!held) return
  const dx = event.offsetX - held.x, dy = event.offsetY - held.y
  if (!held.moved && Math.hypot(dx, dy) < 4) return
  view.x -= dx / view.sx; view.y -= dy / view.sy
  held = { x: event.offsetX, y: event.offsetY, moved: true }
  draw()
}
canvas.onpointerup = (event) => {
  const clicked = held && !held.moved
  held = null
  if (clicked) show(byRow[Math.round(view.y + event.offsetY / view.sy)] ?? null, false)
}
canvas.addEventListener('wheel', (event) => {
  event.preventDefault()
  const factor = Math.exp(-event.deltaY / 400), x = view.x + event.offsetX / view.sx, y = view.y + event.offsetY / view.sy
  if (!event.shiftKey) view.sy = Math.max(.05, Math.min(40, view.sy * factor))
  view.sx = Math.max(1e-6, Math.min(200, view.sx * factor))
  view.x = x - event.offsetX / view.sx; view.y = y - event.offsetY / view.sy
  draw()
}, { passive: false })
const toBug = () => show(firstOf(0), true)
addEventListener('keydown', (event) => { if (event.key === '0') fitAll(); if (event.key === 'b') toBug() })
addEventListener('resize', draw)
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw)
fitAll()
if (data.found.length) toBug()
`
