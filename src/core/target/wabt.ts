// wabt, and what it is told to understand: everything of the standard that it knows. Loaded when the first text is read
// or shown.

export type Wabt = Awaited<ReturnType<typeof import('wabt')>>

export const WABT_FEATURES = {
  exceptions: true,
  mutable_globals: true,
  sat_float_to_int: true,
  sign_extension: true,
  simd: true,
  threads: true,
  multi_value: true,
  tail_call: true,
  bulk_memory: true,
  reference_types: true,
  multi_memory: true,
  extended_const: true,
} as const

export async function loadWabt(): Promise<Wabt> {
  const { default: create } = await import('wabt')
  return await create()
}
