// The benchmark of bugs: targets of targets/bugs/, each with one known bug behind one difficulty.
import { existsSync } from 'node:fs'

import { TARGETS } from './paths.ts'
import type { CTarget } from './targets.ts'

export interface BugTarget {
  readonly target: CTarget
  /** What stands between an empty corpus and the bug. */
  readonly difficulty: string
  /** The same program in AssemblyScript, which only fuzzbox runs; null where there is none. */
  readonly twin: string | null
}

const LENGTH_MAX = 256
const FOLDER = `${TARGETS}bugs/`

function bug(
  name: string,
  difficulty: string,
  more: { file?: string; flags?: string[]; lengthMax?: number } = {},
): BugTarget {
  const file = more.file ?? name
  const twin = `${FOLDER}${file}.ts`
  return {
    target: {
      name: `bug-${name}`,
      sources: [`${FOLDER}${file}.c`],
      flags: [`-I${FOLDER}`, ...(more.flags ?? [])],
      wasmSources: [],
      wasmFlags: [],
      lengthMax: more.lengthMax ?? LENGTH_MAX,
      goal: null,
      library: false,
      compilesAs: 'plain',
    },
    difficulty,
    twin: existsSync(twin) && !more.flags ? twin : null,
  }
}

const integers = [2, 4, 8].flatMap((bytes) =>
  ['little', 'big'].map((order) =>
    bug(`u${8 * bytes}-${order}`, `${8 * bytes} bits, ${order} endian`, {
      file: 'integer',
      flags: [`-DBYTES=${bytes}`, `-DORDER=${order}`],
    }),
  ),
)

export const BUG_TARGETS: readonly BugTarget[] = [
  ...integers,
  bug('float', 'an exact float and a narrow range of doubles'),
  bug('memcmp', 'memcmp of 16 bytes'),
  bug('strcmp', 'strcmp with 12 characters'),
  bug('strncasecmp', 'two words in any case'),
  bug('compare64', '64 bytes in words of eight'),
  bug('checksum', 'CRC-32 over a payload'),
  bug('sum', 'a sum over bytes in hexadecimal text'),
  bug('fletcher', 'two sums, one over the other'),
  bug('length', 'a length field that must fit the file'),
  bug('nested', 'lengths within lengths'),
  bug('tlv', 'three options in one message'),
  bug('switch', 'a switch of 300 cases'),
  bug('count', 'a run of exactly 40'),
  bug('states', 'six states in order'),
  bug('decimal', 'two numbers in decimal text'),
  bug('fraction', 'a decimal fraction in a narrow range'),
  bug('base64', 'base64 before a compare'),
  bug('runlength', 'run lengths before a compare'),
  bug('xored', 'a rolling xor before a compare'),
  bug('hexadecimal', 'hexadecimal digits before a compare'),
  bug('keyed', 'a key for each byte before a compare'),
  bug('reversed', 'a word turned round before a compare'),
  bug('depth', '48 nested brackets'),
  bug('long', 'an input of 1,024 bytes', { lengthMax: 4096 }),
  bug('several', 'eight independent constraints'),
  bug('combination', 'two rare features together'),
  bug('grammar', 'a small language'),
  bug('table', 'a table that overflows after 60 codes'),
  bug('huffman', 'a complete prefix code'),
  bug('varint', 'a varint of ten bytes'),
  bug('handles', 'a script of calls on handles'),
  bug('date', 'a leap day of a century'),
  bug('utf8', 'eight characters beyond the basic plane'),
]
