import { type Page, type Paging, selectPage } from "./page.ts";
import { type Actor, newId, type Scope } from "./scope.ts";

/** One change, as the API shows it. */
export interface AuditEvent {
	readonly id: string;
	readonly actor_type: Actor["type"];
	readonly actor_id: string;
	readonly action: string;
	readonly resource_type: string;
	readonly resource_id: string;
	readonly ip_address: string;
	readonly created_at: string;
}

/** What happened to what. */
export interface AuditEntry {
	readonly action: string;
	readonly resource: { readonly type: string; readonly id: string };
}

export interface AuditFilter {
	readonly action?: string;
	/** Days in UTC, both included: `2026-01-31`. */
	readonly start?: string;
	readonly end?: string;
}

export interface Audit {
	append(scope: Scope, entry: AuditEntry): Promise<void>;
	list(scope: Scope, filter: AuditFilter, paging: Paging): Promise<Page<AuditEvent>>;
}

const DAY_MS = 86_400_000;

export const audit: Audit = {
	append: async ({ sql, tenant, actor, now }, { action, resource }) => {
		await sql.query(
			`insert into audit_events
			(id, tenant_id, actor_type, actor_id, action, resource_type, resource_id, ip_address, created_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			[newId(), tenant, actor.type, actor.id, action, resource.type, resource.id, actor.ip, now],
		);
	},
	list: (scope, { action, start, end }, paging) => {
		const asked: readonly (readonly [condition: string, value: unknown])[] = [
			["tenant_id =", scope.tenant],
			["action =", action],
			["created_at >=", start === undefined ? undefined : dayOf(start)],
			["created_at <", end === undefined ? undefined : afterDay(end)],
		];
		const given = asked.filter(([, value]) => value !== undefined);
		return selectPage(
			scope,
			{
				columns: "serial, id, actor_type, actor_id, action, resource_type, resource_id, ip_address, created_at",
				from: `audit_events where ${given.map(([condition], index) => `${condition} $${index + 1}`).join(" and ")}`,
				values: given.map(([, value]) => value),
			},
			{ paging, show: showAuditEvent },
		);
	},
};

/** No event is older or younger; the calendar of PostgreSQL does not know every year that may be asked for. */
const FIRST_MS = Date.UTC(1970, 0, 1);
const LAST_MS = Date.UTC(9999, 11, 31);

/** Midnight in UTC, at which a day begins. */
function dayOf(date: string): Date {
	return within(Date.parse(`${date}T00:00:00Z`));
}

/** The midnight at which a day ends. */
function afterDay(date: string): Date {
	return within(Date.parse(`${date}T00:00:00Z`) + DAY_MS);
}

function within(ms: number): Date {
	return new Date(Math.min(Math.max(ms, FIRST_MS), LAST_MS));
}

type AuditRow = Omit<AuditEvent, "created_at"> & { readonly created_at: Date };

function showAuditEvent(row: AuditRow): AuditEvent {
	const { id, actor_type, actor_id, action, resource_type, resource_id, ip_address, created_at } = row;
	return {
		...{ id, actor_type, actor_id, action, resource_type, resource_id, ip_address },
		created_at: created_at.toISOString(),
	};
}
