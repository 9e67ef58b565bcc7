// `fuzzbox run` from the start of its process to its first execution and its end, with a module that is instrumented for
// the first time and with one that is found in the cache, beside `node -e 0`. All cores may be used.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { build, installed } from './lib/build.ts'
import { launch, type Launched } from './lib/launch.ts'
import { parseBenchOptions } from './lib/options.ts'
import { ROOT } from './lib/paths.ts'
import { row, save, type Row } from './lib/result.ts'
import { textTable } from './lib/table.ts'
import { libraryTargets } from './lib/targets.ts'

const GOALS_MS = { cold: 1000, cached: 250 } as const

export async function startup(words: string[]): Promise<void> {
  const options = parseBenchOptions('startup', words, { seconds: 0 })
  const target = libraryTargets().targets.find(({ name }) => name === 'zlib')
  if (!target || !installed('clang-19')) {
    console.log('skipped startup: clang-19 or the source of zlib is missing, run bench/setup.sh')
    return
  }
  const folder = mkdtempSync(join(tmpdir(), 'fuzzbox-bench-'))
  const cache = join(folder, 'cache')
  cpSync(build(target, 'wasm'), join(folder, 'zlib.wasm'))
  const env = { ...process.env, XDG_CACHE_HOME: cache }
  const cli = [process.execPath, `${ROOT}bin/fuzzbox.js`, 'run', 'zlib.wasm', '--runs', '1', '--quiet']
  const times: Record<'cold' | 'cached' | 'node', Launched[]> = { cold: [], cached: [], node: [] }
  try {
    for (let pair = 0; pair < options.pairs; pair++) {
      rmSync(cache, { recursive: true, force: true })
      mkdirSync(cache)
      for (const kind of ['cold', 'cached'] as const) {
        const done = await launch(cli, { cwd: folder, env, oneCore: false })
        if (done.status !== 0) throw new Error(`${cli.join(' ')} ended with ${done.status}: ${done.stderr}`)
        times[kind].push(done)
      }
      times.node.push(await launch([process.execPath, '-e', '0'], { cwd: folder, oneCore: false }))
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const wallMs = (runs: readonly Launched[]): number[] => runs.map((run) => run.wallSeconds * 1000)
  const rows: Row[] = (['cold', 'cached'] as const).flatMap((kind) => {
    const common = {
      target: 'zlib, 79 KB',
      metric: `start to end of one execution, ${kind}`,
      unit: 'ms wall',
      ours: wallMs(times[kind]),
    }
    const limit = times[kind].map(() => GOALS_MS[kind])
    return [
      row({ ...common, peer: 'the aim', theirs: limit, goal: 1 }),
      row({ ...common, peer: 'node -e 0', theirs: wallMs(times.node), goal: null }),
    ]
  })
  console.log(textTable(rows))
  if (options.save) await save('startup', options.command, rows, [])
}
