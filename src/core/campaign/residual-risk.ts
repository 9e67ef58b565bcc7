// What the campaign has not reached yet, estimated from what it reached rarely. The edges of a target are taken for
// species and executions for days in the field (Böhme, "STADS: Software Testing as Species Discovery", 2018):
//
//   n    executions that were sampled, one in 64               f1   edges that one of them reached
//   N    executions of the campaign                            f2   edges that two of them reached
//
//   f1 / n                     chance that one more sample reaches an edge which no sample did   (Good and Turing, 1953)
//   f1 (f1 − 1) / 2 (f2 + 1)   edges that no sample reached, at least                            (Chao, 1984)
//
// The campaign has seen 64 times more than its samples, so f1 / n would see risk where there is none any more. But it
// also knows Z, the edges that it reached and no sample did: its curve of edges against the logarithm of executions rose
// by Z from n to N, and at n its slope is f1. The slope F at N, where the campaign stands, follows from f1 and the mean
// slope M = Z / ln(N / n): as a geometric mean, f1 · F = M², and at most 2 M, where the curve would have begun flat. The
// next execution reaches F / N new edges.
//
// When it means nothing, `doubt` says so:
// - with few samples, rare edges are not told from others;
// - when every edge is reached, there is nothing left to estimate;
// - when no edge is rare, no slope is left to go by; the upper limit still holds.
//
// And one doubt is always there: the theory wants executions that are drawn alike and do not learn, whereas the
// schedule turns to rare edges and every new input changes what comes next. A find usually opens the way to more, so
// the estimate is too hopeful before a breakthrough and too gloomy in the middle of one. It is a guess, not a promise.

import type { EdgeHits } from '../worker/protocol.ts'

export type RiskDoubt = 'few-samples' | 'all-reached' | 'none-rare'

export interface ResidualRisk {
  readonly samples: number
  /** Edges that exactly one sample reached, and exactly two. */
  readonly singletons: number
  readonly doubletons: number
  /** New edges that the next execution is expected to reach: an upper bound on its chance to reach any. */
  readonly discoveryProbability: number
  /** With 95 % confidence no larger than this, were executions drawn alike. */
  readonly discoveryProbabilityMax: number
  /** Edges that can be reached at all, at least; between those reached and those of the module. */
  readonly edgesReachable: number
  /** Null where nothing speaks for a further edge. */
  readonly executionsToNextEdge: number | null
  /** Why the numbers mean nothing; null where they may mean something. */
  readonly doubt: RiskDoubt | null
}

export interface RiskEvidence extends EdgeHits {
  /** Of the whole campaign: what was executed, reached, and is there. */
  readonly executions: number
  readonly edges: number
  readonly edgesTotal: number
}

/** Fewer samples than this say nothing: rare would be what one in a few hundred executions reaches. */
const SAMPLES_MIN = 1_000
/** One-sided 95 % of the normal distribution. */
const Z_95 = 1.645

export function estimateResidualRisk(evidence: RiskEvidence): ResidualRisk {
  const { samples, counts, edgesTotal } = evidence
  let [sampled, singletons, doubletons] = [0, 0, 0]
  for (const count of counts) {
    if (count > 0) sampled++
    if (count === 1) singletons++
    if (count === 2) doubletons++
  }
  const executions = Math.max(evidence.executions, samples)
  // An edge that a sample reached was reached, even where it does not repeat and so never counted as such.
  const edges = Math.max(evidence.edges, sampled)
  const slope = slopeNow(singletons, edges - sampled, samples > 0 ? Math.log(executions / samples) : 0)
  const unsampled = (singletons * (singletons - 1)) / (2 * (doubletons + 1))
  const doubt = doubtOf(samples, edges, edgesTotal, slope)
  return {
    samples,
    singletons,
    doubletons,
    discoveryProbability: doubt === 'all-reached' || executions === 0 ? 0 : Math.min(1, slope / executions),
    discoveryProbabilityMax: doubt === 'all-reached' ? 0 : upperLimit(samples, singletons, doubletons),
    edgesReachable: Math.min(edgesTotal, Math.max(edges, Math.round(sampled + unsampled))),
    executionsToNextEdge: slope > 0 && doubt !== 'all-reached' ? Math.max(1, Math.round(executions / slope)) : null,
    doubt,
  }
}

/** The slope of edges against the logarithm of executions, where the campaign stands. */
function slopeNow(singletons: number, unsampledReached: number, logSpan: number): number {
  if (logSpan < 0.01) return singletons
  const mean = unsampledReached / logSpan
  return Math.min(mean ** 2 / singletons || 0, 2 * mean)
}

function doubtOf(samples: number, edges: number, edgesTotal: number, slope: number): RiskDoubt | null {
  if (edges >= edgesTotal) return 'all-reached'
  if (samples < SAMPLES_MIN) return 'few-samples'
  return slope === 0 ? 'none-rare' : null
}

/**
 * The score interval of a Poisson count with the variance that Esty (1983) gives the estimate. It bounds what no sample
 * reached, and so what no execution did; with no singleton at all it is about 3 in `samples`.
 */
function upperLimit(samples: number, singletons: number, doubletons: number): number {
  if (samples === 0) return 1
  const spread = Math.sqrt(singletons + 2 * doubletons + Z_95 ** 2 / 4)
  return Math.min(1, (singletons + Z_95 ** 2 / 2 + Z_95 * spread) / samples)
}
