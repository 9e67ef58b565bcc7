// Pass `bridge`, the last: what the engine calls. Exports run, restore and capture, and for a target peek, peekLong, poke,
// copyIn, copyOut, grow and size, with the signatures of the SLOT_* comments in assembly/abi.ts. The start function was taken
// out of its section and exported as `fuzzbox.start` by `ownState`, before Binaryen read the module.
import { addAccess } from '../bridge/access.ts'
import { addMixWords } from '../bridge/hash.ts'
import { addRestoreAndCapture } from '../bridge/restore.ts'
import { addRun } from '../bridge/run.ts'
import type { Pass } from '../context.ts'
import { ADDED } from '../types.ts'

export const bridge: Pass = (context) => {
  const { module, options } = context
  addRestoreAndCapture(context)
  addRun(context)
  if (options.role === 'target') addAccess(context)
  else if (context.targetMemory !== null) module.removeExport(ADDED.targetMemory)
  const slots = [ADDED.run, ADDED.restore, ADDED.capture, ADDED.peek, ADDED.poke, ADDED.copyIn, ADDED.copyOut]
  if (options.role === 'target' && options.forkAt !== undefined) addMixWords(context)
  for (const name of [
    ...slots,
    ADDED.grow,
    ADDED.size,
    ADDED.peekLong,
    ADDED.mixWords,
    ADDED.saveState,
    ADDED.loadState,
  ])
    if (context.helpers.has(name)) module.addFunctionExport(name, name)
}
