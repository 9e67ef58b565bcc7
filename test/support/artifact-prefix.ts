/** Below this path the test server answers with the raw bytes of files of the repository. */
export const ARTIFACT_PREFIX = '/@artifacts/'
