import { spawn } from 'node:child_process'

import { launcher, pinned } from './build.ts'
import { cpuSecondsOfTree } from './process-tree.ts'

export interface Launched {
  readonly status: number
  readonly wallSeconds: number
  /** Of the program and of all that it waited for; where it was watched, of what it left unwaited too. */
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
  /** CPU time after which the program is asked to end, by an interrupt; all processes of it together. */
  readonly cpuSecondsMax?: number
}

const LOOK_EVERY_MS = 25

/** Runs a program to its end and tells what it took, start-up included. */
export function launch(words: readonly string[], options: LaunchOptions = {}): Promise<Launched> {
  const { oneCore = true, cpuSecondsMax, ...spawnOptions } = options
  const launched = [launcher(), ...words]
  const [command, ...rest] = oneCore ? pinned(launched) : launched
  const child = spawn(command!, rest, { ...spawnOptions, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] })
  const texts = ['', '', '']
  ;[child.stdout, child.stderr, child.stdio[3]].forEach((stream, index) => {
    stream!.on('data', (chunk: Buffer) => (texts[index] += chunk.toString('latin1')))
  })
  let watched = 0
  const watch =
    cpuSecondsMax === undefined
      ? null
      : setInterval(() => {
          const { cpuSeconds, first } = cpuSecondsOfTree(child.pid!)
          watched = Math.max(watched, cpuSeconds)
          if (watched >= cpuSecondsMax && first !== null) interrupt(first)
        }, LOOK_EVERY_MS)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => {
      if (watch) clearInterval(watch)
      if (!texts[2]) return reject(new Error(`${words.join(' ')} could not be run: ${texts[1]}`))
      const usage = JSON.parse(texts[2]) as Pick<Launched, 'wallSeconds' | 'cpuSeconds' | 'rssKiB'>
      const cpuSeconds = Math.max(usage.cpuSeconds, watched)
      resolve({ ...usage, cpuSeconds, status: status ?? -1, stdout: texts[0]!, stderr: texts[1]! })
    })
  })
}

/** It may have ended a moment ago. */
function interrupt(pid: number): void {
  try {
    process.kill(pid, 'SIGINT')
  } catch {
    return
  }
}
