// The steps of `prepareTarget`, apart from it so that importing the function does not import Binaryen.
import { instrument } from '../../../instrument/index.ts'
import { RECORD_BYTES } from '../../../instrument/bridge/arguments.ts'
import type { ArgumentType, EntryPlan, InstrumentOptions } from '../../../instrument/types.ts'
import { INPUT_MAX, PAGE_BYTES } from '../../../assembly/abi.ts'
import { targetErrors } from '../errors.ts'
import { sha256Hex } from '../hash.ts'
import { targetNameOf } from './target-name.ts'
import {
  CALL_DEPTH_MAX,
  fuelOf,
  INPUT_BYTES_DEFAULT,
  MEMORY_BYTES_DEFAULT,
  TABLE_ENTRIES_MAX,
  TIMEOUT_MS_DEFAULT,
} from '../limits.ts'
import type { PreparedModule, PreparedTarget, TargetLimits } from './prepared.ts'
import { detectEntry, takesBytes } from './entry.ts'
import { isTargetFunction, loadHarness, type LoadedHarness } from './harness.ts'
import { MARK_IMPORTS, providedImports } from './imports.ts'
import { withMutator } from './mutator-file.ts'
import { crossOverBytes, hasMutators } from './mutators.ts'
import { loadModule, type TargetSource } from './load.ts'
import { hasAllocator, pagesFor, placeBytes } from './place.ts'
import type { PrepareOptions } from './prepare.ts'
import { readShape, type ModuleShape } from './shape.ts'

export async function prepare(source: TargetSource, options: PrepareOptions): Promise<PreparedTarget> {
  const inputMax = options.inputMax ?? INPUT_BYTES_DEFAULT
  if (!(inputMax >= 1 && inputMax <= INPUT_MAX)) throw targetErrors.inputMax(inputMax, INPUT_MAX)
  const limits = limitsOf(options.limits)
  const bytes = await loadModule(source)
  const shape = readShape(bytes)
  const given = harnessOf(source.name, shape, options)
  const harness = given ? await loadHarness(given, source.name, shape) : null
  const entry = harness
    ? detectEntry(given!.name, harness.shape, options.harness ? options.entry : undefined, options.types)
    : detectEntry(source.name, shape, options.entry, options.types)
  if (options.mutator && !hasMutators(options.mutator.name, harness!.shape, entry))
    throw targetErrors.mutatorMissing(options.mutator.name)
  const types = entry.kind === 'typed' ? entry.types : null
  if (types) checkRecord(types, inputMax)
  const common = {
    limits,
    importPolicy: options.importPolicy ?? 'trap',
    ...(options.explore === true && { forkAt: MARK_IMPORTS }),
    compares: options.compares ?? false,
    ...(options.places && { places: true }),
    ...(options.without && { without: options.without }),
  }

  const forInput = takesBytes(entry) && !hasAllocator(shape) ? pagesFor(placeBytes(entry, inputMax)) : 0
  const shapes = harness ? [shape, harness.shape] : [shape]
  const crossed = crossOverBytes(targetNameOf(source.name), shapes, entry, inputMax)
  const forMutators = hasAllocator(shape) ? 0 : pagesFor(crossed)
  const pagesReserved = forInput + forMutators + (harness?.reserved?.pages ?? 0)
  const module = await instrumentTarget(bytes, shape, harness ? { kind: 'none' } : entry, pagesReserved, common)
  const harnessModule = harness ? await instrumentHarness(harness, entry, module, common) : null
  const modules = harnessModule ? [module, harnessModule] : [module]
  return {
    name: targetNameOf(source.name),
    hash: await hashOf(modules.map(({ original }) => original)),
    module,
    harness: harnessModule,
    entry,
    types,
    inputMax,
    stubbed: modules.flatMap(({ map }) => stubbedImports(map.imports)),
    limits,
    reserved: harness?.reserved ?? null,
    compareSites: module.sites + (harnessModule?.sites ?? 0),
    layout: options.layout ?? null,
    importPolicy: common.importPolicy,
  }
}

