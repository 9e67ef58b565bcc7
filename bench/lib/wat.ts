import initWabt from 'wabt'

const FEATURES = { multi_memory: true, bulk_memory: true, mutable_globals: true }

/** Assembles WAT for modules that a benchmark writes itself. */
export async function assemble(name: string, text: string): Promise<Uint8Array> {
  const wabt = await initWabt()
  const module = wabt.parseWat(name, text, FEATURES)
  try {
    return module.toBinary({}).buffer
  } finally {
    module.destroy()
  }
}
