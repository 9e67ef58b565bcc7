// Which room may import which: the arrows of docs/architecture.md.
//
//   cli, vitest ──► node, browser ──► core ──► instrument ──► assembly/abi.ts ◄── assembly
//        └──────────► report ──────────┘ └─────────────────────────┘
import { posix } from 'node:path'
import ts from 'typescript'
import type { Rule, TextFile } from './files.ts'

interface Room {
  readonly folder: string
  /** Folders, or single files, of the repository that it may import besides its own. */
  readonly imports: readonly string[]
  /** Packages; `node:` stands for all of Node's own. */
  readonly packages: readonly string[]
}

const ABI = 'assembly/abi.ts'
const ROOMS: readonly Room[] = [
  { folder: 'assembly/', imports: [], packages: [] },
  { folder: 'instrument/', imports: [ABI], packages: ['binaryen'] },
  { folder: 'src/core/', imports: ['instrument/', ABI], packages: ['comlink', 'wabt', 'assemblyscript'] },
  { folder: 'src/report/', imports: ['src/core/', 'instrument/', ABI], packages: ['wabt'] },
  {
    folder: 'src/node/',
    imports: ['src/core/', 'instrument/', ABI],
    packages: ['node:', 'assemblyscript', 'fflate', 'gecko-profiler-demangle'],
  },
  { folder: 'src/browser/', imports: ['src/core/', 'instrument/', ABI], packages: [] },
  { folder: 'src/cli/', imports: ['src/node/', 'src/report/', 'src/core/', 'instrument/', ABI], packages: ['node:'] },
  {
    folder: 'src/vitest/',
    imports: ['src/node/', 'src/report/', 'src/core/', 'instrument/', ABI],
    packages: ['node:', 'vitest'],
  },
]

/** The two ends of the worker channel, one file each. */
const COMLINK_FILES = new Set(['src/core/worker/comlink-host.ts', 'src/core/worker/comlink-worker.ts'])

export const arrows: Rule = (files) =>
  files.flatMap((file) => {
    const room = ROOMS.find(({ folder }) => file.path.startsWith(folder))
    if (room === undefined || !file.path.endsWith('.ts')) return []
    return importsOf(file).flatMap((specifier) => complaint(file.path, room, specifier) ?? [])
  })

function complaint(path: string, room: Room, specifier: string): string | null {
  if (specifier.startsWith('.')) {
    const imported = posix.join(posix.dirname(path), specifier)
    const allowed = [room.folder, ...room.imports]
    if (allowed.some((place) => imported === place || (place.endsWith('/') && imported.startsWith(place)))) return null
    return `${path} imports ${imported}: ${room.folder} may import ${room.imports.join(', ') || 'nothing else'}`
  }
  if (specifier === 'comlink' && !COMLINK_FILES.has(path)) {
    return `${path} imports comlink: only ${[...COMLINK_FILES].join(' and ')} may`
  }
  const name = specifier.startsWith('node:') ? 'node:' : (/^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier)
  return room.packages.includes(name) ? null : `${path} imports package ${specifier}: not one of ${room.folder}'s`
}

/** Static and dynamic imports, re-exports, and files named for a worker with `new URL('…', import.meta.url)`. */
export function importsOf({ text }: TextFile): readonly string[] {
  const imported = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName)
  const workers = [...text.matchAll(/new URL\(\s*'(\.[^']+\.[jt]s)',\s*import\.meta\.url/g)].map((match) => match[1]!)
  return [...imported, ...workers]
}
