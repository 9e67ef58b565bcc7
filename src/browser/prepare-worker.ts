// The entry of the worker that instruments: the only place in a page that loads Binaryen. `npm run build` makes one
// classic script of it and all that it imports, because Binaryen awaits itself at the top level, which bundlers refuse in
// workers.

import { toErrorData } from '../core/errors.ts'
import { prepareTarget } from '../core/target/prepare.ts'
import type { PreparedTarget } from '../core/target/prepared.ts'
import type { Reply } from '../core/worker/protocol.ts'
import type { PrepareApi, PrepareJob } from './prepare.ts'
import { greet } from './worker-greeting.ts'

class PrepareService implements PrepareApi {
  async prepare({ source, harness, mutator, options }: PrepareJob): Promise<Reply<PreparedTarget>> {
    try {
      return {
        ok: true,
        value: await prepareTarget(source, { ...options, ...(harness && { harness }), ...(mutator && { mutator }) }),
      }
    } catch (error) {
      return { ok: false, error: toErrorData(error), input: null }
    }
  }
}

greet({ prepare: () => new PrepareService() })
