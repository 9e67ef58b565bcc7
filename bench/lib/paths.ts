import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const ROOT: string = fileURLToPath(new URL('../../', import.meta.url))
/** Everything that setup.sh brings and that benchmarks build; ignored by git. */
export const CACHE: string = `${ROOT}.bench/`
export const BUILD: string = `${CACHE}build/`
export const TARGETS: string = `${ROOT}bench/targets/`

mkdirSync(BUILD, { recursive: true })
