import type { Row } from "../database/database.ts";
import { type Page, type Paging, selectPage } from "./page.ts";
import { newId, type Scope } from "./scope.ts";

/** One call, as the API shows it. */
export interface AuditEntry {
	readonly id: string;
	readonly actor_id: string | null;
	readonly organization_id: string | null;
	readonly action: string;
	readonly method: string;
	readonly path: string;
	readonly status: number;
	readonly resource_id: string | null;
	readonly ip_address: string;
	readonly request_id: string;
	readonly created_at: string;
}

/** A call that is to be kept, with the organization whose key it was made with. */
export interface AuditedCall extends Omit<AuditEntry, "id" | "created_at"> {
	readonly actor_organization_id: string | null;
}

export interface AuditFilter {
	readonly organization?: string | undefined;
	readonly action?: string | undefined;
	/** Days in UTC, both included: `2026-01-31`. */
	readonly start?: string | undefined;
	readonly end?: string | undefined;
}

export interface Audit {
	append(scope: Scope, call: AuditedCall): void;
	list(scope: Scope, filter: AuditFilter, paging: Paging): Page<AuditEntry>;
}

export const audit: Audit = {
	append: ({ sql, now }, call) => {
		sql.run(
			`insert into audit_log (id, actor_id, actor_organization_id, organization_id, action, method, path, status,
			resource_id, ip_address, request_id, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			...[newId("log"), call.actor_id, call.actor_organization_id, call.organization_id, call.action, call.method],
			...[call.path, call.status, call.resource_id, call.ip_address, call.request_id, now.toISOString()],
		);
	},
	list: ({ sql }, { organization, action, start, end }, paging) =>
		selectPage(
			sql,
			{
				table: "audit_log",
				where: [
					["organization_id = ?", organization],
					["action = ?", action],
					// Times are texts of one length, so a day is where they begin.
					["substr(created_at, 1, 10) >= ?", start],
					["substr(created_at, 1, 10) <= ?", end],
				],
			},
			{ paging, show: showEntry },
		),
};

function showEntry({
	serial: _serial,
	total: _total,
	actor_organization_id: _organization,
	...entry
}: Row & AuditEntry): AuditEntry {
	return entry;
}
