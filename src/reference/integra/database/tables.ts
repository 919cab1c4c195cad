import type { Database } from "./database.ts";

/** The tables, step by step: a step that has been released is never edited, the next one changes it. */
const STEPS: readonly string[] = [
	`create table users (
		serial integer primary key autoincrement,
		id text not null unique,
		email text not null,
		email_key text not null unique,
		name text not null,
		status text not null,
		created_at text not null,
		updated_at text not null
	)`,
	`create table organizations (
		serial integer primary key autoincrement,
		id text not null unique,
		name text not null,
		email text not null,
		plan text not null,
		created_at text not null,
		updated_at text not null
	)`,
	`create table members (
		serial integer primary key autoincrement,
		organization_id text not null,
		user_id text not null,
		role text not null,
		joined_at text not null,
		unique (organization_id, user_id)
	)`,
	"create index members_by_user on members (user_id)",
	`create table api_keys (
		serial integer primary key autoincrement,
		id text not null unique,
		organization_id text not null,
		name text not null,
		scopes text not null,
		digest text not null unique,
		prefix text not null,
		status text not null,
		created_at text not null,
		revoked_at text
	)`,
	"create index api_keys_by_organization on api_keys (organization_id, serial)",
	"create table config (id integer primary key check (id = 1), value text not null, updated_at text not null)",
	`create table audit_log (
		serial integer primary key autoincrement,
		id text not null unique,
		actor_id text,
		actor_organization_id text,
		organization_id text,
		action text not null,
		method text not null,
		path text not null,
		status integer not null,
		resource_id text,
		ip_address text not null,
		request_id text not null,
		created_at text not null
	)`,
	"create index audit_log_by_organization on audit_log (organization_id, serial)",
	"create index audit_log_by_action on audit_log (action, serial)",
	"create index audit_log_by_actor on audit_log (actor_organization_id, created_at)",
	`create trigger audit_log_is_kept before delete on audit_log
	begin select raise(abort, 'the audit log can only be appended to'); end`,
	`create trigger audit_log_stays before update on audit_log
	begin select raise(abort, 'the audit log can only be appended to'); end`,
];

/** Brings the tables up to date. Processes that start at the same time wait for each other, and each step runs once. */
export function createTables(database: Database): void {
	database.transaction(() => {
		database.run("create table if not exists steps (step integer primary key)");
		const done = database.get<{ readonly done: number }>("select count(*) as done from steps")?.done ?? 0;
		for (const [step, text] of STEPS.entries()) {
			if (step < done) continue;
			database.run(text);
			database.run("insert into steps (step) values (?)", step);
		}
	});
}
