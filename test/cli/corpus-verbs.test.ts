import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { zipSync } from 'fflate'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildWhenStale, fuzzbox, targetPath, type Ended } from './command.ts'

beforeAll(buildWhenStale, 120_000)

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'fuzzbox-verbs-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

const run = (...words: string[]): Promise<Ended> => fuzzbox(words, { cwd })
/** Ends with exit code 3 where the input begins with "E". */
const EXITS = targetPath('hostile/exits.wat')
const JSON_TARGET = targetPath('../../examples/json.ts')

function write(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(cwd, dirname(name)), { recursive: true })
    writeFileSync(join(cwd, name), content)
  }
}

describe('fuzzbox merge', () => {
  test('adds to a corpus what is missing, and names what fails', async () => {
    write({ 'in/fine': 'x', 'in/same': 'x', 'in/bad': 'E' })
    const ended = await run('merge', EXITS, 'out', 'in')
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(ended.stdout).toMatch(/^out: 1 inputs reach everything\n.*3 files, 2 distinct[^]*added +1[^]*exit: in\/bad/)
    expect(readdirSync(join(cwd, 'out'))).toEqual(['11f6ad8ec52a2984abaafd7c3b516503785c2072'])
    const again = await run('merge', EXITS, 'out', 'in', '--json', '--workers', '1')
    expect(JSON.parse(again.stdout)).toMatchObject({ type: 'merge', version: 1, kept: 1, added: 0, removed: 0 })
  })

  test('killed in the middle of a line of its journal goes on from there, to the same end', async () => {
    const inputs = Array.from({ length: 60 }, (_, index) => [`in/${index}`, '['.repeat(index % 9) + index] as const)
    write(Object.fromEntries(inputs))
    const whole = JSON.parse((await run('merge', JSON_TARGET, 'whole', 'in', '--json')).stdout) as object
    // Half of the fortieth line, and no chance to tidy up.
    const kill = `import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module'
      const write = fs.writeSync; let lines = 0
      fs.writeSync = (descriptor, text, ...rest) => {
        if (!/^[0-9a-f]{40} /.test(text) || ++lines < 40) return write(descriptor, text, ...rest)
        write(descriptor, text.slice(0, text.length / 2)); process.kill(process.pid, 'SIGKILL')
      }
      syncBuiltinESMExports()`
    const nodeOptions = ['--import', `data:text/javascript,${encodeURIComponent(kill)}`]
    const killed = await fuzzbox(['merge', JSON_TARGET, 'out', 'in', '--workers', '1'], { cwd, nodeOptions })
    expect(killed).toMatchObject({ code: null, stdout: '' })
    expect(readdirSync(join(cwd, 'out'))).toEqual([])
    const resumed = await run('merge', JSON_TARGET, 'out', 'in')
    expect(resumed).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('39 of them measured before an interruption'),
    })
    expect(readdirSync(join(cwd, 'out'))).toEqual(readdirSync(join(cwd, 'whole')))
    expect(readdirSync(cwd).sort()).toEqual(['in', 'out', 'whole'])
    const after = JSON.parse((await run('merge', JSON_TARGET, 'again', 'out', '--json')).stdout) as object
    expect(after).toMatchObject({ features: (whole as { features: number }).features })
  }, 120_000)

  test('removes what is redundant with --in-place only', async () => {
    write({ 'out/a': 'x', 'out/b': 'xx', 'out/README': 'about' })
    expect(await run('merge', EXITS, 'out')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^fuzzbox: there is nothing to merge into out:.*--in-place \[E_USAGE\]\n$/),
    })
    const ended = await run('merge', EXITS, 'out', '--in-place')
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/removed +1 files; their names are in/) })
    expect(readdirSync(join(cwd, 'out'))).toEqual(['README', 'a'])
  })
})

describe('fuzzbox minimize', () => {
  test('makes a failing input as small as can be, and writes it beside', async () => {
    write({ bad: 'E and what nobody reads' })
    const ended = await run('minimize', EXITS, 'bad')
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining('keeping proc_exit(3) (exit)') })
    expect(ended.stdout).toMatch(/^bad\.min: 23 B → 1 B after \d+ runs; nothing smaller keeps it\n$/)
    expect(readFileSync(join(cwd, 'bad.min'), 'utf8')).toBe('E')
  })

  test('keeps the edges of an input that returns, and says all that with --json', async () => {
    write({ fine: '[[1],[2],[3]]          ' })
    const ended = await run('minimize', JSON_TARGET, 'fine', '--output', 'deep/small', '--json')
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    const event = JSON.parse(ended.stdout) as Record<string, unknown>
    expect(event).toMatchObject({ type: 'minimize', keeps: 'edges', sizeBefore: 23, output: 'deep/small' })
    expect(readFileSync(join(cwd, 'deep/small'))).toHaveLength(event['sizeBytes'] as number)
    expect(event['sizeBytes']).toBeLessThan(23)
  })

  test('is refused in one sentence when the result cannot be written: E_OUTPUT_FILE', async () => {
    write({ bad: 'E and', file: '' })
    const ended = await run('minimize', EXITS, 'bad', '--output', 'file/small')
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('E_OUTPUT_FILE') })
  })
})

