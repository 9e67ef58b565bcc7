// The options that say what a target is and how long it may run: the same for every verb.

import type { FuzzLimits, FuzzOptions } from '../core/fuzz.ts'
import { TIMEOUT_MS_DEFAULT, patienceMsOf } from '../core/limits.ts'
import type { Values } from './command-line.ts'

export function targetOptions(
  values: Values,
): Pick<FuzzOptions, 'entry' | 'types' | 'harness' | 'mutator' | 'imports' | 'layout' | 'limits'> {
  return {
    ...textOption('entry', values.entry),
    ...textOption('types', values.types),
    ...textOption('harness', values.harness),
    ...textOption('mutator', values.mutator),
    ...(values.imports === undefined ? {} : { imports: values.imports as 'trap' | 'zero' }),
    ...(values.layout === undefined ? {} : { layout: values.layout as 'two' | 'single' }),
    limits: limitsOf(values),
  }
}

/** How long one execution may show no end before its worker is given up, ms. */
export function patienceOf(values: Values): number {
  return patienceMsOf(typeof values.timeout === 'number' ? values.timeout : TIMEOUT_MS_DEFAULT)
}

function limitsOf(values: Values): FuzzLimits {
  return {
    ...numberOption('time', values.time),
    ...numberOption('runs', values.runs),
    ...numberOption('untilStable', values['until-stable']),
    ...numberOption('minimizeTime', values['minimize-time']),
    ...numberOption('minimizeRuns', values['minimize-runs']),
    ...numberOption('timeout', values.timeout),
    ...numberOption('memory', values.memory),
    ...numberOption('maxLen', values['max-len']),
  }
}

export function textOption<Name extends string>(name: Name, value: unknown): { [key in Name]?: string } {
  return (typeof value === 'string' ? { [name]: value } : {}) as { [key in Name]?: string }
}

export function numberOption<Name extends string>(name: Name, value: unknown): { [key in Name]?: number } {
  return (typeof value === 'number' ? { [name]: value } : {}) as { [key in Name]?: number }
}
