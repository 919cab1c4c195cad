import type { Row } from "../database/database.ts";
import { type Page, type Paging, selectPage } from "./page.ts";
import type { Scope } from "./scope.ts";

export const ROLES = ["owner", "admin", "member"] as const;
export type Role = (typeof ROLES)[number];

/** A user in an organization, as the API shows it. */
export interface Member {
	readonly user_id: string;
	readonly role: Role;
	readonly joined_at: string;
}

/** Which member of which organization. */
export interface MemberPlace {
	readonly organization: string;
	readonly user: string;
}

export interface Members {
	/** Fails when the user is a member already. */
	add(scope: Scope, place: MemberPlace, role: Role): Member;
	list(scope: Scope, wanted: { readonly organization: string; readonly role?: string }, paging: Paging): Page<Member>;
	get(scope: Scope, place: MemberPlace): Member | undefined;
	changeRole(scope: Scope, place: MemberPlace, role: Role): void;
	remove(scope: Scope, place: MemberPlace): void;
	removeUser(scope: Scope, user: string): void;
	removeOrganization(scope: Scope, organization: string): void;
}

export const members: Members = {
	add: ({ sql, now }, { organization, user }, role) => {
		const joined = now.toISOString();
		sql.run(
			"insert into members (organization_id, user_id, role, joined_at) values (?, ?, ?, ?)",
			...[organization, user, role, joined],
		);
		return { user_id: user, role, joined_at: joined };
	},
	list: ({ sql }, { organization, role }, paging) =>
		selectPage(
			sql,
			{
				table: "members",
				where: [
					["organization_id = ?", organization],
					["role = ?", role],
				],
			},
			{ paging, show: showMember },
		),
	get: ({ sql }, { organization, user }) => {
		const row = sql.get<MemberRow>(`select * from members where ${PLACE}`, organization, user);
		return row === undefined ? undefined : showMember(row);
	},
	changeRole: ({ sql }, { organization, user }, role) => {
		sql.run(`update members set role = ? where ${PLACE}`, role, organization, user);
	},
	remove: ({ sql }, { organization, user }) => {
		sql.run(`delete from members where ${PLACE}`, organization, user);
	},
	removeUser: ({ sql }, user) => {
		sql.run("delete from members where user_id = ?", user);
	},
	removeOrganization: ({ sql }, organization) => {
		sql.run("delete from members where organization_id = ?", organization);
	},
};

const PLACE = "organization_id = ? and user_id = ?";

type MemberRow = Row & Member;

function showMember({ user_id, role, joined_at }: MemberRow): Member {
	return { user_id, role, joined_at };
}
