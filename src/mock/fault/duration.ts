/** A time, or a range out of which one is taken, in milliseconds. */
export interface Duration {
	readonly minMs: number;
	readonly maxMs: number;
}

/** Longer than this nobody waits for an answer. */
const DURATION_MS_MAX = 600_000;

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const FORM = /^(\d+(?:\.\d+)?)(ms|s|m|h)?(?:\s*-\s*(\d+(?:\.\d+)?)(ms|s|m|h)?)?$/;

/**
 * Reads a time or a range of times; a bare number is milliseconds. Undefined when it is none, or longer than it may be:
 * ten minutes when nothing else is said.
 *
 * @example parseDurations("100-500ms") // { minMs: 100, maxMs: 500 }
 */
export function parseDurations(text: string, longestMs: number = DURATION_MS_MAX): Duration | undefined {
	const [, from, fromUnit, to, toUnit] = FORM.exec(text.trim()) ?? [];
	if (from === undefined) return undefined;
	const unit = toUnit ?? fromUnit ?? "ms";
	const minMs = Number(from) * (UNITS_MS[fromUnit ?? unit] ?? 1);
	const maxMs = to === undefined ? minMs : Number(to) * (UNITS_MS[unit] ?? 1);
	return minMs <= maxMs && maxMs <= longestMs ? { minMs, maxMs } : undefined;
}
