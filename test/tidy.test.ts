// The rules of this repository. Each stands here twice: it holds for the files as they are, and it catches a sample that
// breaks it, so that no rule can rot into one that always passes.
import { describe, expect, test } from 'vitest'
import { arrows } from './tidy/arrows.ts'
import { browserTestsNeedNoNode } from './tidy/browser-tests.ts'
import { codesAreTested } from './tidy/codes.ts'
import { architectureIsComplete, changelogForm, linksLeadSomewhere } from './tidy/documents.ts'
import { repositoryFiles, untrackedFiles, type Rule, type TextFile } from './tidy/files.ts'
import { fileSizes, functionSizes, readmeSize } from './tidy/sizes.ts'
import { noMachinePaths, noRegistryHosts, noTestSwitchedOff, nothingPutOff } from './tidy/words.ts'

interface Rulebook {
  readonly promise: string
  readonly rule: Rule
  /** Samples that break the rule, each in its own way; the rule must find exactly one fault in each. */
  readonly broken: readonly (readonly TextFile[])[]
}

const file = (path: string, text: string): TextFile => ({ path, text })
const one = (path: string, text: string): readonly TextFile[] => [file(path, text)]
const linesOf = (count: number): string => 'x\n'.repeat(count)
const titleOf = (sample: readonly TextFile[]): string =>
  sample.map(({ path, text }) => `${path}: ${JSON.stringify(text.slice(0, 50))}`).join(', ') || 'no file at all'
const goodChangelog = '# Changelog\n\n## Unreleased\n'

const PROMISES: readonly Rulebook[] = [
  {
    promise: 'imports follow the arrows between the rooms',
    rule: arrows,
    broken: [
      one('src/core/a.ts', `import { b } from '../node/b.ts'`),
      one('src/core/a.ts', `import { b } from '../browser/b.ts'`),
      one('src/core/a.ts', `import { readFile } from 'node:fs/promises'`),
      one('src/core/a.ts', `const fs = await import('node:fs')`),
      one('src/core/a.ts', `import binaryen from 'binaryen'`),
      one('src/core/a.ts', `import { wrap } from 'comlink'`),
      one('src/core/a.ts', `new Worker(new URL('../node/b.ts', import.meta.url))`),
      one('src/node/a.ts', `export { b } from '../cli/b.ts'`),
      one('src/browser/a.ts', `import type { b } from '../node/b.ts'`),
      one('src/report/a.ts', `import { b } from '../node/b.ts'`),
      one('instrument/a.ts', `import { b } from '../src/core/b.ts'`),
      one('instrument/a.ts', `import { b } from '../assembly/memory.ts'`),
      one('assembly/a.ts', `import { b } from '../src/core/b'`),
    ],
  },
  {
    promise: 'tests that also run in the browser need no Node',
    rule: browserTestsNeedNoNode,
    broken: [
      one('test/core/a.test.ts', `import { readFileSync } from 'node:fs'`),
      [file('test/engine/a.test.ts', `import { b } from '../b.ts'`), file('test/b.ts', `import 'node:path'`)],
    ],
  },
  {
    promise: 'no file is too long, and most are short',
    rule: fileSizes,
    broken: [
      [file('src/core/a.ts', linesOf(401)), file('src/core/b.ts', ''), file('src/core/c.ts', '')],
      one('assembly/a.ts', linesOf(121)),
    ],
  },
  {
    promise: 'no function is too long',
    rule: functionSizes,
    broken: [
      one('src/core/a.ts', `function f() {\n${linesOf(70)}}`),
      one('instrument/a.ts', `const f = () => {\n${linesOf(70)}}`),
      one(
        'src/core/a.ts',
        `function f(a) {\nswitch (a) {\ncase 1:\nreturn g()\ndefault:\n${linesOf(70)}return 1\n}\n}`,
      ),
      one('assembly/a.ts', `@inline\nfunction f(): i32 {\n${linesOf(69)}}`),
    ],
  },
  { promise: 'the README fits on two screens', rule: readmeSize, broken: [one('README.md', linesOf(101))] },
  {
    promise: 'no work is put off in a comment',
    rule: nothingPutOff,
    broken: [one('src/core/a.ts', '// TO' + 'DO later'), one('docs/a.md', 'FIX' + 'ME')],
  },
  {
    promise: 'no test is switched off',
    rule: noTestSwitchedOff,
    broken: [one('test/a.test.ts', 'test.on' + `ly('a', f)`), one('test/a.test.ts', 'describe.sk' + `ip('a', f)`)],
  },
  {
    promise: 'no file names a path of one machine',
    rule: noMachinePaths,
    broken: [
      one('README.md', 'see `/wo' + 'rk/x`'),
      one('src/core/a.ts', `'/tm` + `p/x'`),
      one('bench/a.sh', 'cd /ro' + 'ot'),
    ],
  },
  {
    promise: 'no file names the host of a package registry',
    rule: noRegistryHosts,
    broken: [
      one('package-lock.json', '"resol' + 'ved": "x"'),
      one('.npmrc.md', 'https://regi' + 'stry.example.org/'),
      one('docs/a.md', 'http://npm-regi' + 'stry:8080/'),
    ],
  },
  {
    promise: 'the changelog opens with what is unreleased, and dates what is',
    rule: changelogForm,
    broken: [
      [],
      one('CHANGELOG.md', '# Changelog\n\n## 1.0.0 (2026-01-31)\n'),
      one('CHANGELOG.md', `${goodChangelog}\n## 1.0\n`),
      one('CHANGELOG.md', `Changes\n${goodChangelog}`),
    ],
  },
  {
    promise: 'links in documents lead somewhere',
    rule: linksLeadSomewhere,
    broken: [one('docs/a.md', '[b](../b.md)')],
  },
  {
    promise: 'docs/architecture.md names every room and every pass',
    rule: architectureIsComplete,
    broken: [
      one('src/new/a.ts', ''),
      [file('instrument/passes/new.ts', ''), file('docs/architecture.md', 'instrument/ docs/ new')],
    ],
  },
  {
    promise: 'every error code is met by a test',
    rule: codesAreTested,
    broken: [
      one('src/core/a.ts', `'E_NEW'`),
      [file('instrument/a.ts', `'E_NEW'`), file('test/a.test.ts', 'E_NEWER')],
      [file('instrument/a.ts', `'E_NEW'`), file('test/tidy.test.ts', 'E_NEW')],
    ],
  },
]

const files = repositoryFiles()

test('the rules read the whole repository', () => {
  const paths = files.map(({ path }) => path)
  expect(paths).toEqual(
    expect.arrayContaining(['assembly/abi.ts', 'test/tidy.test.ts', 'package-lock.json', '.ci/run']),
  )
})

describe.each(PROMISES)('$promise', ({ rule, broken }) => {
  test('holds', () => {
    expect(rule(files)).toEqual([])
  })
  test.each(broken.map((sample) => ({ sample, title: titleOf(sample) })))('notices $title', ({ sample }) => {
    expect(rule(sample)).toHaveLength(1)
  })
})

test('nothing lies around that git neither tracks nor ignores', ({ skip }) => {
  const untracked = untrackedFiles()
  if (untracked === null) skip('this tree is no git checkout')
  expect(untracked).toEqual([])
})
