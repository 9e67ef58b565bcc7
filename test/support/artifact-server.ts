// The server's half of artifacts.ts: raw bytes, which Vite alone would rewrite for `.ts` and `.js` files.
import { readFile } from 'node:fs/promises'
import { relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vitest/config'
import { ARTIFACT_PREFIX } from './artifact-prefix.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

export function artifactServer(): Plugin {
  return {
    name: 'fuzzbox:artifacts',
    enforce: 'pre',
    // Binaryen is one file of 15 MB that imports nothing: Vite would spend ten seconds rewriting it into itself. The
    // importer decides which copy it is, because asc brings its own.
    async resolveId(id, importer) {
      if (id !== 'binaryen') return null
      const found = await this.resolve(id, importer, { skipSelf: true })
      return found && { id: ARTIFACT_PREFIX + relative(root, found.id.replace(/[?#].*$/, '')), external: true }
    },
    configureServer(server) {
      server.middlewares.use(async (request, response, next) => {
        const url = request.url ?? ''
        if (!url.startsWith(ARTIFACT_PREFIX)) return next()
        const bytes = await readArtifactFile(url.slice(ARTIFACT_PREFIX.length))
        response.statusCode = bytes === null ? 404 : 200
        response.setHeader('content-type', url.endsWith('.js') ? 'text/javascript' : 'application/octet-stream')
        response.end(bytes ?? undefined)
      })
    },
  }
}

/** Bytes of a file below the root, or null: a path that climbs out of the repository finds nothing. */
async function readArtifactFile(path: string): Promise<Buffer | null> {
  const file = resolve(root, decodeURIComponent(path.replace(/[?#].*$/, '')))
  if (!file.startsWith(root.endsWith(sep) ? root : root + sep)) return null
  return readFile(file).catch(() => null)
}
