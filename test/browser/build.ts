// The files that pages load, the tree that bundlers take among them, made anew when a source is younger.

import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildBrowser } from '../../tools/build-browser.ts'
import { buildWhenStale } from '../cli/command.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
let built: Promise<void> | null = null

/** `build/fuzzbox.browser.js` is written last, so it tells the age of all. */
export async function buildBrowserWhenStale(): Promise<void> {
  if (built === null) buildWhenStale()
  built ??= isStale() ? buildBrowser() : Promise.resolve()
  await built
}

function isStale(): boolean {
  const output = join(root, 'build/fuzzbox.browser.js')
  if (!existsSync(output)) return true
  const builtMs = statSync(output).mtimeMs
  const sources = ['src/browser', 'src/core', 'instrument'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(root, folder, name)),
  )
  const others = ['assembly/abi.ts', 'build/engine.wasm', 'tools/build-browser.ts'].map((name) => join(root, name))
  return [...sources, ...others].some((source) => statSync(source).mtimeMs > builtMs)
}
