/** A middle value with the bounds that hold it with 95 % certainty, whatever the distribution is. */
export interface Median {
	readonly median: number;
	readonly low: number;
	readonly high: number;
}

/**
 * The median and its 95 % bounds by the order statistics of a sample (Conover, Practical Nonparametric Statistics, 3.2).
 *
 * @example medianOf([1, 2, 3, 4, 5, 6, 7, 8, 9]).median // 5
 */
export function medianOf(sample: readonly number[]): Median {
	const sorted = [...sample].sort((a, b) => a - b);
	const at = (index: number): number => sorted[Math.max(0, Math.min(sorted.length - 1, index))] ?? Number.NaN;
	const half = sorted.length / 2;
	const spread = 1.96 * Math.sqrt(sorted.length / 4);
	const middle = sorted.length % 2 === 1 ? at(Math.floor(half)) : (at(half - 1) + at(half)) / 2;
	return { median: middle, low: at(Math.floor(half - spread)), high: at(Math.ceil(half + spread) - 1) };
}
