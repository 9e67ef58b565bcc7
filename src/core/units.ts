// Durations and sizes as people type them: `30s`, `1m30s`, `500ms`, `64MiB`, `4k`. A number alone is seconds, or bytes.

const MS_PER: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}
const BYTES_PER: Readonly<Record<string, number>> = {
  b: 1,
  k: 1024,
  kb: 1024,
  kib: 1024,
  m: 1024 ** 2,
  mb: 1024 ** 2,
  mib: 1024 ** 2,
  g: 1024 ** 3,
  gb: 1024 ** 3,
  gib: 1024 ** 3,
}

/** Milliseconds, or null where the text is no duration: `1m30s` is 90,000, `5` is 5,000. */
export function parseDurationMs(text: string): number | null {
  const trimmed = text.trim().toLowerCase()
  if (/^\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed) * 1_000
  if (!/^(\d+(\.\d+)?(ms|min|s|m|h|d))+$/.test(trimmed)) return null
  let totalMs = 0
  for (const [, amount, unit] of trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|min|s|m|h|d)/g)) {
    totalMs += Number(amount) * (MS_PER[unit as string] as number)
  }
  return totalMs
}

/** Bytes, or null where the text is no size: `64MiB`, `64M` and `67108864` are the same. Units count in 1024. */
export function parseSizeBytes(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/.exec(text.trim().toLowerCase())
  if (!match) return null
  const perUnit = match[2] === '' ? 1 : BYTES_PER[match[2] as string]
  return perUnit === undefined ? null : Math.round(Number(match[1]) * perUnit)
}

/** A whole number of at least 0, `1_000_000` and `1e6` included; null otherwise. */
export function parseCount(text: string): number | null {
  const plain = text.trim().replace(/(?<=\d)[_,](?=\d)/g, '')
  if (!/^(\d+(\.\d+)?(e\d+)?|0x[0-9a-f]+)$/i.test(plain)) return null
  const count = Number(plain)
  return Number.isSafeInteger(count) ? count : null
}

/** `1.5 s`, `2 min 5 s`, `3 h 2 min`. */
export function formatDuration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 60) return `${minutes} min ${Math.floor((ms % 60_000) / 1_000)} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** `12 B`, `3.4 KiB`, `64 MiB`. */
export function formatSize(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB']
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${unit === 0 || value >= 100 || Number.isInteger(value) ? Math.round(value) : value.toFixed(1)} ${units[unit]}`
}

/** `1,234,567`: the same on every machine, whatever its locale. */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',')
}

const THOUSANDS = ['', ' thousand', ' million', ' billion', ' trillion'] as const

/** Two digits that count, in words: `950`, `31 thousand`, `3.1 million`. For what is an estimate anyway. */
export function formatRoughly(count: number): string {
  let value = Number(count.toPrecision(2))
  if (value < 10_000) return formatCount(value)
  let word = 0
  while (value >= 1_000 && word < THOUSANDS.length - 1) {
    value /= 1_000
    word++
  }
  return `${value < 10 ? value.toFixed(1) : formatCount(value)}${THOUSANDS[word]}`
}

const SHORT = ['', 'k', 'M', 'G', 'T', 'P'] as const

/** At most five characters, where there is no room for more: `9,999`, `12.3k`, `104M`. */
export function formatShort(count: number): string {
  let value = Math.round(count)
  if (value < 10_000) return formatCount(value)
  let unit = 0
  while (value >= 999.5 && unit < SHORT.length - 1) {
    value /= 1_000
    unit++
  }
  return `${value < 99.95 ? value.toFixed(1) : Math.round(value)}${SHORT[unit]}`
}
