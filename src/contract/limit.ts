/**
 * What a document may cost at most. Documents are untrusted: every loop over one ends at a limit that has a name here,
 * and the sentence that refuses a document names the number.
 */

/** The largest document that we know of has 13 MB. */
export const FILE_BYTES_MAX: number = 64 * 1024 * 1024;
/** The most files that we know one document to consist of is 2,872. */
export const FILE_COUNT_MAX = 10_000;
/** All files of one document together. */
export const TOTAL_BYTES_MAX: number = 256 * 1024 * 1024;
/** Maps and lists within each other; real documents stay below 40. */
export const DEPTH_MAX = 200;
/** Values of one file, each alias of YAML counted as what it stands for. */
export const VALUES_MAX = 20_000_000;
/** Aliases (`*name`) of one YAML file. */
export const ALIAS_COUNT_MAX = 10_000;
/** Keys that `<<` brings into the maps of one YAML file. */
export const MERGED_KEYS_MAX = 100_000;
/** A file that only the forgiving, slower YAML parser understands may have this size. */
export const FORGIVING_BYTES_MAX: number = 8 * 1024 * 1024;
/** References that lead to references, one after the other. */
export const REFERENCE_HOPS_MAX = 100;
/** Problems that one file is reported with. */
export const PROBLEMS_PER_FILE_MAX = 20;
/** Problems that one contract is reported with; a broken 13 MB document need not list more. */
export const PROBLEM_COUNT_MAX = 1_000;
/** Places that the targets of all overlays may select together; merging costs as much as there are. */
export const OVERLAY_TARGETS_MAX = 100_000;
/** Values that one target may look at when it descends more than once. */
export const OVERLAY_STEPS_MAX = 500_000;

/** Files that `allowRemote` may fetch for one document. */
export const REMOTE_COUNT_MAX = 100;
/** Of one fetched file. */
export const REMOTE_BYTES_MAX: number = 16 * 1024 * 1024;
/** For one fetched file, headers and body. */
export const REMOTE_TIMEOUT_MS = 10_000;
/** For all of them. */
export const REMOTE_TOTAL_MS = 60_000;
