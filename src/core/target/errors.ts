// What is wrong with a target when it runs, though it was prepared before.
import { FuzzboxError } from '../errors.ts'

export const preparedErrors = {
  preparedFile: (name: string, why: string): FuzzboxError =>
    new FuzzboxError('E_PREPARED_FILE', `${name} cannot be read (${why}); prepare the module anew with this version`),
  mutatorSignature: (name: string, mutator: string, found: string, wanted: string): FuzzboxError =>
    new FuzzboxError(
      'E_MUTATOR_SIGNATURE',
      `${mutator} of ${name} has the shape ${found}, but libFuzzer's is ${wanted}; mend it, or export it under another name`,
    ),
} as const
