// Small targets for promises, and what is asked of the events of a campaign.
import type { SessionEvent } from '../../src/core/campaign/events.ts'
import type { TargetSource } from '../../src/core/target/load.ts'
import { wat } from '../support/targets.ts'

/** A target whose entry has this body: `$p` and `$n` are pointer and length, `$i` and `$k` are free. */
export function target(body: string, functions = ''): TargetSource {
  return wat(
    `(module (memory (export "memory") 1) ${functions}
      (func (export "LLVMFuzzerTestOneInput") (param $p i32) (param $n i32) (result i32) (local $i i32) (local $k i32)
        ${body}
        (i32.const 0)))`,
    'promise.wat',
  )
}

/** `then` where the byte at `offset` is this one. */
export const byteIs = (offset: number, byte: string, then: string): string =>
  `(if (i32.and (i32.gt_u (local.get $n) (i32.const ${offset}))
                (i32.eq (i32.load8_u offset=${offset} (local.get $p)) (i32.const ${byte.charCodeAt(0)})))
    (then ${then}))`

export const DIFFERENT = '(local.set $k (i32.add (local.get $k) (i32.const 1)))'

/** Codes of the warnings among the events. */
export function warningsOf(events: readonly SessionEvent[]): string[] {
  return events.flatMap((event) => (event.type === 'warning' ? [event.code] : []))
}
