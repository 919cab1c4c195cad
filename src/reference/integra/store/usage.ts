import type { Scope } from "./scope.ts";

/** Periods that can be asked for, in hours. */
export const PERIODS = { "24h": 24, "7d": 168, "30d": 720, "90d": 2160 } as const;
export type Period = keyof typeof PERIODS;

/** What the keys of an organization were used for, as the API shows it. */
export interface Usage {
	readonly organization_id: string;
	readonly period: Period;
	readonly starts_at: string;
	readonly ends_at: string;
	readonly requests: number;
	readonly by_key: readonly { readonly key_id: string; readonly requests: number }[];
	readonly by_day: readonly { readonly date: string; readonly requests: number }[];
}

export interface UsageStore {
	read(scope: Scope, organization: string, period: Period): Usage;
}

const HOUR_MS = 3_600_000;

/** What was refused is no usage. */
const USED = "actor_organization_id = ? and status < 400 and created_at >= ? and created_at <= ?";

/** Counted from the audit log, so that the sum and its parts always fit. */
export const usage: UsageStore = {
	read: ({ sql, now }, organization, period) => {
		const starts = new Date(now.getTime() - PERIODS[period] * HOUR_MS).toISOString();
		const within = [organization, starts, now.toISOString()] as const;
		const days = sql.all<{ readonly date: string; readonly key_id: string; readonly requests: number }>(
			`select substr(created_at, 1, 10) as date, actor_id as key_id, count(*) as requests from audit_log
			where ${USED} group by date, key_id order by date, key_id`,
			...within,
		);
		const sum = <K extends "date" | "key_id">(by: K): readonly { readonly name: string; readonly requests: number }[] =>
			[...Map.groupBy(days, (day) => day[by])].map(([name, group]) => ({
				name,
				requests: group.reduce((total, { requests }) => total + requests, 0),
			}));
		return {
			organization_id: organization,
			period,
			starts_at: starts,
			ends_at: now.toISOString(),
			requests: days.reduce((total, { requests }) => total + requests, 0),
			by_key: sum("key_id").map(({ name, requests }) => ({ key_id: name, requests })),
			by_day: sum("date").map(({ name, requests }) => ({ date: name, requests })),
		};
	},
};
