// What makes two findings the same finding, and what a finding's file is called.
//
//   key = kind | frame < frame < frame        "out-of-bounds|parseNumber < parseValue < fuzz"
//
// Frames of panic, abort and allocator machinery on top are skipped first, as ClusterFuzz does: they would
// make one finding out of all assertions of a program. Of them only the one stays that the program called, because
// optimisers put many functions into one, and a failed unwrap and a bad index in it are two bugs:
// "unreachable|panic_bounds_check < fuzz". If nothing else is left they all stay.

import { KEY_FRAMES } from '../limits.ts'
import type { Frame, Trap, TrapKind } from '../outcome.ts'

export type FindingClass = 'crash' | 'timeout' | 'oom'

/** Functions that report a failure or serve memory: the bug is in whoever called them. */
const MACHINERY: readonly RegExp[] = [
  // C and C++, wasi-libc, Emscripten
  /^_*(abort|assert_fail|assert|exit|raise|throw|terminate|cxa_\w+|stack_chk_fail|unreachable|trap)$/i,
  /^_*(malloc|calloc|realloc|reallocarray|free|memalign|aligned_alloc|posix_memalign|sbrk|dl(malloc|free|realloc|memalign)|emmalloc\w*)$/,
  /^_*(memcpy|memmove|memset|memcmp|strlen|strcpy|strcat|strcmp|strncmp|bzero)$/,
  /^operator (new|delete)/,
  /^std::(terminate|__\w+::__throw\w*|__throw\w*|abort)/,
  /^_Z(nw|na|dl|da)|^_ZSt9terminate|^_ZNSt.*__throw/,
  // Rust
  /\b(core|std|alloc)(\[[0-9a-f]+\])?::(panicking|panic|rt|alloc|raw_vec|sys(_common)?::backtrace|result::unwrap_failed|option::(expect|unwrap)_failed|slice::index::|str::slice_error_fail|cell::panic_)/,
  /^_ZN(3std|4core|5alloc)(9panicking|2rt5|5alloc|7raw_vec|10sys_common9backtrace|3sys9backtrace|5slice5index|3str16slice_error)/,
  /^(rust_panic\w*|rust_begin_unwind|__rust_\w+|__rg_\w+|__rdl_\w+|_RN.*(panicking|unwrap_failed|handle_alloc_error).*)$/,
  /panic_(fmt|bounds_check|nounwind|const)|unwrap_failed|handle_alloc_error|expect_failed|slice_\w+_index_\w*fail/,
  // AssemblyScript: its library checks bounds and casts for the program that calls it
  /^~lib\//,
  // Go, Zig, Swift, .NET
  /^runtime\.(gopanic|goPanic\w+|panic\w+|throw|fatal\w*|mallocgc|sigpanic)/,
  /^(builtin\.)?(default_panic|panicUnwrapError|panicOutOfBounds|panicSentinelMismatch)$/,
  /^swift_(unexpectedError|runtime_\w+|allocObject)|^\$ss\d+_assertionFailure/,
  // what fuzzbox inserts
  /^fuzzbox\./,
]

export function isMachinery(functionName: string): boolean {
  return MACHINERY.some((pattern) => pattern.test(functionName))
}

/** Where the program's own frames begin: after the machinery on top. */
function blamedIndex(frames: readonly Frame[]): number {
  return Math.max(
    0,
    frames.findIndex((frame) => !isMachinery(frame.functionName)),
  )
}

/** The message, and the function that is to blame: "unreachable in parse". */
export function titleOf({ message, frames }: Pick<Trap, 'message' | 'frames'>): string {
  const blamed = frames[blamedIndex(frames)]
  if (!blamed) return message
  // AssemblyScript's messages name a place of their own, which is often in its library.
  return `${message} ${/ in \S+:\d+:\d+$/.test(message) ? 'from' : 'in'} ${blamed.functionName}`
}

export function keyOf(trap: Trap): string {
  const blamed = blamedIndex(trap.frames)
  const isChance = trap.trap === 'timeout' || trap.trap === 'stack-overflow'
  const top = trap.frames
    .slice(isChance ? blamed : Math.max(0, blamed - 1), blamed + KEY_FRAMES)
    .map((frame) => frame.functionName.replace(/::h[0-9a-f]{16}$/, ''))
  const what = trap.trap === 'violation' ? `violation ${markOf(trap)}` : trap.trap
  return `${what}|${distinguished(trap, top).join(' < ')}`
}

/** What was violated, without the values it was violated with. */
function markOf({ message }: Trap): string {
  return message.split(' | ', 1)[0]!
}

/**
 * A recursion ends at whichever frame is on top when the limit comes, a hang wherever fuel ran out: for these the
 * order of the top frames is chance and only the set of functions counts.
 */
function distinguished(trap: Trap, names: readonly string[]): readonly string[] {
  if (trap.trap === 'stack-overflow') return [...new Set(names)].sort()
  if (trap.trap === 'timeout') return names.slice(0, 1)
  return names
}

/** libFuzzer's three families; exit codes and file names follow them. */
export function classOf(kind: TrapKind): FindingClass {
  if (kind === 'timeout') return 'timeout'
  return kind === 'memory-limit' ? 'oom' : 'crash'
}

export const EXIT_CODES = { clean: 0, error: 1, usage: 2, timeout: 70, oom: 71, crash: 77 } as const

/** The exit code of a set of findings: the gravest family speaks. */
export function exitCodeOf(kinds: readonly TrapKind[]): number {
  const classes = new Set(kinds.map(classOf))
  if (classes.has('crash')) return EXIT_CODES.crash
  if (classes.has('oom')) return EXIT_CODES.oom
  return classes.has('timeout') ? EXIT_CODES.timeout : EXIT_CODES.clean
}

/** `crash-<sha1>`, as libFuzzer and OSS-Fuzz name them; `inputName` is what a corpus would call the input. */
export function fileNameOf(kind: TrapKind, inputName: string): string {
  return `${classOf(kind)}-${inputName}`
}
