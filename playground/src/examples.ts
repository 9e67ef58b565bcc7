// Programs to begin with. The first one has its bug in reach of anybody who presses Run.
import type { PreparedExample } from '../prepared-examples.ts'
import json from '../../examples/json.ts?raw'
import maze from '../../examples/simulations/maze.ts?raw'
import election from '../../examples/simulations/election.ts?raw'

export type Language = 'assemblyscript' | 'wat' | 'c' | 'wasm'
/** `fuzz` changes inputs; `explore` follows other futures of a simulation. */
export type Mode = 'fuzz' | 'explore'

export interface Example {
  readonly name: string
  readonly language: Language
  readonly mode: Mode
  /** One sentence: what there is to be found. */
  readonly note: string
  readonly text: string
  /** The same program ready to run at once; absent where it is prepared in the page. */
  readonly prepared?: () => Promise<{ readonly default: PreparedExample }>
}

const PASSWORD = `(module
  (memory (export "memory") 1)
  (func (export "LLVMFuzzerTestOneInput") (param $at i32) (param $length i32) (result i32)
    (if (i32.lt_u (local.get $length) (i32.const 4)) (then (return (i32.const 0))))
    (if (i32.eq (i32.load8_u (local.get $at)) (i32.const 0x46)) (then
      (if (i32.eq (i32.load8_u offset=1 (local.get $at)) (i32.const 0x55)) (then
        (if (i32.eq (i32.load8_u offset=2 (local.get $at)) (i32.const 0x5a)) (then
          (if (i32.eq (i32.load8_u offset=3 (local.get $at)) (i32.const 0x5a)) (then
            (unreachable)))))))))
    (i32.const 0)))
`

const TABLE_C = `#include <stddef.h>
#include <stdint.h>
#include <string.h>

// "name=value" settings; the value of "size" chooses a place in a table.
static int table[16];

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length) {
  char line[64];
  if (length == 0 || length >= sizeof line) return 0;
  memcpy(line, data, length);
  line[length] = 0;
  char *value = strchr(line, '=');
  if (value == NULL) return 0;
  *value++ = 0;
  if (line[0] != 's' || line[1] != 'i' || line[2] != 'z' || line[3] != 'e') return 0;
  int size = 0;
  for (; *value >= '0' && *value <= '9'; value++) size = 10 * size + (*value - '0');
  if (size > 16) __builtin_trap();
  table[size & 15]++;
  return 0;
}
`

export const EXAMPLES: readonly Example[] = [
  {
    name: 'A JSON parser',
    language: 'assemblyscript',
    mode: 'fuzz',
    note: 'A validator of JSON that reads one number too many of a table. Press Run: it is found within seconds.',
    text: json,
    prepared: async () => await import('../../examples/json.ts?prepared'),
  },
  {
    name: 'A password, in WAT',
    language: 'wat',
    mode: 'fuzz',
    note: 'Four letters, compared one after the other: each one that fits reaches a new edge.',
    text: PASSWORD,
  },
  {
    name: 'Settings, in C',
    language: 'c',
    mode: 'fuzz',
    note: 'Compiled in this page by clang: the first time a hundred megabytes are loaded.',
    text: TABLE_C,
  },
  {
    name: 'A maze of locks',
    language: 'assemblyscript',
    mode: 'explore',
    note: 'Random runs never open it. The explorer forks the program at each gate that opens.',
    text: maze,
    prepared: async () => await import('../../examples/simulations/maze.ts?prepared&explore'),
  },
  {
    name: 'An election',
    language: 'assemblyscript',
    mode: 'explore',
    note: 'Five nodes over a network that loses messages; one of them forgets its vote.',
    text: election,
    prepared: async () => await import('../../examples/simulations/election.ts?prepared&explore'),
  },
]
