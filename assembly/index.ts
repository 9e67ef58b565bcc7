// All that the engine exports. EngineExports in src/core/engine/exports.ts says what each means to the host; what targets
// import is listed in host.ts.
export { corpusBytesUsed, corpusLength } from './corpus'
export { executionsHigh, executionsLow, traceHashHigh, traceHashLow } from './counts'
export { edgesSeen, featuresSeen, hitSamples, ignoreEdges, traceFeature, traceLength, unstableEdges } from './coverage'
export { discoveriesClear, discoveriesLength } from './discoveries'
export * from './host'
export { lengthLimit, setLengthControl } from './length'
export { addInput, crashFeatures, endTrim, isSuspended, learnedLength } from './loop'
export { ready, recapture, recover, resume, runOnce, slice } from './loop'
export { layOut as setup } from './memory'
export { seedRandom as seed } from './random'
export { address } from './regions'
export { isTrimming, setTrim } from './trim'
