// What a campaign writes and nothing else, for ever: whoever kills this process hits it in the middle of a write. It
// says on standard output how many files it has begun.
import { createHash } from 'node:crypto'
import type { FindingRecord } from '../../src/core/campaign/corpus.ts'
import type { PreparedTarget } from '../../src/core/target/prepared.ts'
import { DirectoryCorpus } from '../../src/node/directory-corpus.ts'
import { FindingsFolder } from '../../src/node/findings-folder.ts'

const [corpusFolder, findingsFolder] = process.argv.slice(2) as [string, string]
const corpus = new DirectoryCorpus([corpusFolder])
const target = { name: 'writer', hash: 'beef', types: null } as unknown as PreparedTarget
const findings = new FindingsFolder(findingsFolder, { target, module: 'writer.wasm', seed: 1, replayArguments: [] })
const record: FindingRecord = {
  kind: 'unreachable',
  key: 'unreachable|writer',
  message: 'unreachable executed',
  frames: [{ functionIndex: 0, functionName: 'writer', offset: 1 }],
  sizeBytes: 3,
  executions: 12,
  elapsedMs: 34,
  reproduced: 3,
  reproduceRuns: 3,
  confirmed: true,
  inputBase64: 'YWJj',
}

// Starting is part of the promise: it reads and sweeps what the process before it left.
await corpus.load()
let before: string | null = null
for (let count = 0; ; count++) {
  const input = new Uint8Array(1 + (count % 7) * 4_000).fill(count % 251)
  const id = createHash('sha1').update(input).digest('hex')
  process.stdout.write('.')
  if (before === null || count % 3 > 0) await corpus.keep(id, input)
  else await corpus.replace(before, id, input)
  before = id
  if (count % 4 === 0) await findings.write(record, input, null)
}
