// Instances of instrumented modules: bound to the engine's memory, reached through their bridge.
import { ADDED } from '../../../instrument/types.ts'
import type { Engine } from '../engine/engine.ts'
import { importsOfInstrumented } from './imports.ts'
import { fillMutatorSlots } from './mutators.ts'
import type { Program } from './program.ts'
import type { TargetRoom } from './room.ts'
import { fillHarnessSlots, fillTargetSlots } from './slots.ts'
import type { ConnectedTarget, Connector } from './start.ts'

/** `base` is 0, or SLOT_COMPARES for the second instance; `room` is where the program was compiled to have its memory. */
export function instrumentedConnector(
  program: Program,
  engine: Engine,
  base: number = 0,
  room: TargetRoom | null = null,
): Connector {
  return {
    instantiateTarget(): ConnectedTarget {
      const imports = importsOfInstrumented(program.target, engine, null)
      room?.clear()
      const instance = new WebAssembly.Instance(program.target.module, imports)
      const { exports } = instance
      fillTargetSlots(engine, exports, base)
      if (base === 0) fillMutatorSlots(program, engine, exports, null)
      const memory = exports[ADDED.targetMemory]
      return {
        instance,
        memory: memory instanceof WebAssembly.Memory ? memory : null,
        grow: exports[ADDED.grow] as ConnectedTarget['grow'],
        pages: exports[ADDED.size] as ConnectedTarget['pages'],
      }
    },
    instantiateHarness(target: ConnectedTarget): WebAssembly.Instance {
      const { module } = program.harness!
      const imports = importsOfInstrumented(program.harness!, engine, target.instance.exports)
      const instance = new WebAssembly.Instance(module, imports)
      fillHarnessSlots(engine, instance.exports, base)
      if (base === 0) fillMutatorSlots(program, engine, target.instance.exports, instance.exports)
      return instance
    },
  }
}
