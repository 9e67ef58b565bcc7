// Two programs measured in turn, in one run: noise that lasts longer than one turn falls on both.

export interface Pairs<Ours, Theirs> {
  readonly ours: Ours[]
  readonly theirs: Theirs[]
}

/** Runs `count` pairs; which of the two goes first alternates. */
export async function alternate<Ours, Theirs>(
  count: number,
  ours: (pair: number) => Promise<Ours> | Ours,
  theirs: (pair: number) => Promise<Theirs> | Theirs,
): Promise<Pairs<Ours, Theirs>> {
  const results: Pairs<Ours, Theirs> = { ours: [], theirs: [] }
  for (let pair = 0; pair < count; pair++) {
    const ourTurn = async (): Promise<unknown> => results.ours.push(await ours(pair))
    const theirTurn = async (): Promise<unknown> => results.theirs.push(await theirs(pair))
    const turns = pair % 2 === 0 ? [ourTurn, theirTurn] : [theirTurn, ourTurn]
    for (const turn of turns) await turn()
  }
  return results
}
