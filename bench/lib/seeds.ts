// Small seeds for the C libraries, written here rather than collected, so that a run needs no download.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { crc32, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'

import { BUILD } from './paths.ts'

const TEXT = 'the quick brown fox jumps over the lazy dog; the lazy dog does not jump over the quick brown fox. '

function zlibSeeds(): Uint8Array[] {
  const wrapped = Buffer.of(0)
  const raw = Buffer.of(1)
  const text = Buffer.from(TEXT.repeat(4))
  return [
    Buffer.concat([wrapped, deflateSync(text)]),
    Buffer.concat([wrapped, gzipSync(text)]),
    Buffer.concat([raw, deflateRawSync(text)]),
    Buffer.concat([raw, deflateRawSync(text, { level: 0 })]),
    Buffer.concat([raw, deflateRawSync(text, { strategy: 4 })]),
    Buffer.concat([wrapped, deflateSync(Buffer.alloc(40_000, 'ab'))]),
  ]
}

function jsonSeeds(): Uint8Array[] {
  return [
    '{"name":"fuzzbox","tags":["a","b"],"size":12.5e3,"nested":{"ok":true,"no":false,"none":null}}',
    '[1,-2,0.5,1e10,"\\u00e9\\ud83d\\ude00\\n\\t\\"",[],{}]',
    '  [ [ [ { "deep" : [ [ 1 ] ] } ] ] ]  ',
    '"text"',
  ].map((text) => Buffer.from(text))
}

function xmlSeeds(): Uint8Array[] {
  return [
    '<?xml version="1.0" encoding="UTF-8"?><!-- c --><a xmlns="urn:x" b="1"><b:c xmlns:b="urn:y">t&amp;&#65;</b:c></a>',
    '<!DOCTYPE d [<!ENTITY e "v"><!ELEMENT d (#PCDATA)><!ATTLIST d k CDATA "z" i ID #IMPLIED>]><d k="q">&e;</d>',
    '<r><![CDATA[ raw < & ]]><?pi some data?><x/><y a="b" c=\'d\'/></r>',
    '<?xml version="1.0" standalone="yes"?><t>caf\u00e9 \u20ac</t>',
  ].map((text) => Buffer.from(text))
}

/** `1`, then records: a tag, a length, that many bytes. */
function recordSeeds(): Uint8Array[] {
  const record = (tag: string, text: string): string => tag + String.fromCharCode(text.length) + text
  const group = record('g', record('i', '-12') + record('r', '1.5e3'))
  return [record('s', 'text') + record('t', '12:30:59'), group + record('x', '0xff'), record('l', 'a\0b\0')].map(
    (text) => Buffer.from(`1${text}`, 'latin1'),
  )
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

function png(color: number, depth: number, interlaced: number, rowBytes: number, more: Buffer[]): Uint8Array {
  const size = 8
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([depth, color, 0, 0, interlaced], 8)
  const rows = Buffer.alloc(size * (rowBytes + 1), 0x5a).map((byte, at) => (at % (rowBytes + 1) === 0 ? at % 5 : byte))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    ...more,
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function pngSeeds(): Uint8Array[] {
  return [
    png(0, 8, 0, 8, [chunk('gAMA', Buffer.of(0, 0, 0xb1, 0x8f))]),
    png(2, 8, 0, 24, [
      chunk('tEXt', Buffer.from('Title\0box')),
      chunk('pHYs', Buffer.from([0, 0, 11, 19, 0, 0, 11, 19, 1])),
    ]),
    png(3, 4, 0, 4, [chunk('PLTE', Buffer.alloc(48, 7)), chunk('tRNS', Buffer.of(1, 2, 3))]),
    png(6, 16, 1, 64, [chunk('bKGD', Buffer.alloc(6)), chunk('tIME', Buffer.of(7, 232, 1, 2, 3, 4, 5))]),
  ]
}

function yamlSeeds(): Uint8Array[] {
  return [
    '%YAML 1.1\n---\n- &a !!str "x\\ty"\n- *a\n- {k: v, ? q : [1, 2]}\n...\n',
    "key: |\n  literal\n  text\nother: >-\n  folded\n  text\nlist:\n  - 1\n  - 'two'\n",
    '# comment\n? complex\n: value\n<<: {a: b}\n',
  ].map((text) => Buffer.from(text))
}

const SEEDS: Readonly<Record<string, () => Uint8Array[]>> = {
  zlib: zlibSeeds,
  cjson: jsonSeeds,
  json: jsonSeeds,
  records: recordSeeds,
  expat: xmlSeeds,
  png: pngSeeds,
  yaml: yamlSeeds,
  parser: () => ['a=1;b="text";', 'name = 12345 ; other="x" ;'].map((text) => Buffer.from(text)),
  sparse: () => ['</a>', '<!x>'].map((text) => Buffer.from(text)),
  empty: () => [Buffer.from('seed')],
}

export function seedsOf(target: string): readonly Uint8Array[] {
  return SEEDS[target]?.() ?? []
}

/** The seeds as a directory, for programs that want one. */
export function seedFolder(target: string): string {
  const folder = `${BUILD}seeds-${target}`
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  seedsOf(target).forEach((seed, index) => writeFileSync(`${folder}/${index}`, seed))
  return folder
}
