// `fuzzbox list`: what there is under fuzz/, a target at a time.

import { EVENTS_VERSION } from '../core/campaign/events.ts'
import { EXIT_CODES } from '../core/findings/finding.ts'
import { targetNameOf } from '../core/target/target-name.ts'
import { formatCount, formatSize } from '../core/units.ts'
import { inventoryOf, type Inventory, type ListedFinding } from '../node/inventory.ts'
import { knownTargets } from '../node/project-folders.ts'
import type { CommandLine } from './command-line.ts'
import { standardOutput } from './console.ts'
import { cliErrors } from './errors.ts'

const REGRESSIONS_SHOWN = 20

/** Returns the exit code. */
export async function list({ operands, values }: CommandLine): Promise<number> {
  const [target, extra] = operands
  if (extra !== undefined) throw cliErrors.tooMany('list', extra)
  const known = knownTargets()
  const name = target === undefined ? null : targetNameOf(target)
  if (name !== null && !known.includes(name)) throw cliErrors.nothingOf(name, known)
  const inventories = (name === null ? known : [name]).map(inventoryOf)
  if (values.json === true) {
    for (const inventory of inventories) {
      standardOutput.write(`${JSON.stringify({ type: 'target', version: EVENTS_VERSION, ...inventory })}\n`)
    }
  } else if (inventories.length === 0) {
    standardOutput.write('there is nothing under fuzz/ yet; begin with: fuzzbox run parser.wasm\n')
  } else standardOutput.write(`${inventories.map(textOf).join('\n\n')}\n`)
  return EXIT_CODES.clean
}

function textOf({ target, corpus, findings, regressions }: Inventory): string {
  const lines = [target, `  corpus       ${countText(corpus)}`, `  findings     ${findings.length || 'none'}`]
  lines.push(...findings.flatMap(findingLines), `  regressions  ${countText(regressions)}`)
  lines.push(...regressions.names.slice(0, REGRESSIONS_SHOWN).map((path) => `    ${path}`))
  const more = regressions.names.length - REGRESSIONS_SHOWN
  return [...lines, ...(more > 0 ? [`    … and ${more} more`] : [])].join('\n')
}

function countText({ folder, files, bytes }: Inventory['corpus']): string {
  if (files === 0) return 'none'
  return `${formatCount(files)} file${files === 1 ? '' : 's'}, ${formatSize(bytes)}, in ${folder}`
}

function findingLines({ path, sizeBytes, about }: ListedFinding): string[] {
  if (about === null) return [`    ${path} (${formatSize(sizeBytes)}), not described`]
  const { kind, message, reproduced, reproduceRuns, replay } = about
  const often = reproduceRuns === 0 ? 'not run again' : `reproduces ${reproduced} of ${reproduceRuns} times`
  const first = message.split('\n', 1)[0] ?? ''
  return [
    `    ${first} (${kind}, ${formatSize(sizeBytes)}, ${often})`,
    `      ${path}`,
    ...(replay ? [`      ${replay}`] : []),
  ]
}
