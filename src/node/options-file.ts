// Options of OSS-Fuzz: an INI file beside a fuzz target, of which the section [libfuzzer] matters here.
//
//   [libfuzzer]
//   max_len = 4096
//   timeout = 25          seconds
//   rss_limit_mb = 2560
//   dict = json.dict      beside this file
//   close_fd_mask = 3     no meaning here: named once as ignored

import { dirname, join } from 'node:path'
import { INPUT_MAX } from '../../assembly/abi.ts'
import { MEMORY_BYTES_MAX, OPTIONS_FILE_BYTES_MAX, TIMEOUT_MS_MAX } from '../core/limits.ts'
import { nodeErrors } from './errors.ts'
import { readRegularFile } from './regular-file.ts'

export interface FileOptions {
  readonly maxLen?: number
  readonly timeoutMs?: number
  readonly memoryBytes?: number
  readonly seed?: number
  /** A path, as it is found from where the options file lies. */
  readonly dictionary?: string
  /** Keys and sections that mean nothing here. */
  readonly ignored: readonly string[]
}

type Known = Omit<FileOptions, 'ignored'>

/** What each known key gives; larger values than fuzzbox can have become the largest. */
const KEYS: Readonly<Record<string, (value: number) => Known>> = {
  max_len: (bytes) => (bytes === 0 ? {} : { maxLen: Math.min(bytes, INPUT_MAX) }),
  timeout: (seconds) => (seconds === 0 ? {} : { timeoutMs: Math.min(seconds * 1_000, TIMEOUT_MS_MAX) }),
  rss_limit_mb: (mib) => (mib === 0 ? {} : { memoryBytes: Math.min(mib * 2 ** 20, MEMORY_BYTES_MAX) }),
  seed: (seed) => ({ seed }),
}

/** Throws E_OPTIONS_FILE for what cannot be read, and for a known key without a whole number. */
export function readOptionsFile(path: string): FileOptions {
  let bytes: Uint8Array | null
  try {
    bytes = readRegularFile(path, OPTIONS_FILE_BYTES_MAX)
  } catch (error) {
    throw nodeErrors.optionsUnreadable(path, error)
  }
  if (bytes === null) throw nodeErrors.optionsUnreadable(path, `it has more than ${OPTIONS_FILE_BYTES_MAX} bytes`)
  return parseOptions(new TextDecoder().decode(bytes), path)
}

export function parseOptions(text: string, path: string): FileOptions {
  let known: Known = {}
  const ignored = new Set<string>()
  let section = 'libfuzzer'
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*([#;].*)?$/.test(line)) continue
    const header = /^\s*\[([^\]]*)\]\s*$/.exec(line)?.[1]
    if (header !== undefined) section = header.trim().toLowerCase()
    const [, key = '', value = ''] = /^\s*([\w.-]+)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? []
    if (section !== 'libfuzzer') ignored.add(`[${section}]`)
    else if (header !== undefined) continue
    else if (key === 'dict') known = { ...known, dictionary: join(dirname(path), value) }
    else if (Object.hasOwn(KEYS, key)) {
      if (!/^\d{1,15}$/.test(value)) throw nodeErrors.optionsValue(path, index + 1, line.trim())
      known = { ...known, ...KEYS[key]?.(Number(value)) }
    } else ignored.add(key || `line ${index + 1}`)
  }
  return { ...known, ignored: [...ignored] }
}
