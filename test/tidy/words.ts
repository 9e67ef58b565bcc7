// Words that must not be in any file: work put off, tests switched off, places that exist on one machine only.
import type { Rule, TextFile } from './files.ts'

// Spelled in two halves, because this file is read by its own rules.
const PUT_OFF = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X'].join('|')})\\b`)
const SWITCHED_OFF = new RegExp(`\\b(test|it|describe|suite)\\.(${['on' + 'ly', 'sk' + 'ip'].join('|')})\\b`)
const MACHINE_PATH = new RegExp(
  `(^|[^\\w.@/-])/(${['wo' + 'rk', 'ro' + 'ot', 'ho' + 'me/\\w+', 'Us' + 'ers/\\w+', 'tm' + 'p/\\w'].join('|')})`,
)
const REGISTRY = new RegExp(
  `https?://[\\w.-]*(${['regi' + 'stry', 'arti' + 'factory', 'npm' + 'mirror'].join('|')})[\\w.-]*[/:]|"resol` +
    'ved":',
)

export const nothingPutOff: Rule = (files) =>
  where(files, PUT_OFF, 'puts work off: do it, or write it down in the changelog')

export const noTestSwitchedOff: Rule = (files) =>
  where(
    files.filter(({ path }) => path.endsWith('.test.ts')),
    SWITCHED_OFF,
    'switches tests off',
  )

export const noMachinePaths: Rule = (files) => where(files, MACHINE_PATH, 'names a path of one machine')

export const noRegistryHosts: Rule = (files) => where(files, REGISTRY, 'names the host of a package registry')

function where(files: readonly TextFile[], pattern: RegExp, what: string): readonly string[] {
  return files.flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line) ? [`${path}:${index + 1} ${what}: ${line.trim().slice(0, 80)}`] : [],
      ),
  )
}
