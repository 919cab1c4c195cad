import { type Page, type Paging, selectPage } from "./page.ts";
import type { Scope } from "./scope.ts";

export type Role = "owner" | "admin" | "member";

/** A user in an organization, as the API shows it. */
export interface Member {
	readonly user_id: string;
	readonly email: string;
	readonly name: string;
	readonly role: Role;
	readonly joined_at: string;
}

/** Which member of which organization. */
export interface MemberPlace {
	readonly organization: string;
	readonly user: string;
}

export interface Members {
	/** Fails with a unique violation when the user is a member already. */
	add(scope: Scope, place: MemberPlace, role: Role): Promise<void>;
	list(scope: Scope, organization: string, paging: Paging): Promise<Page<Member>>;
	get(scope: Scope, place: MemberPlace): Promise<Member | undefined>;
	changeRole(scope: Scope, place: MemberPlace, role: Role): Promise<void>;
	remove(scope: Scope, place: MemberPlace): Promise<void>;
	/** Whether nobody else owns the organization. */
	isLastOwner(scope: Scope, place: MemberPlace): Promise<boolean>;
	/** Whether somebody with this email is in the organization. */
	hasEmail(scope: Scope, organization: string, email: string): Promise<boolean>;
	/** Locks the organizations that nobody but this user owns, and tells whether there are any. */
	isSoleOwner(scope: Scope, user: string): Promise<boolean>;
}

const COLUMNS = "m.serial, m.user_id, u.email, u.name, m.role, m.joined_at";
const JOINED = "members m join users u on u.id = m.user_id where m.tenant_id = $1 and m.organization_id = $2";

export const members: Members = {
	add: async ({ sql, tenant, now }, { organization, user }, role) => {
		await sql.query(
			"insert into members (tenant_id, organization_id, user_id, role, joined_at) values ($1, $2, $3, $4, $5)",
			[tenant, organization, user, role, now],
		);
	},
	list: (scope, organization, paging) =>
		selectPage(
			scope,
			{ columns: COLUMNS, from: JOINED, values: [scope.tenant, organization] },
			{ paging, show: showMember },
		),
	get: async ({ sql, tenant }, { organization, user }) => {
		const [row] = await sql.query<MemberRow>(`select ${COLUMNS} from ${JOINED} and m.user_id = $3`, [
			tenant,
			organization,
			user,
		]);
		return row === undefined ? undefined : showMember(row);
	},
	changeRole: async ({ sql, tenant }, { organization, user }, role) => {
		await sql.query(`update members set role = $4 where ${PLACE}`, [tenant, organization, user, role]);
	},
	remove: async ({ sql, tenant }, { organization, user }) => {
		await sql.query(`delete from members where ${PLACE}`, [tenant, organization, user]);
	},
	isLastOwner: async ({ sql, tenant }, { organization, user }) => {
		const owners = await sql.query<{ user_id: string }>(
			"select user_id from members where tenant_id = $1 and organization_id = $2 and role = 'owner'",
			[tenant, organization],
		);
		return owners.length === 1 && owners[0]?.user_id === user;
	},
	hasEmail: async ({ sql, tenant }, organization, email) => {
		const [row] = await sql.query(`select 1 from ${JOINED} and lower(u.email) = $3`, [
			tenant,
			organization,
			email.toLowerCase(),
		]);
		return row !== undefined;
	},
	isSoleOwner: async ({ sql, tenant }, user) => {
		await sql.query(
			`select id from organizations where id in (
				select organization_id from members where tenant_id = $1 and user_id = $2 and role = 'owner'
			) order by id for update`,
			[tenant, user],
		);
		const [row] = await sql.query(
			`select 1 from members m where m.tenant_id = $1 and m.user_id = $2 and m.role = 'owner' and not exists (
				select 1 from members o
				where o.organization_id = m.organization_id and o.role = 'owner' and o.user_id <> m.user_id
			) limit 1`,
			[tenant, user],
		);
		return row !== undefined;
	},
};

const PLACE = "tenant_id = $1 and organization_id = $2 and user_id = $3";

interface MemberRow {
	readonly [column: string]: unknown;
	readonly user_id: string;
	readonly email: string;
	readonly name: string;
	readonly role: Role;
	readonly joined_at: Date;
}

function showMember({ user_id, email, name, role, joined_at }: MemberRow): Member {
	return { user_id, email, name, role, joined_at: joined_at.toISOString() };
}
