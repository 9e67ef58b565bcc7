// The real command in a process of its own, in an empty folder.

import { existsSync, readdirSync, statSync } from 'node:fs'
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const BIN = join(ROOT, 'bin/fuzzbox.js')

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface CommandOptions {
  readonly cwd: string
  /** Options of Node itself. */
  readonly nodeOptions?: readonly string[]
  /** Called with all of standard output so far, whenever there is more. */
  readonly onOutput?: (stdout: string, interrupt: () => void) => void
}

/** Runs `fuzzbox …words` to its end. */
export async function fuzzbox(
  words: readonly string[],
  { cwd, nodeOptions = [], onOutput }: CommandOptions,
): Promise<Ended> {
  const env = { ...process.env, FUZZBOX_CACHE: join(ROOT, 'node_modules/.cache/fuzzbox') }
  const child = spawn(process.execPath, [...nodeOptions, BIN, ...words], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    onOutput?.(stdout, () => child.kill('SIGINT'))
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, stdout, stderr }
}

/** A file of test/targets, as a path that works from anywhere. */
export function targetPath(name: string): string {
  return join(ROOT, 'test/targets', name)
}

/** Compiles src/ to build/ when a source is younger: the command runs what was built. */
export function buildWhenStale(): void {
  const built = join(ROOT, 'build/src/cli/main.js')
  const builtMs = existsSync(built) ? statSync(built).mtimeMs : 0
  const sources = ['src', 'instrument'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(ROOT, folder, name)),
  )
  if (sources.filter((path) => path.endsWith('.ts')).every((path) => statSync(path).mtimeMs <= builtMs)) return
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  if (status !== 0 && !existsSync(built)) throw new Error(stdout)
}
