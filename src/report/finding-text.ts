// A finding as cargo-fuzz shows one: what happened, where, with which input, and the command that repeats it.

import type { FindingEvent } from '../core/campaign/events.ts'
import { titleOf } from '../core/findings/finding.ts'
import type { Frame } from '../core/outcome.ts'
import { codeAround } from './code-around.ts'
import { hexDump, quotedText } from './hex-dump.ts'

const RULE = '─'.repeat(72)
const FRAMES_SHOWN = 12
const BASE64_MAX = 512

/**
 * `module` is the target as it came, for the code around the trap; null leaves the code out. Of an input that the user
 * named to have it replayed, nobody needs to hear where it is and how to replay it.
 */
export async function findingText(
  finding: FindingEvent,
  module: Uint8Array | null,
  from: 'campaign' | 'replay' = 'campaign',
): Promise<string> {
  const input = Uint8Array.from(atob(finding.inputBase64), (character) => character.charCodeAt(0))
  const lines = [RULE, `FOUND  ${titleOf(finding)}`, `kind   ${finding.kind}`]
  lines.push(
    `seen   ${from === 'campaign' ? `after ${finding.executions} executions; ` : ''}${reproducedText(finding)}`,
    '',
  )
  lines.push(...framesText(finding.frames), ...(await codeText(finding.frames, module)))
  lines.push(...(finding.arguments ? argumentsText(finding.arguments) : inputText(input)), '')
  if (!finding.arguments && input.length > 0 && finding.inputBase64.length <= BASE64_MAX)
    lines.push(`Base64: ${finding.inputBase64}`, '')
  if (finding.path !== null && from === 'campaign') lines.push('Written to', `    ${finding.path}`, '')
  if (finding.replay !== null) lines.push('Repeat it with', `    ${finding.replay}`, '')
  if (finding.path !== null && from === 'campaign') lines.push(keepText(finding.path))
  if (lines.at(-1) === '') lines.pop()
  lines.push(RULE)
  return `${lines.join('\n')}\n`
}

/** Findings are generated and may be cleaned away; the folder beside theirs is for those that somebody keeps. */
function keepText(path: string): string {
  const [, before, target] = /^(.*[\\/])?findings([\\/][^\\/]+[\\/])[^\\/]+$/.exec(path) ?? []
  const folder = target === undefined ? 'fuzz/regressions/<target>/' : `${before ?? ''}regressions${target}`
  return `Keep it: copy it to ${folder} and commit it, and \`fuzzbox replay\` without inputs runs it.`
}

/** `  #0 parseNumber  func[12] at 0x1a2`, one line a frame. */
function framesText(frames: readonly Frame[]): string[] {
  if (frames.length === 0) return ['    (no call stack: only the sandbox saw it)', '']
  const shown = frames.slice(0, FRAMES_SHOWN)
  const width = Math.max(...shown.map((frame) => frame.functionName.length))
  const lines = shown.map((frame, index) => {
    const place = frame.offset === null ? '' : ` at 0x${frame.offset.toString(16)}`
    return `    #${index} ${frame.functionName.padEnd(width)}  func[${frame.functionIndex}]${place}`
  })
  if (frames.length > shown.length) lines.push(`    … ${frames.length - shown.length} frames more`)
  return [...lines, '']
}

async function codeText(frames: readonly Frame[], module: Uint8Array | null): Promise<string[]> {
  const frame = frames.find((candidate) => candidate.offset !== null)
  const code = frame && module ? await codeAround(module, frame) : null
  return code ? ['Code around the trap:', ...code, ''] : []
}

/** As they stand in the file, so that they can be pasted into a test. */
function argumentsText(texts: readonly string[]): string[] {
  return ['Arguments:', ...texts.map((text) => `    ${text}`)]
}

function inputText(input: Uint8Array): string[] {
  if (input.length === 0) return ['Input: empty']
  const size = `Input, ${input.length} byte${input.length === 1 ? '' : 's'}:`
  return [size, ...hexDump(input).map((line) => `    ${line}`), `    ${quotedText(input)}`]
}

function reproducedText(finding: FindingEvent): string {
  if (finding.reproduceRuns === 0) return 'not run again'
  const often = `reproduces ${finding.reproduced} of ${finding.reproduceRuns} times`
  if (finding.confirmed === null) return often
  return finding.confirmed
    ? `${often}, and on a fresh instance without instrumentation`
    : `${often}, but NOT on a fresh instance without instrumentation: treat it with care`
}
