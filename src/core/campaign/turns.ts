// Who works when. A turn is one call to a worker and what its answer means; what a seat's next turn is, others say.
//
//   free     each seat goes on as soon as it can; its worker was asked for the next turn before it has answered the
//            last, so it is never without work
//   in step  all seats ask, all answers are awaited, then they are accounted for in the order of the seats: one seed
//            gives one sequence of events, whatever the machine does
//
// A turn whose worker is lost is told so; then the seat gets another worker.

import { TURNS_AHEAD } from '../limits.ts'
import { WorkerLost, type SupervisedWorker } from '../worker/supervised-worker.ts'
import type { Seat } from './seats.ts'

/** One call to a worker. */
export interface Turn {
  /** Asks, and returns what accounts for the answer. Throws WorkerLost. */
  ask(worker: SupervisedWorker): Promise<() => Promise<void>>
  /** The worker was lost: gives back what the turn had taken. */
  lost(lost: WorkerLost): Promise<void> | void
}

/** The seat's next turn; null when there is nothing for it to do. */
export type NextTurn = (seat: Seat) => Turn | null

export interface TurnOptions {
  readonly next: NextTurn
  readonly replace: (seat: Seat, lost: WorkerLost) => Promise<void>
  readonly inStep: boolean
  /** After each round of turns in step. */
  readonly endOfRound: () => void
}

/** Takes turns until no seat has one left. */
export async function takeTurns(seats: readonly Seat[], options: TurnOptions): Promise<void> {
  if (options.inStep) await takeInStep(seats, options)
  else await Promise.all(seats.map((seat) => takeFreely(seat, options)))
}

/** A turn under way, and what its answer came to. */
interface Asked {
  readonly turn: Turn
  readonly answer: Promise<() => Promise<void>>
}

async function takeFreely(seat: Seat, { next, replace }: TurnOptions): Promise<void> {
  const ahead: Asked[] = []
  const askAhead = (): void => {
    while (ahead.length < TURNS_AHEAD) {
      const turn = next(seat)
      if (turn === null) return
      ahead.push(ask(seat, turn))
    }
  }
  for (;;) {
    askAhead()
    const first = ahead.shift()
    if (!first) return
    try {
      const account = await first.answer
      askAhead()
      await account()
    } catch (error) {
      if (!(error instanceof WorkerLost)) throw error
      for (const { turn } of [first, ...ahead.splice(0)]) await turn.lost(error)
      await replace(seat, error)
    }
  }
}

async function takeInStep(seats: readonly Seat[], { next, replace, endOfRound }: TurnOptions): Promise<void> {
  for (;;) {
    const round = seats.flatMap((seat) => {
      const turn = next(seat)
      return turn === null ? [] : [{ seat, ...ask(seat, turn) }]
    })
    if (round.length === 0) return
    await Promise.allSettled(round.map(({ answer }) => answer))
    for (const { seat, turn, answer } of round) {
      try {
        await (
          await answer
        )()
      } catch (error) {
        if (!(error instanceof WorkerLost)) throw error
        await turn.lost(error)
        await replace(seat, error)
      }
    }
    endOfRound()
  }
}

function ask(seat: Seat, turn: Turn): Asked {
  const answer = turn.ask(seat.worker)
  // Of a lost worker's turns only the first is awaited.
  answer.catch(() => {})
  return { turn, answer }
}
