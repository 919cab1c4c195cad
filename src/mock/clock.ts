/** The time that a mock goes by: times in answers, windows of rate limits, whatever expires. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	/** Stands still, at a time or at this one. */
	freeze(atMs?: number): void;
	/** Jumps ahead; frozen or not, it stays so. */
	advance(ms: number): void;
	/** Goes on from where it stands. */
	run(): void;
	/** Back to the time of the machine. */
	reset(): void;
	isFrozen(): boolean;
}

/** @param machine milliseconds since 1970 */
export function createClock(machine: () => number): Clock {
	let frozenAt: number | undefined;
	let aheadMs = 0;
	return {
		now: () => frozenAt ?? machine() + aheadMs,
		freeze: (atMs) => {
			frozenAt = atMs ?? frozenAt ?? machine() + aheadMs;
		},
		advance: (ms) => {
			if (frozenAt === undefined) aheadMs += ms;
			else frozenAt += ms;
		},
		run: () => {
			if (frozenAt !== undefined) aheadMs = frozenAt - machine();
			frozenAt = undefined;
		},
		reset: () => {
			frozenAt = undefined;
			aheadMs = 0;
		},
		isFrozen: () => frozenAt !== undefined,
	};
}
