// `fuzzbox clean`: removes what was generated, and says what that was.

import { EVENTS_VERSION } from '../core/campaign/events.ts'
import { EXIT_CODES } from '../core/findings/finding.ts'
import { targetNameOf } from '../core/target/target-name.ts'
import { formatCount, formatSize } from '../core/units.ts'
import { clean as cleanFolders, type Cleaned } from '../node/cleaning.ts'
import { knownTargets } from '../node/project-folders.ts'
import type { CommandLine } from './command-line.ts'
import { standardOutput } from './console.ts'
import { cliErrors } from './errors.ts'

/** Returns the exit code. */
export async function clean({ operands, values }: CommandLine): Promise<number> {
  const [path, extra] = operands
  if (extra !== undefined) throw cliErrors.tooMany('clean', extra)
  const target = path === undefined ? null : targetNameOf(path)
  if (target !== null && !knownTargets().includes(target)) throw cliErrors.nothingOf(target, knownTargets())
  const dryRun = values['dry-run'] === true
  const cleaned = cleanFolders({ target, findings: values.findings === true, cache: values.cache === true, dryRun })
  if (values.json === true) {
    for (const entry of cleaned) {
      standardOutput.write(`${JSON.stringify({ type: 'clean', version: EVENTS_VERSION, dryRun, ...entry })}\n`)
    }
  } else
    standardOutput.write(
      cleaned.length === 0 ? 'there was nothing to remove\n' : cleaned.map((entry) => textOf(entry, dryRun)).join(''),
    )
  return EXIT_CODES.clean
}

function textOf({ what, folder, files, bytes, foreign }: Cleaned, dryRun: boolean): string {
  const verb = dryRun ? 'would remove' : 'removed'
  const others = foreign > 0 ? `; ${formatCount(foreign)} of other origin stay` : ''
  return `${what.padEnd(10)}  ${verb} ${formatCount(files.length)} files, ${formatSize(bytes)}, of ${folder}${others}\n`
}
