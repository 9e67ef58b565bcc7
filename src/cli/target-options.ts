// The options that say what a target is and how long it may run: the same for every verb.

import type { FuzzLimits, FuzzOptions } from '../core/fuzz.ts'
import type { Values } from './command-line.ts'

export function targetOptions(values: Values): Pick<FuzzOptions, 'entry' | 'harness' | 'imports' | 'limits'> {
  return {
    ...textOption('entry', values.entry),
    ...textOption('harness', values.harness),
    ...(values.imports === undefined ? {} : { imports: values.imports as 'trap' | 'zero' }),
    limits: limitsOf(values),
  }
}

function limitsOf(values: Values): FuzzLimits {
  return {
    ...numberOption('time', values.time),
    ...numberOption('runs', values.runs),
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
