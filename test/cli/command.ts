// The real command in a process of its own, in an empty folder.

import { existsSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { spawn, spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { threadId } from 'node:worker_threads'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const BIN = join(ROOT, 'bin/fuzzbox.js')

export interface Ended {
  readonly code: number | null
  /** The signal that ended it, if one did. */
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface CommandOptions {
  readonly cwd: string
  /** Options of Node itself. */
  readonly nodeOptions?: readonly string[]
  /** Another Node than this one. */
  readonly node?: string
  /** A file in place of the pipe for standard output. */
  readonly stdoutPath?: string
  /** Called with all of standard output so far, whenever there is more. */
  readonly onOutput?: (stdout: string, interrupt: () => void, kill: () => void) => void
}

/** Runs `fuzzbox …words` to its end. */
export async function fuzzbox(
  words: readonly string[],
  { cwd, nodeOptions = [], node = process.execPath, stdoutPath, onOutput }: CommandOptions,
): Promise<Ended> {
  const env = { ...process.env, FUZZBOX_CACHE: join(ROOT, 'node_modules/.cache/fuzzbox') }
  const child = spawn(node, [...nodeOptions, BIN, ...words], {
    cwd,
    env,
    stdio: ['ignore', stdoutPath === undefined ? 'pipe' : openSync(stdoutPath, 'w'), 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    onOutput?.(
      stdout,
      () => child.kill('SIGINT'),
      () => child.kill('SIGKILL'),
    )
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
    child.on('close', (...ended) => resolve(ended)),
  )
  return { code, signal, stdout, stderr }
}

/** A file of test/targets, as a path that works from anywhere. */
export function targetPath(name: string): string {
  return join(ROOT, 'test/targets', name)
}

/**
 * Compiles src/ to build/ when a source is younger: the command runs what was built. Test files do this side by side, so
 * each compiles into a folder of its own and puts its files in place whole, the one that tells the age last.
 */
export function buildWhenStale(): void {
  const build = join(ROOT, 'build')
  const newest = 'src/cli/main.js'
  const built = join(build, newest)
  const builtMs = existsSync(built) ? statSync(built).mtimeMs : 0
  const sources = ['src', 'instrument'].flatMap((folder) =>
    filesIn(join(ROOT, folder)).map((name) => join(folder, name)),
  )
  // What the engine and the host agree upon is compiled into both.
  sources.push('assembly/abi.ts')
  if (sources.every((name) => statSync(join(ROOT, name)).mtimeMs <= builtMs)) return
  const fresh = join(build, `.tree-${process.pid}-${threadId}`)
  const options = ['-p', 'tsconfig.build.json', '--noCheck', '--outDir', fresh]
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
  const { status, stdout } = spawnSync(process.execPath, [tsc, ...options], { cwd: ROOT, encoding: 'utf8' })
  if (status !== 0) throw new Error(stdout)
  for (const name of [...filesIn(fresh).filter((name) => join(name) !== join(newest)), newest]) {
    mkdirSync(dirname(join(build, name)), { recursive: true })
    renameSync(join(fresh, name), join(build, name))
  }
  rmSync(fresh, { recursive: true })
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') || name.endsWith('.js'),
  )
}
