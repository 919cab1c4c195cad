import type { Sql } from "../../database/database.ts";
import { KINDS } from "./kinds.ts";
import type { Tables } from "./store.ts";

/** Kind → how many there are. */
export type Stats = Readonly<Record<string, number>>;

export interface CallCounts {
	readonly calls: number;
	readonly answered: number;
	readonly missed: number;
	readonly declined: number;
	readonly duration_seconds: number;
}

export interface Analytics extends CallCounts {
	readonly from: string;
	readonly until: string;
	/** Those with calls, the first one first. */
	readonly days: readonly (CallCounts & { readonly day: string })[];
}

export interface AnalyticsQuestion {
	/** Days in UTC, both included: `2026-01-31`. */
	readonly from: string;
	readonly until: string;
	readonly tenant: string | undefined;
	readonly property: string | undefined;
}

/** Figures that are counted when somebody asks. */
export interface Reports {
	stats(): Promise<Stats>;
	analytics(question: AnalyticsQuestion): Promise<Analytics>;
}

const NOTHING: CallCounts = { calls: 0, answered: 0, missed: 0, declined: 0, duration_seconds: 0 };

export function createReports(sql: Sql, tables: Tables): Reports {
	return {
		stats: async () => {
			const counts = KINDS.map(({ plural }) => `(select count(*)::int from ${tables(plural)}) as ${plural}`);
			const [row] = await sql.query<Record<string, number>>(`select ${counts.join(", ")}`);
			return row ?? {};
		},
		analytics: async ({ from, until, tenant, property }) => {
			const rows = await sql.query<DayRow>(
				`select to_char(c.started_at_time at time zone 'UTC', 'YYYY-MM-DD') as day,
					count(*)::int as calls,
					(count(*) filter (where c.status = 'answered'))::int as answered,
					(count(*) filter (where c.status = 'missed'))::int as missed,
					(count(*) filter (where c.status = 'declined'))::int as declined,
					sum(c.duration_seconds)::float8 as duration_seconds
				from ${tables("calls")} c
				join ${tables("units")} u on u.id = c.unit_id
				join ${tables("properties")} p on p.id = u.property_id
				where c.started_at_time >= $1::date::timestamp at time zone 'UTC'
					and c.started_at_time < ($2::date + 1)::timestamp at time zone 'UTC'
					and ($3::text is null or p.tenant_id = $3) and ($4::text is null or p.id = $4)
				group by day order by day`,
				[from, until, tenant ?? null, property ?? null],
			);
			return { from, until, ...rows.reduce<CallCounts>(add, NOTHING), days: rows };
		},
	};
}

type DayRow = CallCounts & { readonly day: string; readonly [column: string]: unknown };

function add(sum: CallCounts, day: CallCounts): CallCounts {
	return {
		calls: sum.calls + day.calls,
		answered: sum.answered + day.answered,
		missed: sum.missed + day.missed,
		declined: sum.declined + day.declined,
		duration_seconds: sum.duration_seconds + day.duration_seconds,
	};
}
