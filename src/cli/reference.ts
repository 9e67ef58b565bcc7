// docs/cli.md, from the same table that parses the command line.

import { EXIT_MEANINGS } from './exit-codes.ts'
import { helpOf, OPTIONS, VERBS, type Verb } from './options.ts'

const HEAD = `# Command line

Generated from \`src/cli/options.ts\` by \`npm run docs\`; a test compares the two.

TARGET is a \`.wasm\`, \`.wat\` or AssemblyScript \`.ts\` file. Durations are written \`500ms\`, \`30s\`, \`5m\`; sizes \`4096\`,
\`64KiB\`, \`64MiB\`.
`

/** The whole page, as Markdown. */
export function cliReference(): string {
  return [
    HEAD,
    ...VERBS.map(verbSection),
    '## Exit codes',
    '',
    'Of several findings the gravest speaks: a crash, then too much memory, then a timeout.',
    '',
    '| code | meaning |',
    '| --- | --- |',
    ...EXIT_MEANINGS.map(([code, meaning]) => `| ${code} | ${meaning} |`),
    '',
  ].join('\n')
}

function verbSection({ verb, usage, help }: (typeof VERBS)[number]): string {
  return [`## \`fuzzbox ${usage}\``, '', `${sentence(help)}`, '', ...table(verb), ''].join('\n')
}

function table(verb: Verb): readonly string[] {
  const options = OPTIONS.filter(({ verbs }) => verbs.includes(verb))
  const rows = options.map((spec) => {
    const option = `--${spec.name} ${spec.placeholder}`.trim().replaceAll('|', '\\|')
    return `| \`${option}\` | ${helpOf(spec).replaceAll('<', '\\<')} |`
  })
  return ['| option | meaning |', '| --- | --- |', ...rows]
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`
}
