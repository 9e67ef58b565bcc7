// `--mutator`: an AssemblyScript file with libFuzzer's mutators, for a target that has none. It joins the harness: one is
// written that passes both on, or, where there is no harness, the mutator and the target's own entry.
//
//   harness.ts ──export *──┐
//                          ├─► one module in the target's memory, linked as every harness is
//   mutator/… ──export *───┘
import { targetErrors } from '../errors.ts'
import { detectEntry } from './entry.ts'
import type { TargetSource } from './load.ts'
import { findExport, type ModuleShape } from './shape.ts'

type AssemblyScriptSource = Extract<TargetSource, { kind: 'assemblyscript' }>

/** Folder, as the compiler sees it, of the mutator and what it imports; the harness's files lie beside it. */
const FOLDER = 'mutator/'
const HARNESS = 'harness-given'

/** The harness to load in place of `harness`; E_MUTATOR_FILE, E_MUTATOR_ENTRY, and those of `detectEntry`. */
export function withMutator(
  mutator: TargetSource,
  harness: TargetSource | undefined,
  target: { readonly name: string; readonly shape: ModuleShape; readonly entry: string | undefined },
): TargetSource {
  if (mutator.kind !== 'assemblyscript') throw targetErrors.mutatorFile(mutator.name)
  if (harness && harness.kind !== 'assemblyscript') throw targetErrors.mutatorFile(harness.name)
  const passed = harness ? `export * from './${HARNESS}'` : passOn(target)
  return {
    kind: 'assemblyscript',
    name: harness?.name ?? mutator.name,
    text: `${passed}\nexport * from './${FOLDER}${stemOf(mutator.name)}'\n`,
    readFile: async (path) => await read(path, mutator, harness),
  }
}

/** The target's entry, under a name that is found by itself. */
function passOn({ name, shape, entry }: { name: string; shape: ModuleShape; entry: string | undefined }): string {
  const plan = detectEntry(name, shape, entry)
  if (plan.kind !== 'buffer') throw targetErrors.mutatorEntry(name)
  const returns = findExport(shape, plan.exportName)!.signature!.results.length > 0
  return `@external('target', ${JSON.stringify(plan.exportName)})
declare function enterTarget(data: usize, size: usize): ${returns ? 'i32' : 'void'}
export function LLVMFuzzerTestOneInput(data: usize, size: usize): i32 {
  ${returns ? 'return enterTarget(data, size)' : 'enterTarget(data, size)\n  return 0'}
}`
}

async function read(
  path: string,
  mutator: AssemblyScriptSource,
  harness: AssemblyScriptSource | undefined,
): Promise<string | null> {
  if (path === `${HARNESS}.ts`) return harness?.text ?? null
  if (path === `${FOLDER}${stemOf(mutator.name)}.ts`) return mutator.text
  const own = path.startsWith(FOLDER) ? path.slice(FOLDER.length) : path
  return (await mutator.readFile?.(own)) ?? (await harness?.readFile?.(path)) ?? null
}

/** `a/b.ts` → `b`. */
function stemOf(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1).replace(/\.ts$/, '')
}
