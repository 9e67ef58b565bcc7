// How long files and functions may be. Lines are lines: comments count, because they are read too.
import ts from 'typescript'
import type { Rule, TextFile } from './files.ts'

const FILE_LINES_MAX = 400
const FUNCTION_LINES_MAX = 70
const FILE_LINES_MEDIAN_MAX = 120
const README_LINES_MAX = 100

/** Files that are one table: long, and read by looking things up. */
const TABLES = new Set(['assembly/abi.ts'])

export const fileSizes: Rule = (files) => {
  const sources = files.filter(isSource)
  const long = sources
    .filter((file) => lines(file) > FILE_LINES_MAX && !TABLES.has(file.path))
    .map((file) => `${file.path} has ${lines(file)} lines of at most ${FILE_LINES_MAX}: is it one concept?`)
  const sorted = sources.map(lines).sort((a, b) => a - b)
  const median = sorted[sorted.length >> 1] ?? 0
  return median <= FILE_LINES_MEDIAN_MAX
    ? long
    : [...long, `the median source file has ${median} lines of at most ${FILE_LINES_MEDIAN_MAX}`]
}

/** Tables are left out, and so are functions of tests: a `describe` is a list, not a function that anyone follows. */
export const functionSizes: Rule = (files) =>
  files
    .filter((file) => isSource(file) && !file.path.endsWith('.test.ts'))
    .flatMap((file) => {
      const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest)
      return functionsIn(source, source)
        .filter(({ length }) => length > FUNCTION_LINES_MAX)
        .map(
          ({ line, length }) =>
            `${file.path}:${line} is a function of ${length} lines of at most ${FUNCTION_LINES_MAX}`,
        )
    })

export const readmeSize: Rule = (files) =>
  files
    .filter((file) => file.path === 'README.md' && lines(file) > README_LINES_MAX)
    .map((file) => `README.md has ${lines(file)} lines: two screens are ${README_LINES_MAX}`)

function isSource({ path }: TextFile): boolean {
  return path.endsWith('.ts') && !path.startsWith('test/targets/') && !path.startsWith('examples/')
}

function lines({ text }: TextFile): number {
  return text.split('\n').length - 1
}

interface FunctionSize {
  readonly line: number
  readonly length: number
}

function functionsIn(source: ts.SourceFile, node: ts.Node): readonly FunctionSize[] {
  const inner: FunctionSize[] = []
  ts.forEachChild(node, (child) => void inner.push(...functionsIn(source, child)))
  if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined || isTable(node.body)) return inner
  const first = source.getLineAndCharacterOfPosition(node.getStart(source)).line
  const last = source.getLineAndCharacterOfPosition(node.end).line
  return [...inner, { line: first + 1, length: last - first + 1 }]
}

/** One `switch` and nothing else, every case one statement: a table that happens to be written as a function. */
function isTable(body: ts.Node): boolean {
  if (!ts.isBlock(body) || body.statements.length !== 1) return false
  const [statement] = body.statements
  if (statement === undefined || !ts.isSwitchStatement(statement)) return false
  return statement.caseBlock.clauses.every(({ statements }) => statements.length <= 1)
}
