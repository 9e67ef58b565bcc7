import { spawn } from 'node:child_process'

import { launcher, pinned } from './build.ts'

export interface Launched {
  readonly status: number
  readonly wallSeconds: number
  readonly cpuSeconds: number
  readonly rssKiB: number
  readonly stdout: string
  readonly stderr: string
}

export interface LaunchOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** Default true: on one core. */
  readonly oneCore?: boolean
}

/** Runs a program to its end and tells what it took, start-up included. */
export function launch(words: readonly string[], options: LaunchOptions = {}): Promise<Launched> {
  const { oneCore = true, ...spawnOptions } = options
  const launched = [launcher(), ...words]
  const [command, ...rest] = oneCore ? pinned(launched) : launched
  const child = spawn(command!, rest, { ...spawnOptions, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] })
  const texts = ['', '', '']
  ;[child.stdout, child.stderr, child.stdio[3]].forEach((stream, index) => {
    stream!.on('data', (chunk: Buffer) => (texts[index] += chunk.toString('latin1')))
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => {
      if (!texts[2]) return reject(new Error(`${words.join(' ')} could not be run: ${texts[1]}`))
      const usage = JSON.parse(texts[2]) as Pick<Launched, 'wallSeconds' | 'cpuSeconds' | 'rssKiB'>
      resolve({ ...usage, status: status ?? -1, stdout: texts[0]!, stderr: texts[1]! })
    })
  })
}
