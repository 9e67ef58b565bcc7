// Stands in for prepare.ts in the build that runs prepared modules only.

import type { ModuleReference } from '../../core/runtime.ts'
import type { PreparedTarget } from '../../core/target/prepared.ts'
import { browserErrors } from '../errors.ts'
import { fetchTarget } from '../target-fetch.ts'

export async function prepareInPage(module: ModuleReference): Promise<PreparedTarget> {
  const fetched = await fetchTarget(module)
  if (fetched.kind === 'source') throw browserErrors.noPreparing(fetched.source.name)
  return fetched.target
}
