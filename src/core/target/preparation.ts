import type { PreparedTarget } from '../prepared.ts'
import type { TargetSource } from './load.ts'
import type { PrepareOptions } from './prepare.ts'

export declare function prepare(source: TargetSource, options: PrepareOptions): Promise<PreparedTarget>
