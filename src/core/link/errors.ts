// What can go wrong while a prepared target is linked and set up.
import { FuzzboxError } from '../errors.ts'

export const linkErrors = {
  harnessMemory: (harness: string, reason: string): FuzzboxError =>
    new FuzzboxError(
      'E_HARNESS_MEMORY',
      `${harness} needs a range of the target's memory for its own data, but ${reason}; raise --memory or write the harness in .wat`,
    ),
  initialise: (name: string, where: string, message: string): FuzzboxError =>
    new FuzzboxError(
      'E_INIT_TRAP',
      `${name} fails before the first input, in ${where}: ${message}; mend its start-up code, or let a --harness do the set-up`,
    ),
  link: (name: string, reason: string, cause: unknown): FuzzboxError =>
    new FuzzboxError('E_LINK', `${name} cannot be linked: ${reason}`, { cause }),
  inputPlace: (name: string, bytes: number): FuzzboxError =>
    new FuzzboxError(
      'E_INPUT_PLACE',
      `${name} leaves no place for an input of ${bytes} bytes: it exports no allocator and its memory cannot grow; ` +
        `lower --max-len, raise --memory or export malloc`,
    ),
  inputBeyond: (name: string, bytes: number, address: number, end: number): FuzzboxError =>
    new FuzzboxError(
      'E_INPUT_PLACE',
      `${name}'s allocator answers ${address} when asked for ${bytes} bytes, which leads beyond its memory of ${end} bytes; ` +
        `mend the allocator, or leave it out of the exports`,
    ),
} as const