/** `--mutator` comes as a part of the harness. */
function harnessOf(name: string, shape: ModuleShape, options: PrepareOptions): TargetSource | undefined {
  const { mutator, harness, entry } = options
  return mutator ? withMutator(mutator, harness, { name, shape, entry }) : harness
}

/** The shortest record, which is all zeros, has to be an input. */
function checkRecord(types: readonly ArgumentType[], inputMax: number): void {
  const bytes = types.reduce((sum, type) => sum + (RECORD_BYTES[type] ?? 4), 0)
  if (bytes > inputMax) throw targetErrors.recordMax(types.join(','), bytes, inputMax)
}

interface Common {
  readonly limits: TargetLimits
  readonly importPolicy: InstrumentOptions['importPolicy']
  readonly forkAt?: NonNullable<InstrumentOptions['forkAt']>
  readonly compares: boolean
  readonly places?: boolean
  readonly without?: NonNullable<InstrumentOptions['without']>
}

/** A module in both its builds, and how many compares the second one logs. */
interface Built extends PreparedModule {
  readonly sites: number
}

async function instrumentTarget(
  bytes: Uint8Array,
  shape: ModuleShape,
  entry: EntryPlan,
  pagesReserved: number,
  common: Common,
): Promise<Built> {
  return build(bytes, common, 0, {
    ...instrumentOptions(common),
    measures: common.forkAt === undefined,
    entry,
    pagesReserved,
    role: 'target',
    edgeBase: 0,
    functionBase: 0,
    provided: providedImports(shape),
  })
}

async function instrumentHarness(
  harness: LoadedHarness,
  entry: EntryPlan,
  target: Built,
  common: Common,
): Promise<Built> {
  return build(harness.bytes, common, target.sites, {
    ...instrumentOptions(common),
    entry,
    role: 'harness',
    edgeBase: target.map.edges,
    functionBase: target.map.functions.length,
    granuleShift: target.map.granuleShift,
    provided: providedImports(harness.shape, isTargetFunction),
  })
}

/** Functions and edges of both builds are the same, so one map serves both. */
function build(bytes: Uint8Array, { compares }: Common, siteBase: number, options: InstrumentOptions): Built {
  const { wasm, map } = instrument(bytes, options)
  const logging = compares ? instrument(bytes, { ...options, places: false, compares, siteBase }) : null
  const sites = logging?.map.compareSites ?? 0
  return { original: bytes, instrumented: wasm, compares: logging?.wasm ?? null, map, sites }
}

function instrumentOptions(
  common: Common,
): Pick<
  InstrumentOptions,
  'importPolicy' | 'fuel' | 'depthMax' | 'memoryPagesMax' | 'tableEntriesMax' | 'forkAt' | 'without' | 'places'
> {
  const { limits, importPolicy, forkAt, without, places } = common
  return {
    importPolicy,
    ...limits,
    tableEntriesMax: TABLE_ENTRIES_MAX,
    ...(forkAt && { forkAt }),
    ...(without && { without }),
    ...(places && { places }),
  }
}

function limitsOf(given: Partial<TargetLimits> = {}): TargetLimits {
  return {
    fuel: given.fuel ?? fuelOf(TIMEOUT_MS_DEFAULT),
    depthMax: given.depthMax ?? CALL_DEPTH_MAX,
    memoryPagesMax: given.memoryPagesMax ?? MEMORY_BYTES_DEFAULT / PAGE_BYTES,
  }
}

function stubbedImports(imports: PreparedModule['map']['imports']): readonly string[] {
  return imports.filter(({ kind }) => kind === 'stub').map(({ module, name }) => `${module} ${name}`)
}

/** The hash of one module is the file's own; two are hashed one after the other. */
async function hashOf(modules: readonly Uint8Array[]): Promise<string> {
  const [first] = modules
  if (modules.length === 1) return await sha256Hex(first!)
  const joined = (await Promise.all(modules.map(sha256Hex))).join(' ')
  return await sha256Hex(new TextEncoder().encode(joined))
}
