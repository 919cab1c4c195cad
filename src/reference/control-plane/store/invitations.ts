import { secretDigest } from "../../secret/secret-matcher.ts";
import type { Role } from "./members.ts";
import { type Page, type Paging, selectPage } from "./page.ts";
import { newId, newSecret, type Scope } from "./scope.ts";

/** As the API shows it: never with its token. */
export interface Invitation {
	readonly id: string;
	readonly email: string;
	readonly role: Role;
	readonly status: "pending" | "accepted" | "revoked" | "expired";
	readonly created_at: string;
	readonly expires_at: string;
}

export interface InvitationOrder {
	readonly organization: string;
	readonly email: string;
	readonly role: Role;
	readonly days: number;
}

/** An invitation found by its token: whose it is and where it leads. */
export interface HeldInvitation extends Invitation {
	readonly tenant: string;
	readonly organization: string;
}

export interface Invitations {
	create(scope: Scope, order: InvitationOrder): Promise<Invitation & { readonly token: string }>;
	list(scope: Scope, organization: string, paging: Paging): Promise<Page<Invitation>>;
	get(scope: Scope, organization: string, id: string): Promise<Invitation | undefined>;
	hasPending(scope: Scope, organization: string, email: string): Promise<boolean>;
	setStatus(scope: Scope, id: string, status: "accepted" | "revoked"): Promise<void>;
	/** Locked until the transaction ends. */
	findByToken(scope: Pick<Scope, "sql" | "now">, token: string): Promise<HeldInvitation | undefined>;
}

const DAY_MS = 86_400_000;
const COLUMNS = "serial, id, tenant_id, organization_id, email, role, status, created_at, expires_at";
const PENDING = "status = 'pending' and expires_at > $3";

export const invitations: Invitations = {
	create: async ({ sql, tenant, now }, { organization, email, role, days }) => {
		const token = newSecret("inv");
		const expires = new Date(now.getTime() + days * DAY_MS);
		const id = newId();
		await sql.query(
			`insert into invitations
			(id, tenant_id, organization_id, email, role, status, digest, created_at, expires_at)
			values ($1, $2, $3, $4, $5, 'pending', $6, $7, $8)`,
			[id, tenant, organization, email, role, secretDigest(token), now, expires],
		);
		const times = { created_at: now.toISOString(), expires_at: expires.toISOString() };
		return { id, email, role, status: "pending", ...times, token };
	},
	list: (scope, organization, paging) =>
		selectPage(
			scope,
			{
				columns: COLUMNS,
				from: "invitations where tenant_id = $1 and organization_id = $2",
				values: [scope.tenant, organization],
			},
			{ paging, show: (row: InvitationRow) => showInvitation(row, scope.now) },
		),
	get: async ({ sql, tenant, now }, organization, id) => {
		const [row] = await sql.query<InvitationRow>(
			`select ${COLUMNS} from invitations where tenant_id = $1 and organization_id = $2 and id = $3 for update`,
			[tenant, organization, id],
		);
		return row === undefined ? undefined : showInvitation(row, now);
	},
	hasPending: async ({ sql, tenant, now }, organization, email) => {
		const [row] = await sql.query(
			`select 1 from invitations
			where tenant_id = $1 and organization_id = $2 and ${PENDING} and lower(email) = $4 limit 1`,
			[tenant, organization, now, email.toLowerCase()],
		);
		return row !== undefined;
	},
	setStatus: async ({ sql, tenant }, id, status) => {
		await sql.query("update invitations set status = $3 where tenant_id = $1 and id = $2", [tenant, id, status]);
	},
	findByToken: async ({ sql, now }, token) => {
		const [row] = await sql.query<InvitationRow>(`select ${COLUMNS} from invitations where digest = $1 for update`, [
			secretDigest(token),
		]);
		if (row === undefined) return undefined;
		return { ...showInvitation(row, now), tenant: row.tenant_id, organization: row.organization_id };
	},
};

interface InvitationRow {
	readonly [column: string]: unknown;
	readonly id: string;
	readonly tenant_id: string;
	readonly organization_id: string;
	readonly email: string;
	readonly role: Role;
	readonly status: Exclude<Invitation["status"], "expired">;
	readonly created_at: Date;
	readonly expires_at: Date;
}

/** That an invitation has expired stands nowhere: it follows from the time. */
function showInvitation({ id, email, role, status, created_at, expires_at }: InvitationRow, now: Date): Invitation {
	return {
		id,
		email,
		role,
		status: status === "pending" && expires_at <= now ? "expired" : status,
		created_at: created_at.toISOString(),
		expires_at: expires_at.toISOString(),
	};
}
