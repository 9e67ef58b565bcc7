// The command line's only entry: finds the verb, loads nothing but its file, and turns every ending into an exit code.

import { isCoded } from '../core/errors.ts'
import { EXIT_CODES } from '../core/findings/finding.ts'
import { packageVersion } from '../node/package-files.ts'
import { parseCommandLine, type CommandLine } from './command-line.ts'
import { mindOutput, standardError } from './console.ts'
import { isOurs } from './errors.ts'
import { helpText } from './options.ts'

/** Runs one command and returns its exit code; never throws. */
export async function main(words: readonly string[]): Promise<number> {
  mindOutput()
  try {
    return await dispatch(parseCommandLine(words))
  } catch (error) {
    if (isCoded(error)) {
      standardError.write(`fuzzbox: ${error.message} [${error.code}]\n`)
      return isOurs(error.code) ? EXIT_CODES.error : EXIT_CODES.usage
    }
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    standardError.write(`fuzzbox: a bug in fuzzbox, please report it: ${text} [E_INTERNAL]\n`)
    return EXIT_CODES.error
  }
}

async function dispatch(command: CommandLine): Promise<number> {
  if (command.wantsVersion) {
    process.stdout.write(`fuzzbox ${packageVersion()}\n`)
    return EXIT_CODES.clean
  }
  if (command.verb === null || command.values.help === true) {
    process.stdout.write(helpText(command.verb))
    return EXIT_CODES.clean
  }
  switch (command.verb) {
    case 'run':
      return await (await import('./run.ts')).run(command)
    case 'explore':
      return await (await import('./explore.ts')).explore(command)
    case 'replay':
      return await (await import('./replay.ts')).replay(command)
    case 'doctor':
      return await (await import('./doctor.ts')).doctor(command)
    case 'merge':
      return await (await import('./merge.ts')).merge(command)
    case 'minimize':
      return await (await import('./minimize.ts')).minimize(command)
    case 'list':
      return await (await import('./list.ts')).list(command)
    case 'clean':
      return await (await import('./clean.ts')).clean(command)
  }
}
