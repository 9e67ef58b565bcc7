// The statistics files of AFL++ 4, so that afl-whatsup, afl-plot and what else reads them can watch a campaign:
//
//   fuzzer_stats   start_time        : 1795517443        plot_data   # relative_time, cycles_done, cur_item, …
//                  last_update       : 1795517449                    6, 0, 0, 3, 0, 0, 66.67%, 0, 0, 0, 63.35, 398, 6
//                  …
//
// A field that has no meaning here is 0: there are no cycles, favoured entries or levels. afl-whatsup runs the file as a
// shell script, so nothing that comes from elsewhere keeps a character that a shell would act upon.

import { classOf } from '../core/findings/finding.ts'
import type { FindingEvent, SessionEvent, StatusEvent } from '../core/campaign/events.ts'

export interface AflAbout {
  readonly target: string
  readonly version: string
  readonly commandLine: string
  /** Process that fuzzes: afl-whatsup asks whether it lives. */
  readonly processId: number
  /** Limit of one execution. */
  readonly timeoutMs: number
  readonly residentMib: () => number
  /** Milliseconds since 1970. */
  readonly nowMs: () => number
}

export const PLOT_HEADER: string =
  '# relative_time, cycles_done, cur_item, corpus_count, pending_total, pending_favs, map_size, saved_crashes, ' +
  'saved_hangs, max_depth, execs_per_sec, total_execs, edges_found\n'

const MINUTE_MS = 60_000

/** Learns from events; tells what the files should hold now. */
export class AflStats {
  readonly #about: AflAbout
  #status: StatusEvent | null = null
  #crashes = 0
  #hangs = 0
  #lastCrash: FindingEvent | null = null
  #lastHang: FindingEvent | null = null
  /** One a second at most, of the last minute: for the speed over it. */
  readonly #minute: { readonly atMs: number; readonly executions: number }[] = []

  constructor(about: AflAbout) {
    this.#about = about
  }

  event(event: SessionEvent): void {
    if (event.type === 'status') this.#learn(event)
    if (event.type !== 'finding') return
    if (classOf(event.kind) === 'timeout') {
      this.#hangs++
      this.#lastHang = event
    } else {
      this.#crashes++
      this.#lastCrash = event
    }
  }

  /** The text of fuzzer_stats; null before the first execution, of which nothing can be said. */
  stats(): string | null {
    const status = this.#status
    if (status === null || status.executions === 0) return null
    const { target, version, commandLine, processId, timeoutMs, residentMib, nowMs } = this.#about
    const startMs = nowMs() - status.elapsedMs
    const atSeconds = (elapsedMs: number): number => seconds(startMs + elapsedMs)
    return table([
      ['start_time', seconds(startMs)],
      ['last_update', seconds(nowMs())],
      ['run_time', seconds(status.elapsedMs)],
      ['fuzzer_pid', processId],
      ['cycles_done', 0],
      ['cycles_wo_finds', 0],
      ['time_wo_finds', seconds(status.elapsedMs - status.lastNewMs)],
      ['execs_done', status.executions],
      ['execs_per_sec', this.#speed(status).toFixed(2)],
      ['execs_ps_last_min', this.#speedOfMinute(status).toFixed(2)],
      ['corpus_count', corpusCount(status)],
      ['corpus_favored', 0],
      ['corpus_found', status.inputsNew],
      ['corpus_imported', 0],
      ['corpus_variable', 0],
      ['max_depth', 0],
      ['cur_item', 0],
      ['pending_favs', 0],
      ['pending_total', 0],
      ['stability', percent(status.edges, status.edges + status.unstableEdges)],
      ['bitmap_cvg', percent(status.edges, status.edgesTotal)],
      ['saved_crashes', this.#crashes],
      ['saved_hangs', this.#hangs],
      ['last_find', status.inputsNew === 0 ? 0 : atSeconds(status.lastNewMs)],
      ['last_crash', this.#lastCrash === null ? 0 : atSeconds(this.#lastCrash.elapsedMs)],
      ['last_hang', this.#lastHang === null ? 0 : atSeconds(this.#lastHang.elapsedMs)],
      ['execs_since_crash', Math.max(0, status.executions - (this.#lastCrash?.executions ?? 0))],
      ['exec_timeout', Math.round(timeoutMs)],
      ['slowest_exec_ms', 0],
      ['peak_rss_mb', residentMib()],
      ['cpu_affinity', 0],
      ['edges_found', status.edges],
      ['total_edges', status.edgesTotal],
      ['var_byte_count', status.unstableEdges],
      ['havoc_expansion', 0],
      ['auto_dict_entries', 0],
      ['testcache_size', 0],
      ['testcache_count', 0],
      ['testcache_evict', 0],
      ['afl_banner', harmless(target)],
      ['afl_version', harmless(version)],
      ['target_mode', 'wasm'],
      ['command_line', harmless(commandLine)],
    ])
  }

  /** One more line of plot_data; null before the first execution. */
  plotLine(): string | null {
    const status = this.#status
    if (status === null || status.executions === 0) return null
    const { elapsedMs, executionsPerSecond, executions, edges, edgesTotal } = status
    const counts = `0, 0, ${corpusCount(status)}, 0, 0, ${percent(edges, edgesTotal)}, ${this.#crashes}, ${this.#hangs}, 0`
    return `${seconds(elapsedMs)}, ${counts}, ${executionsPerSecond.toFixed(2)}, ${executions}, ${edges}\n`
  }

  #learn(status: StatusEvent): void {
    this.#status = status
    const last = this.#minute.at(-1)
    if (last && status.elapsedMs - last.atMs < 1_000) return
    this.#minute.push({ atMs: status.elapsedMs, executions: status.executions })
    while (status.elapsedMs - (this.#minute[0]?.atMs ?? 0) > MINUTE_MS) this.#minute.shift()
  }

  #speed({ executions, elapsedMs }: StatusEvent): number {
    return elapsedMs > 0 ? (executions / elapsedMs) * 1_000 : 0
  }

  #speedOfMinute(status: StatusEvent): number {
    const first = this.#minute[0]
    const ms = first ? status.elapsedMs - first.atMs : 0
    return first && ms > 0 ? ((status.executions - first.executions) / ms) * 1_000 : 0
  }
}

function table(rows: readonly (readonly [name: string, value: number | string])[]): string {
  return rows.map(([name, value]) => `${name.padEnd(18)}: ${value}\n`).join('')
}

/** Where nothing is kept, mutants are made of the empty input, and that is one; afl-whatsup divides by this. */
function corpusCount({ corpus }: StatusEvent): number {
  return Math.max(1, corpus)
}

function seconds(ms: number): number {
  return Math.max(0, Math.floor(ms / 1_000))
}

function percent(part: number, whole: number): string {
  return `${(whole > 0 ? (part / whole) * 100 : 0).toFixed(2)}%`
}

/** Letters and digits of any script, and signs that mean nothing to a shell within double quotes. */
function harmless(text: string): string {
  return text.replace(/[^\p{L}\p{N} ._+,:;=@%/<>()[\]{}|&*?~#-]/gu, '_')
}
