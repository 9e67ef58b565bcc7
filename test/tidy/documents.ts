// What holds for the prose: the changelog's form, links that lead somewhere, an architecture that names its parts.
import { posix } from 'node:path'
import type { Rule } from './files.ts'

const RELEASE = /^## \d+\.\d+\.\d+ \(\d{4}-\d{2}-\d{2}\)$/

export const changelogForm: Rule = (files) => {
  const changelog = files.find(({ path }) => path === 'CHANGELOG.md')
  if (changelog === undefined) return ['CHANGELOG.md is missing']
  const lines = changelog.text.split('\n')
  const sections = lines.filter((line) => line.startsWith('## '))
  const complaints: string[] = []
  if (lines[0] !== '# Changelog') complaints.push('CHANGELOG.md does not open with "# Changelog"')
  if (sections[0] !== '## Unreleased') complaints.push('CHANGELOG.md: the first section is not "## Unreleased"')
  for (const section of sections.slice(1)) {
    if (!RELEASE.test(section)) complaints.push(`CHANGELOG.md: "${section}" is not "## 1.2.3 (2026-01-31)"`)
  }
  return complaints
}

/** Relative links of Markdown files name a file or a folder of the repository. */
export const linksLeadSomewhere: Rule = (files) => {
  const paths = new Set(files.map(({ path }) => path))
  const exists = (target: string): boolean =>
    paths.has(target) || files.some(({ path }) => path.startsWith(target.endsWith('/') ? target : `${target}/`))
  return files
    .filter(({ path }) => path.endsWith('.md'))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/\]\(([^)#\s:]+)(#[^)]*)?\)/g)]
        .map((match) => match[1]!)
        .filter((link) => !exists(posix.join(posix.dirname(path), link)))
        .map((link) => `${path} links to ${link}, which is not there`),
    )
}

/** docs/architecture.md names every folder at the top and every pass. */
export const architectureIsComplete: Rule = (files) => {
  const text = files.find(({ path }) => path === 'docs/architecture.md')?.text ?? ''
  const folders = files.flatMap(({ path }) => /^((?:src\/)?[a-z][^/]*\/)/.exec(path)?.[1] ?? [])
  const passes = files.flatMap(({ path }) => /^instrument\/passes\/([^/]+)\.ts$/.exec(path)?.[1] ?? [])
  const parts = new Set([...folders.filter((folder) => folder !== 'src/'), ...passes.map((pass) => `\`${pass}\``)])
  return [...parts].filter((part) => !text.includes(part)).map((part) => `docs/architecture.md does not name ${part}`)
}
