// Targets for tests: from text to a sandbox in one call.
import type { PreparedTarget } from '../../src/core/target/prepared.ts'
import { Sandbox, type SandboxOptions } from '../../src/core/sandbox.ts'
import type { TargetSource } from '../../src/core/target/load.ts'
import { prepareTarget, type PrepareOptions } from '../../src/core/target/prepare.ts'
import { readArtifact, readArtifactText } from './artifacts.ts'

export function wat(text: string, name = 'target.wat'): TargetSource {
  return { kind: 'wat', name, text }
}

export function assemblyScript(text: string, name = 'target.ts'): TargetSource {
  return { kind: 'assemblyscript', name, text }
}

/** A file of test/targets. */
export async function targetFile(path: string): Promise<TargetSource> {
  const text = await readArtifactText(`test/targets/${path}`)
  return path.endsWith('.wat') ? wat(text, path) : assemblyScript(text, path)
}

/** A sandbox with the built engine; the same seed every time. */
export async function openPrepared(prepared: PreparedTarget, options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const engine = await readArtifact('build/engine.wasm')
  return await Sandbox.open(engine, prepared, { seedLow: 1, seedHigh: 2, corpusBytes: 1 << 20, ...options })
}

export async function openTarget(source: TargetSource, options: PrepareOptions = {}): Promise<Sandbox> {
  return await openPrepared(await prepareTarget(source, options))
}

/** Input bytes from text. */
export function input(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** The code of the error that `work` ends with, and its message; fails the test where it ends without one. */
export async function refusal(work: Promise<unknown>): Promise<{ code: string; message: string }> {
  try {
    await work
  } catch (error) {
    const { code = '', message } = error as Error & { code?: string }
    return { code, message }
  }
  throw new Error('nothing was refused')
}
