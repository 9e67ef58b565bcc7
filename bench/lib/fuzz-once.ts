/// <reference types="node" />
// One turn of fuzzbox, in a process of its own: prepares the target, then times the loop from its first execution on.
// Words: module, seed folder or '-', seconds, seed, longest input. Prints a FuzzRun as JSON.
//
// It drives the sandbox as a worker does, slice after slice of about 30 ms, and so leaves out only what the
// coordinator does between slices.
import { readdirSync, readFileSync } from 'node:fs'

import { Sandbox, type CaughtTrap } from '../../src/core/sandbox.ts'
import { prepareTarget } from '../../src/core/target/prepare.ts'
import { ROOT } from './paths.ts'
import type { FuzzRun } from './run.ts'

const SLICE_MS = 30
const SLICE_EXECUTIONS_FIRST = 200
const SLICE_EXECUTIONS_MAX = 4_000_000
const CORPUS_BYTES = 64 * 1024 * 1024

const [path = '', seeds = '-', seconds = '1', seed = '1', lengthMax = '64'] = process.argv.slice(2)
const prepared = await prepareTarget(
  { kind: 'wasm', name: path, bytes: readFileSync(path) },
  { inputMax: Number(lengthMax) },
)
const sandbox = await Sandbox.open(readFileSync(`${ROOT}build/engine.wasm`), prepared, {
  seedLow: Number(seed),
  seedHigh: 0,
  corpusBytes: CORPUS_BYTES,
})
const inputs = seeds === '-' ? [new Uint8Array(0)] : readdirSync(seeds).map((name) => readFileSync(`${seeds}/${name}`))

/** These targets hold no known bug, so a trap is ours or news: it must not look like a slow run. */
function unexpected({ outcome, input }: CaughtTrap): Error {
  const frames = outcome.kind === 'trap' ? outcome.frames.map((frame) => `  at ${frame.functionName}`) : []
  const message = outcome.kind === 'trap' ? outcome.message : 'nothing'
  const hex = Buffer.from(input).toString('hex')
  return new Error([`${path} trapped: ${message}`, ...frames, `  input ${hex}`].join('\n'))
}

function fuzz(): FuzzRun {
  let executions = 0
  let lengths = 0
  let samples = 0
  let sliceExecutions = SLICE_EXECUTIONS_FIRST
  const cpuBefore = process.cpuUsage()
  const start = performance.now()
  const end = start + Number(seconds) * 1000
  for (const input of inputs) sandbox.addInput(input)
  for (let now = start; now < end;) {
    const result = sandbox.slice(sliceExecutions)
    if (result.ended === 'trap') throw unexpected(result.trap)
    if (result.ended === 'state-lost') sandbox.renewInstance()
    executions += result.executions
    sandbox.drainDiscoveries()
    lengths += sandbox.currentInput().length
    samples++
    const before = now
    now = performance.now()
    const wanted = (result.executions * SLICE_MS) / Math.max(0.01, now - before)
    sliceExecutions = Math.max(1, Math.min(Math.round(wanted), 2 * sliceExecutions, SLICE_EXECUTIONS_MAX))
  }
  const { user, system } = process.cpuUsage(cpuBefore)
  return {
    executions,
    wallSeconds: (performance.now() - start) / 1000,
    cpuSeconds: (user + system) / 1e6,
    inputBytes: Math.round((lengths / samples) * executions),
    edges: sandbox.statistics().edges,
    edgesTotal: prepared.module.map.edges,
  }
}

console.log(JSON.stringify(fuzz()))
