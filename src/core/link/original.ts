// Instances of modules as they came: nothing inserted, real memory sizes, the module's own indices and offsets in every
// stack trace. Their memory is reached through JavaScript, which is slow and used only to confirm a finding.
import { INPUT_MAX, PAGE_BYTES } from '../../../assembly/abi.ts'
import { ADDED, type Signature } from '../../../instrument/types.ts'
import type { Engine } from '../engine/engine.ts'
import { importsOfOriginal } from './imports.ts'
import type { Program } from './program.ts'
import { fillTargetSlots } from './slots.ts'
import type { ConnectedTarget, Connector } from './start.ts'
import { asWasmFunctions } from './trampoline.ts'

/** Thrown where a module cannot be linked as it came; the finding stays unconfirmed. */
export class NotLinkable extends Error {}

export function originalConnector(program: Program, engine: Engine): Connector {
  const policy = program.prepared.importPolicy
  return {
    instantiateTarget(): ConnectedTarget {
      const imports = importsOfOriginal(program.target, engine, policy, null)
      if (imports === null) throw new NotLinkable('an import cannot be made')
      // The start function may call the engine, which reaches the memory through the slots: they must work already.
      const access = new Access(engine, imports.memory)
      fillTargetSlots(engine, access.functions())
      const instance = new WebAssembly.Instance(program.target.module, imports.object)
      access.memory ??= exportedMemory(instance)
      const memory = access.memory
      if (memory === null && program.target.shape.memory !== null) throw new NotLinkable('its memory is not exported')
      return { instance, memory, grow: (pages) => access.grow(pages), pages: () => access.pages() }
    },
    instantiateHarness({ instance, memory }: ConnectedTarget): WebAssembly.Instance {
      const { exports } = instance
      const imports = memory && importsOfOriginal(program.harness!, engine, policy, { exports, memory })
      if (!imports) throw new NotLinkable('an import of the harness cannot be made')
      return new WebAssembly.Instance(program.harness!.module, imports.object)
    },
  }
}

function exportedMemory({ exports }: WebAssembly.Instance): WebAssembly.Memory | null {
  return Object.values(exports).find((value) => value instanceof WebAssembly.Memory) ?? null
}

const signature = (params: number, results: number): Signature => ({
  params: Array.from({ length: params }, () => 'i32' as const),
  results: Array.from({ length: results }, () => 'i32' as const),
})

/** What the bridge offers for an instrumented module, over a plain memory. */
class Access {
  readonly #engine: Engine
  memory: WebAssembly.Memory | null

  constructor(engine: Engine, memory: WebAssembly.Memory | null) {
    this.#engine = engine
    this.memory = memory
  }

  grow(pages: number): number {
    try {
      return this.memory?.grow(pages) ?? -1
    } catch {
      return -1
    }
  }

  pages(): number {
    return (this.memory?.buffer.byteLength ?? 0) / PAGE_BYTES
  }

  functions(): WebAssembly.Exports {
    return asWasmFunctions({
      [ADDED.peek]: { signature: signature(1, 1), call: (address = 0) => this.#range(address, 1)[0] },
      [ADDED.peekLong]: {
        signature: { params: ['i32'], results: ['i64'] },
        call: (address = 0) => this.#long(address),
      },
      [ADDED.poke]: {
        signature: signature(2, 0),
        call: (address = 0, value = 0) => this.#range(address, 1).fill(value),
      },
      [ADDED.copyIn]: {
        signature: signature(3, 0),
        call: (target = 0, from = 0, bytes = 0) => {
          this.#range(target, bytes).set(this.#engine.bytes().subarray(from >>> 0, (from >>> 0) + (bytes >>> 0)))
        },
      },
      [ADDED.copyOut]: {
        signature: signature(3, 0),
        call: (to = 0, target = 0, bytes = 0) => this.#engine.bytes().set(this.#range(target, bytes), to >>> 0),
      },
      [ADDED.grow]: { signature: signature(1, 1), call: (pages = 0) => this.grow(pages >>> 0) },
      [ADDED.size]: { signature: signature(0, 1), call: () => this.pages() },
    })
  }

  #long(address: number): bigint {
    const bytes = this.#range(address, 8)
    return new DataView(bytes.buffer, bytes.byteOffset, 8).getBigInt64(0, true)
  }

  /** Bytes of the target's memory, or the trap that an access of the target's own would be. */
  #range(address: number, bytes: number): Uint8Array {
    const buffer = this.memory?.buffer ?? new ArrayBuffer(0)
    const start = address >>> 0
    const length = bytes >>> 0
    if (start + length > buffer.byteLength) throw new WebAssembly.RuntimeError('memory access out of bounds')
    return new Uint8Array(buffer, start, length)
  }
}

/** Writes the input where the program expects it. */
export function writeInputTo(memory: WebAssembly.Memory, address: number, input: Uint8Array): void {
  new Uint8Array(memory.buffer, address, Math.min(input.length, INPUT_MAX)).set(input.subarray(0, INPUT_MAX))
}
