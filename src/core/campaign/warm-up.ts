// What a campaign begins with: regressions first, since they are why people look; then seeds, the short ones first,
// so that what a long one adds is only what it is needed for.

import type { Campaign } from './campaign.ts'
import { campaignWarnings } from './errors.ts'
import { firstInputs } from './first-inputs.ts'
import type { Offer, OfferQueue } from './offers.ts'

/** Reads the corpus and queues everything that is to be run before the first mutant. */
export async function loadOffers(campaign: Campaign): Promise<OfferQueue> {
  const { corpus, regressions, target } = campaign.options
  const { seeds, warnings } = await corpus.load()
  for (const warning of warnings) campaign.warn(warning)
  const most = target.inputMax
  const long = seeds.filter((seed) => seed.bytes.length > most).length
  if (long > 0) campaign.warn(campaignWarnings.seedsRejected(long))
  const offers: Offer[] = seeds
    .map(({ bytes }) => seedOf(bytes.length > most ? bytes.slice(0, most) : bytes))
    .sort((a, b) => a.input.length - b.input.length)
  if (offers.length === 0) offers.push(...firstInputs(target).map((input) => seedOf(input)))
  const failedOnce = regressions.map(({ name, bytes }) => seedOf(bytes.slice(0, most), name))
  return [...failedOnce, ...offers]
}

function seedOf(input: Uint8Array, regression: string | null = null): Offer {
  return { input, origin: 'seed', regression }
}
