// What workers are asked to do, and what their answers come to: inputs to run once (seeds, and what others found), and
// slices of fuzzing. Every answer is checked here against what the campaign as a whole has reached.

import type { Campaign } from './campaign.ts'
import type { Offer, OfferQueue } from './offers.ts'
import type { Seat } from './seats.ts'
import type { Turn } from './turns.ts'
import {
  ADD_INPUTS_MAX,
  SLICE_COST,
  SLICE_EXECUTIONS_IN_STEP_MAX,
  SLICE_EXECUTIONS_MAX,
  SLICE_MS,
  SLICE_MS_MAX,
} from '../limits.ts'
import type { AddReply, Discovered, SliceReply, TrapReport } from '../worker/protocol.ts'
import type { WorkerLost } from '../worker/supervised-worker.ts'

/** Calls of the target that one offered input may need: the second confirms what the first saw. */
const CALLS_PER_INPUT = 2
/** What an execution costs beside its edges, in the same unit. */
const EXECUTION_COST = 64

/** The next inputs of a queue; null when it is empty or nothing may be run any more. */
export function addTurn(campaign: Campaign, seat: Seat, queue: OfferQueue): Turn | null {
  if (queue.length === 0) return null
  const granted = campaign.budget.take(Math.min(ADD_INPUTS_MAX, queue.length) * CALLS_PER_INPUT)
  if (granted === 0) return null
  const offers = queue.splice(0, ADD_INPUTS_MAX)
  const request = {
    // Copies: small inputs lie together in large buffers, and with a view its whole buffer would travel.
    inputs: offers.map(({ input }) => input.slice()),
    executionsMax: granted,
    msMax: campaign.options.deterministic ? null : SLICE_MS_MAX,
    ignore: unstableNews(campaign, seat),
  }
  return {
    async ask(worker) {
      const reply = await worker.call((api) => api.add(request))
      return async () => {
        campaign.budget.giveBack(granted - reply.executions)
        queue.unshift(...offers.slice(reply.done))
        await accountAdded(campaign, seat, reply, offers)
      }
    },
    lost(lost) {
      campaign.budget.giveBack(granted)
      const left = withoutFatal(offers, lost)
      noteSeeds(campaign, offers.slice(0, offers.length - left.length), 1)
      queue.unshift(...left)
    },
  }
}

async function accountAdded(campaign: Campaign, seat: Seat, reply: AddReply, offers: readonly Offer[]): Promise<void> {
  const executionsBefore = campaign.progress.executions
  campaign.count(reply.executions, reply.busyMs)
  noteAnswer(campaign, seat, reply)
  noteSeeds(campaign, offers.slice(0, reply.done), reply.trapped.length)
  for (const { at, features } of reply.kept) {
    const learned = campaign.coverage.learn(features)
    const offer = offers[at]
    if (offer?.origin !== 'seed' || learned.features === 0) continue
    // What only a made-up input reaches would be lost to the next campaign, which begins with the files of this one.
    if (offer.isMadeUp) await keepNew(campaign, seat, offer.input, learned.edges)
    else await campaign.inputs.keepSeed(offer.input.slice(), finderOf(seat))
  }
  for (const trap of reply.traps) {
    const at = reply.trapped.find(({ key }) => key === trap.key)?.at ?? -1
    await campaign.trapped(since(trap, executionsBefore), offers[at]?.regression ?? null)
  }
  for (const { at, key } of reply.trapped) campaign.desk.alsoFails(offers[at]?.regression ?? null, key)
}

/** How far the warm-up is: inputs that only a worker has to learn do not count. */
function noteSeeds({ progress }: Campaign, done: readonly Offer[], failed: number): void {
  if (done[0]?.origin === 'seed') progress.warmed(done.length, failed)
}

/** A slice of fuzzing; null when all executions are spent. */
export function sliceTurn(campaign: Campaign, seat: Seat): Turn | null {
  const { deterministic } = campaign.options
  const granted = campaign.budget.takeForSlice(seat.sliceExecutions)
  if (granted === 0) return null
  const request = {
    executions: granted,
    msMax: deterministic ? null : SLICE_MS_MAX,
    ignore: unstableNews(campaign, seat),
  }
  return {
    async ask(worker) {
      const reply = await worker.call((api) => api.slice(request))
      campaign.budget.giveBack(granted - reply.executions)
      seat.isTrimming = reply.trimming
      seat.sliceExecutions = deterministic ? sliceByCost(seat, reply) : sliceByTime(granted, reply)
      return async () => await accountSlice(campaign, seat, reply)
    },
    lost: () => campaign.budget.giveBack(granted),
  }
}

