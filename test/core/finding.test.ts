import { describe, expect, test } from 'vitest'
import { classOf, exitCodeOf, fileNameOf, isMachinery, keyOf, titleOf } from '../../src/core/findings/finding.ts'
import type { Trap, TrapKind } from '../../src/core/outcome.ts'

function trap(kind: TrapKind, ...names: string[]): Trap {
  const frames = names.map((functionName, functionIndex) => ({
    functionIndex,
    functionName,
    offset: functionIndex * 7,
  }))
  return { kind: 'trap', trap: kind, message: 'it trapped', frames }
}

describe('the key of a finding', () => {
  test('is its kind and its top three frames', () => {
    expect(keyOf(trap('out-of-bounds', 'read', 'parse', 'fuzz', 'main'))).toBe('out-of-bounds|read < parse < fuzz')
  })

  test('does not depend on offsets, nor on frames further down', () => {
    const shallow = trap('unreachable', 'read', 'parse', 'fuzz')
    const deep = trap('unreachable', 'read', 'parse', 'fuzz', 'a', 'b')
    const moved = { ...shallow, frames: shallow.frames.map((frame) => ({ ...frame, offset: null })) }
    expect(keyOf(deep)).toBe(keyOf(shallow))
    expect(keyOf(moved)).toBe(keyOf(shallow))
  })

  test.each([
    ['C', ['abort', '__assert_fail']],
    ['an allocator', ['dlmalloc', 'malloc', 'operator new(unsigned long)']],
    ['Rust', ['rust_panic', 'core::panicking::panic_fmt', 'core[1a2b]::result::unwrap_failed']],
    [
      'Rust, with its names as the module has them',
      [
        '__rust_start_panic',
        '_ZN3std9panicking20rust_panic_with_hook17h1b1329eaa36c7fa5E',
        '_ZN3std10sys_common9backtrace26__rust_end_short_backtrace17h541c65d4ea74e8baE',
        '_ZN4core9panicking5panic17h118149a781a98a78E',
      ],
    ],
    [
      'Rust, with its names as they read',
      [
        'std::sys::backtrace::__rust_end_short_backtrace',
        'core::str::slice_error_fail',
        'alloc::raw_vec::capacity_overflow',
      ],
    ],
    ['AssemblyScript', ['~lib/staticarray/StaticArray<f64>#__get', '~lib/rt/itcms/__new']],
    ['Go', ['runtime.gopanic']],
  ])('keeps of the panic, abort and allocator frames of %s only what the program called', (_, machinery) => {
    const called = machinery.at(-1)!
    expect(keyOf(trap('unreachable', 'rust_panic', ...machinery, 'parse', 'fuzz'))).toBe(
      `unreachable|${called.replace(/::h[0-9a-f]{16}$/, '')} < parse < fuzz`,
    )
  })

  test('tells a failed unwrap from a bad index in one function, into which others were inlined', () => {
    const unwrap = trap('unreachable', 'rust_panic', 'core::result::unwrap_failed', 'fuzz')
    const index = trap('unreachable', 'rust_panic', 'core::panicking::panic_bounds_check', 'fuzz')
    expect(keyOf(unwrap)).not.toBe(keyOf(index))
  })

  test('skips machinery altogether where its being on top is chance', () => {
    expect(keyOf(trap('timeout', 'memcpy', 'parse'))).toBe('timeout|parse')
    expect(keyOf(trap('stack-overflow', 'malloc', 'parse'))).toBe('stack-overflow|parse')
  })

  test('keeps functions that only sound alike', () => {
    for (const name of ['parseAbort', 'freeList', 'mallocTest', 'assertion_parser', 'exitCode']) {
      expect(isMachinery(name)).toBe(false)
    }
  })

  test('blames in its title whoever called the machinery', () => {
    expect(titleOf(trap('unreachable', 'rust_panic', 'core::panicking::panic', 'demo::parse'))).toBe(
      'it trapped in demo::parse',
    )
    expect(titleOf(trap('unreachable'))).toBe('it trapped')
    const message = 'abort: Index out of range in ~lib/array.ts:7:1'
    expect(titleOf({ ...trap('abort', '~lib/array/Array#get', 'parse'), message })).toBe(`${message} from parse`)
  })

  test('keeps machinery when there is nothing else', () => {
    expect(keyOf(trap('unreachable', 'abort'))).toBe('unreachable|abort')
  })

  test('drops the hash that ends a Rust name, because every build has another', () => {
    expect(keyOf(trap('unreachable', 'demo::parse::h0123456789abcdef'))).toBe('unreachable|demo::parse')
  })

  test('makes one finding of a recursion, wherever in its cycle the limit came', () => {
    expect(keyOf(trap('stack-overflow', 'a', 'b', 'a'))).toBe(keyOf(trap('stack-overflow', 'b', 'a', 'b')))
  })
})

describe('families of findings', () => {
  test('give libFuzzer its file names', () => {
    expect(fileNameOf('divide-by-zero', 'abc')).toBe('crash-abc')
    expect(fileNameOf('timeout', 'abc')).toBe('timeout-abc')
    expect(fileNameOf('memory-limit', 'abc')).toBe('oom-abc')
  })

  test('count a stack overflow as a crash', () => expect(classOf('stack-overflow')).toBe('crash'))

  test('give the exit codes 0, 70, 71 and 77, the gravest first', () => {
    expect(exitCodeOf([])).toBe(0)
    expect(exitCodeOf(['timeout'])).toBe(70)
    expect(exitCodeOf(['timeout', 'memory-limit'])).toBe(71)
    expect(exitCodeOf(['timeout', 'memory-limit', 'exit'])).toBe(77)
  })
})
