import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { StatsFolder } from '../../src/node/stats-folder.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fuzzbox-stats-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const read = (name: string): string => readFileSync(join(folder, name), 'utf8')

test('a campaign replaces its statistics and adds to its plot, which begins anew with it', async () => {
  writeFileSync(join(folder, 'plot_data'), 'of an earlier campaign\n')
  const stats = new StatsFolder(folder, '# header\n')
  await stats.write('first\n', '1\n')
  await stats.write('second\n', '2\n')
  expect(read('fuzzer_stats')).toBe('second\n')
  expect(read('plot_data')).toBe('# header\n1\n2\n')
  expect(readdirSync(folder).sort()).toEqual(['fuzzer_stats', 'plot_data'])
})

test('what bears a name of the files is replaced, not followed and not waited for', async () => {
  const path = join(folder, 'stats')
  const stats = new StatsFolder(path, '# header\n')
  execFileSync('mkdir', [path])
  execFileSync('mkfifo', [join(path, 'plot_data')])
  writeFileSync(join(folder, 'mine'), 'keep me')
  symlinkSync(join(folder, 'mine'), join(path, 'fuzzer_stats'))
  await stats.write('first\n', '1\n')
  expect(read('mine')).toBe('keep me')
  expect(read('stats/plot_data')).toBe('# header\n1\n')
})

test('a folder that cannot be made is the caller’s to report', async () => {
  writeFileSync(join(folder, 'file'), '')
  await expect(new StatsFolder(join(folder, 'file/below'), '').write('', '')).rejects.toThrow(/ENOTDIR|EEXIST/)
})