describe('fuzzbox list and clean', () => {
  test('show what a campaign left, and remove it', async () => {
    await run('run', EXITS, '--runs', '5000', '--seed', '1')
    const generated = 'fuzz/corpus/exits/11f6ad8ec52a2984abaafd7c3b516503785c2072'
    write({ 'fuzz/corpus/exits/mine': 'mine', [generated]: 'x', 'fuzz/regressions/exits/bad': 'E' })
    const listed = await run('list')
    expect(listed).toMatchObject({ code: 0, stderr: '' })
    expect(listed.stdout).toMatch(
      /^exits\n +corpus +2 files, 5 B, in[^]*findings +1\n +proc_exit\(3\)[^]*replay[^]*regressions +1 file,/,
    )
    const [event] = (await run('list', EXITS, '--json')).stdout.split('\n')
    expect(JSON.parse(event!)).toMatchObject({ type: 'target', target: 'exits', regressions: { files: 1 } })
    expect((await run('clean', '--dry-run')).stdout).toMatch(/^corpus +would remove 1 files.*; 1 of other origin stay/)
    expect((await run('clean', 'exits', '--findings')).stdout).toMatch(/findings +removed 2 files/)
    expect(readdirSync(join(cwd, 'fuzz')).sort()).toEqual(['corpus', 'regressions'])
    expect(readdirSync(join(cwd, 'fuzz/corpus/exits'))).toEqual(['mine'])
    expect(await run('list', 'exist')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean "exits"?'),
    })
  })

  test('say so where there is nothing', async () => {
    expect(await run('list')).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing under fuzz/ yet') })
    expect(await run('clean')).toMatchObject({ code: 0, stdout: 'there was nothing to remove\n' })
  })
})

describe('fuzzbox replay without inputs', () => {
  test('runs the regressions of the target, and says so', async () => {
    write({ 'fuzz/regressions/exits/bad': 'E', 'fuzz/regressions/exits/fine': 'x' })
    const ended = await run('replay', EXITS)
    expect(ended).toMatchObject({ code: 77, stderr: '' })
    expect(ended.stdout).toMatch(
      /^replaying the 2 regressions of fuzz\/regressions\/exits\n[^]*2 inputs, 1 of them fail\n$/,
    )
  })

  test('says in one sentence that there are none', async () => {
    expect(await run('replay', EXITS)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /^fuzzbox: there is nothing to replay: fuzz\/regressions\/exits [^\n]* \[E_USAGE\]\n$/,
      ),
    })
  })
})

describe('what lies beside a target', () => {
  beforeEach(() => {
    write({
      'exits.wat': readFileSync(EXITS),
      'exits.options': '[libfuzzer]\nmax_len = 8\nseed = 5\nclose_fd_mask = 3\n',
      'exits.dict': '"token"\n',
      'exits_seed_corpus.zip': zipSync({ seed: Buffer.from('from the zip') }),
    })
  })

  test('is used, said in one line, and what is new goes to the default corpus', async () => {
    const ended = await run('run', 'exits.wat', '--runs', '300', '--json')
    const events = ended.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    const files = 'exits.options, exits.dict and exits_seed_corpus.zip'
    const message = `using ${files} beside exits.wat; ignored in there: close_fd_mask`
    expect(events[0]).toEqual({ type: 'warning', version: 1, code: 'W_COMPANIONS', message })
    // The seed of the archive is longer than the options allow.
    expect(events[1]).toMatchObject({ code: 'W_SEEDS_REJECTED', message: expect.stringContaining('1 seed') })
    expect(events.at(-1)).toMatchObject({ type: 'end', seed: 5 })
    const text = (await run('run', 'exits.wat', '--runs', '300')).stdout
    expect(text).toContain(`note: ${message} [W_COMPANIONS]\n`)
    expect(text).not.toMatch(/WARNING: using/)
  })

  test('gives way to the command line', async () => {
    const { stdout } = await run('run', 'exits.wat', '--runs', '300', '--json', '--seed', '9', '--max-len', '64')
    expect(stdout).not.toContain('W_SEEDS_REJECTED')
    expect(stdout).toContain('"seed":9')
  })

  test('is refused with its line where it is wrong: E_OPTIONS_FILE', async () => {
    write({ 'mine.options': 'max_len = many\n' })
    const ended = await run('run', 'exits.wat', '--options', 'mine.options')
    expect(ended).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/mine\.options:1 is no whole number.*E_OPTIONS_FILE/),
    })
  })
})

test('an archive is a corpus, and --dict may be given several times, with a level', async () => {
  write({ 'seeds.zip': zipSync({ bad: Buffer.from('E') }), 'a.dict': '"one"\n', 'b.dict': 'low="two"\nhigh@3="\\q"\n' })
  const words = ['run', EXITS, 'seeds.zip', '--runs', '10', '--json', '--dict', 'a.dict', '--dict']
  const ended = await run(...words, 'a.dict@1')
  expect(ended).toMatchObject({ code: 77, stdout: expect.stringContaining('"type":"finding"') })
  // Every file is read, and a bad token is one at every level.
  expect(await run(...words, 'b.dict@1')).toMatchObject({ code: 2, stderr: expect.stringContaining('b.dict:2') })
})
