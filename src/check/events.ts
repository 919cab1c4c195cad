import type { CheckEvent } from "../finding/event.ts";

/** Lets a running function tell events that somebody else iterates over. */
export interface Channel {
	tell(event: CheckEvent): void;
	/** True once nobody listens any more: the work should come to its end. */
	isClosed(): boolean;
	/** Ends when the work is done; throws what the work threw. */
	read<Result>(work: Promise<Result>): AsyncGenerator<CheckEvent, Result>;
}

export function openChannel(): Channel {
	let waiting: CheckEvent[] = [];
	let wake = (): void => {};
	let closed = false;
	const nextWaking = (): Promise<void> =>
		new Promise((resolve) => {
			wake = resolve;
		});
	return {
		tell: (event) => {
			waiting.push(event);
			wake();
		},
		isClosed: () => closed,
		async *read(work) {
			let done = false;
			const finished = work.finally(() => {
				done = true;
				wake();
			});
			// The rejection is thrown by the last line; until then it is nobody's.
			finished.catch(() => {});
			try {
				while (!done || waiting.length > 0) {
					const batch = waiting;
					waiting = [];
					yield* batch;
					if (!done && waiting.length === 0) await nextWaking();
				}
				return await finished;
			} finally {
				// Whoever stops listening waits until what was made is taken away again.
				closed = true;
				await finished.catch(() => {});
			}
		},
	};
}
