import type { Row } from "../database/database.ts";
import { type Page, type Paging, selectPage } from "./page.ts";
import { newId, type Scope } from "./scope.ts";

export const USER_STATUSES = ["active", "suspended"] as const;

/** As the API shows it. */
export interface User {
	readonly id: string;
	readonly email: string;
	readonly name: string;
	readonly status: (typeof USER_STATUSES)[number];
	readonly created_at: string;
	readonly updated_at: string;
}

export interface UserFilter {
	readonly status?: string | undefined;
	/** In any case. */
	readonly email?: string | undefined;
}

export interface Users {
	/** Fails when another user has the email. */
	create(scope: Scope, wanted: Pick<User, "email" | "name">): User;
	list(scope: Scope, filter: UserFilter, paging: Paging): Page<User>;
	get(scope: Scope, id: string): User | undefined;
	/** Fails when another user has the email. */
	save(scope: Scope, user: User): void;
	/** Whether there was one. */
	remove(scope: Scope, id: string): boolean;
}

export const users: Users = {
	create: ({ sql, now }, { email, name }) => {
		const time = now.toISOString();
		const user: User = { id: newId("user"), email, name, status: "active", created_at: time, updated_at: time };
		sql.run(
			`insert into users (id, email, email_key, name, status, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?)`,
			...[user.id, email, email.toLowerCase(), name, user.status, time, time],
		);
		return user;
	},
	list: ({ sql }, { status, email }, paging) =>
		selectPage(
			sql,
			{
				table: "users",
				where: [
					["status = ?", status],
					["email_key = ?", email?.toLowerCase()],
				],
			},
			{ paging, show: showUser },
		),
	get: ({ sql }, id) => {
		const row = sql.get<UserRow>("select * from users where id = ?", id);
		return row === undefined ? undefined : showUser(row);
	},
	save: ({ sql }, { id, email, name, status, updated_at }) => {
		sql.run(
			"update users set email = ?, email_key = ?, name = ?, status = ?, updated_at = ? where id = ?",
			...[email, email.toLowerCase(), name, status, updated_at, id],
		);
	},
	remove: ({ sql }, id) => sql.run("delete from users where id = ?", id) > 0,
};

type UserRow = Row & User;

function showUser({ id, email, name, status, created_at, updated_at }: UserRow): User {
	return { id, email, name, status, created_at, updated_at };
}