/** What the worker was still shortening when the campaign ended. Runs nothing. */
export function lastTurn(campaign: Campaign, seat: Seat): Turn | null {
  if (!seat.isTrimming) return null
  seat.isTrimming = false
  const request = { executions: 0, msMax: null, ignore: new Uint32Array(0), last: true }
  return {
    async ask(worker) {
      const reply = await worker.call((api) => api.slice(request))
      return async () => await accountSlice(campaign, seat, reply)
    },
    lost: () => {},
  }
}

async function accountSlice(campaign: Campaign, seat: Seat, reply: SliceReply): Promise<void> {
  const executionsBefore = campaign.progress.executions
  campaign.count(reply.executions, reply.busyMs)
  noteAnswer(campaign, seat, reply)
  for (const found of reply.discoveries) await accountFound(campaign, seat, found)
  for (const trap of reply.traps) await campaign.trapped(since(trap, executionsBefore))
  if (campaign.stability.isStable(performance.now())) campaign.stop('stable')
}

/** Kept only where it reaches what nobody reached before: another worker may have been faster. */
async function accountFound(campaign: Campaign, seat: Seat, found: Discovered): Promise<void> {
  const { input, features, replaces } = found
  // What takes the place of another may reach more: a better extreme of the target's.
  const learned = campaign.coverage.learn(features)
  if (replaces && (await campaign.inputs.replace(replaces, input, finderOf(seat)))) return
  if (learned.features > 0) await keepNew(campaign, seat, input, learned.edges)
}

async function keepNew(campaign: Campaign, seat: Seat, input: Uint8Array, newEdges: number): Promise<void> {
  const id = await campaign.inputs.keep(input, finderOf(seat))
  if (id === null) return
  campaign.stability.noteNew(performance.now())
  const about = { id, sizeBytes: input.length, newEdges, worker: seat.index }
  const event = campaign.progress.input(about, campaign.inputs)
  if (event) campaign.options.emit(event)
}

/** What every answer tells besides. */
function noteAnswer(campaign: Campaign, seat: Seat, reply: AddReply | SliceReply): void {
  seat.losses = 0
  seat.statistics = reply.statistics
  if (campaign.options.compares) campaign.progress.noteCompares(seat.index, reply.statistics.compares)
  campaign.progress.lengthLimit = reply.statistics.lengthLimit
  campaign.coverage.ignore(reply.unstable)
  if ('corpusFull' in reply && reply.corpusFull) campaign.warnOfFullEngine()
  if ('mutatorsLost' in reply && reply.mutatorsLost) campaign.warnOfMutators(reply.mutatorsLost)
}

/** Unstable edges that this worker has not been told of. */
function unstableNews({ coverage }: Campaign, seat: Seat): Uint32Array {
  const news = Uint32Array.from(coverage.unstable.slice(seat.unstableKnown))
  seat.unstableKnown = coverage.unstable.length
  return news
}

/** What others have found since this worker was last told, as inputs that wait for it. */
export function noteShared({ inputs }: Campaign, seat: Seat): void {
  const news = inputs.since(seat.inputsKnown, finderOf(seat))
  seat.inputsKnown = inputs.shared
  seat.shared.push(...news.map((input) => ({ input, origin: 'shared', regression: null }) as const))
}

function finderOf({ index, generation }: Seat): { index: number; generation: number } {
  return { index, generation }
}

function since(trap: TrapReport, executionsBefore: number): TrapReport {
  return { ...trap, executions: executionsBefore + trap.executions }
}

/**
 * An input that lost its worker is left out when the others go to the next one, those before it included, because what they
 * reached was lost as well. Where it is not known, the first is left out.
 */
function withoutFatal(offers: readonly Offer[], { input }: WorkerLost): readonly Offer[] {
  const fatal = input ? offers.findIndex((offer) => sameBytes(offer.input, input)) : 0
  return offers.filter((_, index) => index !== Math.max(0, fatal))
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}

/** Slices aim at SLICE_MS and at most quadruple, since one that is far too long cannot be stopped. */
function sliceByTime(executions: number, reply: SliceReply): number {
  if (reply.executions === 0) return executions
  const fitting = (reply.executions * SLICE_MS) / Math.max(reply.busyMs, 0.05)
  return Math.max(1, Math.min(SLICE_EXECUTIONS_MAX, executions * 4, Math.round(fitting)))
}

/** Without a clock a slice is measured in edges: of what was found so far, an execution has so many on average. */
function sliceByCost(seat: Seat, { discoveries }: SliceReply): number {
  for (const { cost } of discoveries) {
    seat.costs.sum += cost
    seat.costs.count++
  }
  const mean = seat.costs.count > 0 ? seat.costs.sum / seat.costs.count : 0
  return Math.max(1, Math.min(SLICE_EXECUTIONS_IN_STEP_MAX, Math.round(SLICE_COST / (mean + EXECUTION_COST))))
}
