// Pages on a loopback port of their own: what tests give, and the files of build/. Stops with the process, or before.

import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
}

export interface Served {
  readonly body: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

export interface PageServer {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string
  readonly port: number
  /** Paths without their query → what is sent; all else is a file below `folders`. */
  readonly pages: Map<string, Served>
  close(): void
}

/** Serves build/ at /build/, and each other folder at its name. */
export async function servePages(folders: Readonly<Record<string, string>> = {}): Promise<PageServer> {
  const pages = new Map<string, Served>()
  const places = { '/build/': join(root, 'build'), '/comlink/': join(root, 'node_modules/comlink/dist'), ...folders }
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://page').pathname
    void answer(path, pages, places, response)
  })
  server.unref()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    pages,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function answer(
  path: string,
  pages: ReadonlyMap<string, Served>,
  places: Readonly<Record<string, string>>,
  response: ServerResponse,
): Promise<void> {
  const found = pages.get(path) ?? (await fileAt(path, places))
  response.statusCode = found ? 200 : 404
  // Workers of a page that embeds only what agrees must agree themselves; frames of no origin may load everything here.
  response.setHeader('cross-origin-embedder-policy', 'require-corp')
  response.setHeader('cross-origin-resource-policy', 'cross-origin')
  response.setHeader('access-control-allow-origin', '*')
  response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream')
  for (const [name, value] of Object.entries(found?.headers ?? {})) response.setHeader(name, value)
  response.end(found?.body)
}

async function fileAt(path: string, places: Readonly<Record<string, string>>): Promise<Served | null> {
  const place = Object.keys(places).find((prefix) => path.startsWith(prefix))
  if (place === undefined) return null
  const name = normalize(decodeURIComponent(path.slice(place.length)))
  if (name.startsWith('..')) return null
  const body = await readFile(join(places[place] as string, name)).catch(() => null)
  // The one package that the tree imports, named as a development server would name it.
  const imports = body !== null && /comlink-(host|worker)\.js$/.test(name)
  if (imports) return { body: body.toString().replaceAll(`'comlink'`, `'/comlink/esm/comlink.mjs'`) }
  return body && { body }
}
