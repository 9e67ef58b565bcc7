// Two programs measured in turn, in one run: noise that lasts longer than one turn falls on both.

export interface Pairs<Ours, Theirs> {
  readonly ours: Ours[]
  readonly theirs: Theirs[]
}

/** Runs `count` pairs; which of the two goes first alternates. */
export async function alternate<Ours, Theirs>(
  count: number,
  ours: () => Promise<Ours>,
  theirs: () => Promise<Theirs>,
): Promise<Pairs<Ours, Theirs>> {
  const results: Pairs<Ours, Theirs> = { ours: [], theirs: [] }
  for (let pair = 0; pair < count; pair++) {
    const turns = [async () => results.ours.push(await ours()), async () => results.theirs.push(await theirs())]
    for (const turn of pair % 2 === 0 ? turns : turns.toReversed()) await turn()
  }
  return results
}
