/** One answer with a status of 500 or above, as `GET /admin/recent-errors` shows it. */
interface RecentError {
	/** RFC 3339, in UTC. */
	readonly timestamp: string;
	readonly trace_id: string;
	readonly method: string;
	/** Without the query. */
	readonly path: string;
	/** The route, or empty when none matched. */
	readonly pattern: string;
	readonly status_code: number;
	/** Empty when no app was concerned. */
	readonly app_id: string;
	/** The message of the answer; never that of an exception. */
	readonly error: string;
}

/** Remembers the latest entries and forgets the oldest. */
export interface RecentErrors {
	add(entry: RecentError): void;
	/** The newest first. */
	list(): readonly RecentError[];
}

/** Entries kept. */
export const RECENT_ERRORS_MAX = 100;

export function createRecentErrors(): RecentErrors {
	const entries: RecentError[] = [];
	return {
		add: (entry) => {
			entries.unshift(entry);
			entries.length = Math.min(entries.length, RECENT_ERRORS_MAX);
		},
		list: () => [...entries],
	};
}
