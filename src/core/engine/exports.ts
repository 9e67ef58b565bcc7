// Everything that the engine (assembly/index.ts) exports to the host. The facade in engine.ts is its only importer.

export interface EngineExports {
  /** Called once, first: lays out the memory. Bytes for corpus and image; returns 0, or the pages of 64 KiB it lacked. */
  setup(functions: number, edges: number, inputMax: number, corpusBytes: number, imageBytes: number): number
  /** Room of so many pages, at a page's start, behind everything else; 0 where the memory cannot grow so far. */
  reservePages(pages: number): number
  /** Address of a region of REGION_*. */
  address(region: number): number
  /** Address of the slot of a token that stands in the module itself. */
  staticToken(index: number): number
  /** Address of the slot of a learned token, and how many inputs were kept with it. */
  autoToken(index: number): number
  tokenUses(index: number): number
  /** Seeds the generator; same seed, same corpus, same order ⇒ same inputs. */
  seed(low: number, high: number): void
  /** How many compares the target's compares build logs; 0 where there is none. Called before `ready`. */
  setCompares(sites: number): void
  /** A compares build is about to be linked: what it calls of the engine's reaches it. */
  beginCompares(): void
  /** It is linked and initialised: captures its snapshot. 0 where the engine's memory has no room for that. */
  comparesReady(): number
  /** It could not be linked, and will not be asked for again. */
  comparesRefused(): void
  /** Executions that went into compares, and inputs that they were first to find. */
  compareExecutionsLow(): number
  compareFinds(): number
  /** Tokens that were learned from compares. */
  tokensLearned(): number
  /** Captures the base snapshot through the target's slots and clears all coverage. */
  ready(): void

  /** Works for at most `executions` runs. Returns SLICE_*; counts are read from `executionsLow/High`. */
  slice(executions: number): number
  /**
   * After a fresh instance of the target took the place of one whose state was lost: captures it, and clears
   * CONTROL_STATE_LOST. Corpus, coverage and the batch under way stay.
   */
  recapture(): void
  /** Edges that never count as new: a harness's own, or unstable ones. Call it after `ready`. */
  ignoreEdges(first: number, count: number): void
  /** Executions that the trimming of one new input may cost, at most; 0 keeps inputs as they were found. */
  setTrim(executionsMax: number): void
  /** 1 while an input that was found is being trimmed: it is kept, and told, when that is done. */
  isTrimming(): number
  /** Keeps an input whose trimming is under way as it stands, so that no later slice is needed. Runs nothing. */
  endTrim(): void
  /** The factor of length control, as libFuzzer's -len_control; 0 allows every length at once. Call it before `ready`. */
  setLengthControl(factor: number): void

  /** After a trap in slice/run: restores pages and globals, reads the counters into the trace, clears them. */
  recover(): void

  /** One execution of the `length` bytes that the host wrote at INPUT_BASE; the trace is filled, nothing is learned. Returns the entry's result. */
  runOnce(length: number): number
  /**
   * As runOnce, then keeps the input in the corpus when it reaches something new, which takes a second run. With an
   * `executionsMax` of 1 that is left to `resume`. Returns the number of new features.
   */
  addInput(length: number, executionsMax: number): number
  /** How many features the input of the last `addInput` or `resume` was first to reach: they lie at REGION_LEARNED. */
  learnedLength(): number
  /** 1 while an input that looked new waits for its second run: the first was cut short by a budget, lost state or exit(0). */
  isSuspended(): number
  /** Does that second run, as the next slice would. May trap. Returns the features learned. */
  resume(): number
  /** After `recover`: features of the trapped run that no corpus entry and no earlier trap had reached. */
  crashFeatures(): number

  traceLength(): number
  /** Pair `i` of the trace as a feature: edge << 8 | one-hot bucket. */
  traceFeature(i: number): number
  traceHashLow(): number
  traceHashHigh(): number
  executionsLow(): number
  executionsHigh(): number
  corpusLength(): number
  corpusBytesUsed(): number
  edgesSeen(): number
  featuresSeen(): number
  /** Runs of which REGION_EDGE_HITS counts the edges: one in 64 of those that returned. */
  hitSamples(): number
  /** Edges that two runs of one input disagreed on, listed at REGION_UNSTABLE; they never count as new again. */
  unstableEdges(): number
  /** Bytes written to the discoveries ring since `discoveriesClear`. */
  discoveriesLength(): number
  discoveriesClear(): void
  outputLength(): number
  /** Current limit of length control, bytes. */
  lengthLimit(): number

  // ── exploring: see assembly/explore/timelines.ts ──

  /** Room for marks and for their messages and values. Returns 0, or the pages that could not be had. */
  marksSetup(marks: number, valueBytes: number): number
  /** The mark written to MARK_EXCHANGE_*, made where it is not known; returns its index, or -1 where the table is full. */
  marksPut(
    kind: number,
    messageBytes: number,
    keys: number,
    keyCount: number,
    qualities: number,
    qualityCount: number,
  ): number
  /** How many marks are listed at REGION_MARKS_CHANGED; `marksTold` empties the list. */
  marksChanged(): number
  marksTold(): void
  /** Whether the target can be forked; marks that are called outside of timelines do nothing from here on. */
  exploreForks(can: number): void
  /** Room for snapshots; called after `ready`. Returns 0 where it cannot be had, like the next one. */
  exploreSetup(poolBytes: number, granuleShift: number, pagesMax: number, globals: number): number
  exploreJobSetup(resultBytes: number): number
  /** Takes the job at REGION_JOB; 1 where its moment is at hand, 0 where it has to be run to. */
  exploreJob(): number
  /** Writes the job's seeds: those of so many children of a split. */
  exploreSeeds(split: bigint, first: number, count: number): void
  /** Works on it. Returns WORK_*; a trap leaves as an exception. */
  exploreWork(): number
  /** After a trap: the timeline ends as one of TIMELINE_*. */
  exploreRecover(kind: number): void
  /** After a fresh instance of the target was linked. */
  exploreRenewed(): void
  /** Bytes of results at REGION_RESULTS. */
  exploreResults(): number
  exploreResultsClear(): void
  /** 1 where a handle stands for a snapshot of that moment still. */
  exploreHolds(handle: number, draws: number, markCalls: number): number
  snapshotsHeld(): number
  snapshotBytes(): number
  /** A feature (edge << 8 | bucket) that somebody else has reached. */
  learnFeature(feature: number): void
}
