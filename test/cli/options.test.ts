import { describe, expect, test } from 'vitest'
import { parseCommandLine } from '../../src/cli/command-line.ts'
import { helpText, OPTIONS, VERBS } from '../../src/cli/options.ts'

describe('the command line', () => {
  test('reads words, flags and values with their units', () => {
    const words =
      'run a.wasm seeds --time 1m30s --runs=1e6 --memory 64MiB --stop-on-finding --max-len 4k --imports zero'
    expect(parseCommandLine(words.split(' '))).toEqual({
      verb: 'run',
      operands: ['a.wasm', 'seeds'],
      values: { time: 90_000, runs: 1e6, memory: 2 ** 26, 'stop-on-finding': true, 'max-len': 4_096, imports: 'zero' },
      wantsVersion: false,
    })
  })

  test('takes what follows -- as words, however they look', () => {
    expect(parseCommandLine(['replay', 'a.wasm', '--', '--json'])).toMatchObject({
      operands: ['a.wasm', '--json'],
      values: {},
    })
  })

  test.each([
    ['rum', /"rum" is no command; did you mean "run"\?/],
    ['frobnicate', /"frobnicate" is no command; the commands are run, explore, replay, .* and clean, see/],
    ['run x --tmie 3s', /"--tmie" is no option of run; did you mean "--time"\?/],
    ['run x --xyzzy', /"--xyzzy" is no option of run; see: fuzzbox run --help/],
    ['run x -t', /"-t" is no option of run/],
    ['run x -max_total_time=60', /"-max_total_time=60" is no option of run; write --time 30s; see/],
    ['run x -rss_limit_mb=64', /write --memory 64MiB/],
    ['run x -json', /"-json" is no option of run; write --json; see/],
    ['run x -jobs=4', /"-jobs=4" is no option of run; write --workers N; see/],
    ['run x -verbosity=2', /"-verbosity=2" is no option of run; see/],
    ['doctor x --runs 3', /"--runs" is no option of doctor, it belongs to run/],
    ['run x --time', /--time needs a value: --time 30s/],
    ['run x --time --json', /--time needs a value/],
    ['run x --time soon', /--time soon is not a duration such as 30s or 5m/],
    ['run x --runs 1.5', /--runs 1.5 is not a whole number/],
    ['run x --memory lots', /--memory lots is not a size such as 64MiB/],
    ['run x --imports maybe', /--imports maybe is not one of trap, zero/],
    ['run x --json=yes', /--json takes no value/],
  ])('refuses "%s" in one sentence: E_USAGE', (line, message) => {
    expect(() => parseCommandLine(line.split(' '))).toThrow(expect.objectContaining({ code: 'E_USAGE' }))
    expect(() => parseCommandLine(line.split(' '))).toThrow(message)
  })

  test.each([[[]], [['--help']], [['help']], [['-h']]])('asks for help with %j', (words: string[]) => {
    expect(parseCommandLine(words)).toMatchObject({ verb: null, wantsVersion: false })
  })
})

describe('help', () => {
  test('names every command and every option of the table', () => {
    for (const { name } of OPTIONS) expect(helpText(null)).toContain(`--${name}`)
    for (const { usage } of VERBS) expect(helpText(null)).toContain(`fuzzbox ${usage}`)
  })

  test('of one command names its options only', () => {
    expect(helpText('doctor')).toContain('--entry')
    expect(helpText('doctor')).not.toContain('--runs')
    expect(parseCommandLine(['doctor', '-h']).values.help).toBe(true)
  })
})
