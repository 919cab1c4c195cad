import type { Metadata } from "./metadata.ts";
import { type Page, type Paging, selectPage } from "./page.ts";
import { newId, type Scope } from "./scope.ts";

/** As the API shows it. */
export interface User {
	readonly id: string;
	readonly email: string;
	readonly name: string;
	readonly status: "active" | "suspended";
	readonly metadata: Metadata;
	readonly created_at: string;
	readonly updated_at: string;
}

export interface Session {
	readonly id: string;
	readonly ip_address: string;
	readonly user_agent: string;
	readonly created_at: string;
	readonly expires_at: string;
}

/** An organization that a user is in. */
export interface UserOrganization {
	readonly id: string;
	readonly name: string;
	readonly slug: string;
	readonly role: string;
}

export interface Users {
	create(scope: Scope, user: Pick<User, "email" | "name">): Promise<User>;
	/** @param search part of an email or a name, case aside; empty for all */
	list(scope: Scope, search: string, paging: Paging): Promise<Page<User>>;
	get(scope: Scope, id: string, lock?: "for update"): Promise<User | undefined>;
	findByEmail(scope: Scope, email: string): Promise<User | undefined>;
	/** Status, metadata and the time of the change. */
	save(scope: Scope, user: User): Promise<void>;
	/** With sessions and memberships. */
	remove(scope: Scope, id: string): Promise<void>;
	/** Those that have not ended, the newest first. */
	listSessions(scope: Scope, id: string): Promise<readonly Session[]>;
	/** In the order of joining. */
	listOrganizations(scope: Scope, id: string): Promise<readonly UserOrganization[]>;
}

export const users: Users = {
	create: async ({ sql, tenant, now }, { email, name }) => {
		const time = now.toISOString();
		const user: User = {
			id: newId(),
			email,
			name,
			status: "active",
			metadata: {},
			created_at: time,
			updated_at: time,
		};
		await sql.query(
			`insert into users (id, tenant_id, email, name, search_text, status, metadata, created_at, updated_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
			[user.id, tenant, email, name, searchText(user), user.status, "{}", now],
		);
		return user;
	},
	list: (scope, search, paging) =>
		selectPage(
			scope,
			{
				columns: COLUMNS,
				from: "users where tenant_id = $1 and position($2 in search_text) > 0",
				values: [scope.tenant, search.toLowerCase()],
			},
			{ paging, show: showUser },
		),
	get: (scope, id, lock) => selectUser(scope, `id = $2 ${lock ?? ""}`, id),
	findByEmail: (scope, email) => selectUser(scope, "lower(email) = $2", email.toLowerCase()),
	save: async ({ sql, tenant, now }, { id, status, metadata }) => {
		await sql.query("update users set status = $3, metadata = $4, updated_at = $5 where tenant_id = $1 and id = $2", [
			tenant,
			id,
			status,
			JSON.stringify(metadata),
			now,
		]);
	},
	remove: async ({ sql, tenant }, id) => {
		await sql.query("delete from users where tenant_id = $1 and id = $2", [tenant, id]);
	},
	listSessions: async ({ sql, tenant, now }, id) => {
		const rows = await sql.query<SessionRow>(
			`select id, ip_address, user_agent, created_at, expires_at from sessions
			where tenant_id = $1 and user_id = $2 and expires_at > $3 order by serial desc`,
			[tenant, id, now],
		);
		return rows.map(showSession);
	},
	listOrganizations: ({ sql, tenant }, id) =>
		sql.query<UserOrganization & Record<string, unknown>>(
			`select o.id, o.name, o.slug, m.role from members m join organizations o on o.id = m.organization_id
			where m.tenant_id = $1 and m.user_id = $2 order by m.serial`,
			[tenant, id],
		),
};

/** Letters are folded here and not in SQL, where that depends on the locale of the database. */
function searchText({ email, name }: Pick<User, "email" | "name">): string {
	return `${email}\n${name}`.toLowerCase();
}

const COLUMNS = "serial, id, email, name, status, metadata, created_at, updated_at";

async function selectUser({ sql, tenant }: Scope, where: string, value: string): Promise<User | undefined> {
	const [row] = await sql.query<UserRow>(`select ${COLUMNS} from users where tenant_id = $1 and ${where}`, [
		tenant,
		value,
	]);
	return row === undefined ? undefined : showUser(row);
}

interface UserRow {
	readonly [column: string]: unknown;
	readonly id: string;
	readonly email: string;
	readonly name: string;
	readonly status: User["status"];
	readonly metadata: string;
	readonly created_at: Date;
	readonly updated_at: Date;
}

function showUser({ id, email, name, status, metadata, created_at, updated_at }: UserRow): User {
	return {
		id,
		email,
		name,
		status,
		metadata: JSON.parse(metadata),
		created_at: created_at.toISOString(),
		updated_at: updated_at.toISOString(),
	};
}

interface SessionRow {
	readonly [column: string]: unknown;
	readonly id: string;
	readonly ip_address: string;
	readonly user_agent: string;
	readonly created_at: Date;
	readonly expires_at: Date;
}

function showSession({ id, ip_address, user_agent, created_at, expires_at }: SessionRow): Session {
	return { id, ip_address, user_agent, created_at: created_at.toISOString(), expires_at: expires_at.toISOString() };
}
