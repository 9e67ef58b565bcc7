// README.md beside this says which test holds which promise: all of them are there, under the words that it quotes.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

/** `file`: "words", "words"; files without a folder are of this one. */
const NAMED = /`([\w/-]+)`((?:: )?(?:(?:, )?"[^"]+")*)/g

const named = [...read('README.md').matchAll(NAMED)].map(([, file, quoted]) => ({
  file: file!,
  words: [...quoted!.matchAll(/"([^"]+)"/g)].map(([, text]) => text!),
}))

test('every test that the list of promises names is there', () => {
  const missing = named.flatMap(({ file, words }) => {
    const text = read(file.includes('/') ? `../${file}.test.ts` : `${file}.test.ts`)
    return words.filter((quoted) => !text.includes(quoted)).map((quoted) => `${file}: ${quoted}`)
  })
  expect(missing).toEqual([])
  expect(named.length).toBeGreaterThan(40)
})
