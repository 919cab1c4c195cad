import type { Row } from "../database/database.ts";
import { type Page, type Paging, selectPage } from "./page.ts";
import { newId, type Scope } from "./scope.ts";

export const PLANS = ["free", "pro", "enterprise"] as const;

/** As the API shows it. */
export interface Organization {
	readonly id: string;
	readonly name: string;
	readonly email: string;
	readonly plan: (typeof PLANS)[number];
	readonly created_at: string;
	readonly updated_at: string;
}

export interface Organizations {
	/** @param id its own, unless it shall have a certain one */
	create(scope: Scope, wanted: Pick<Organization, "name" | "email" | "plan">, id?: string): Organization;
	list(scope: Scope, plan: string | undefined, paging: Paging): Page<Organization>;
	get(scope: Scope, id: string): Organization | undefined;
	save(scope: Scope, organization: Organization): void;
	/** Whether there was one. */
	remove(scope: Scope, id: string): boolean;
}

export const organizations: Organizations = {
	create: ({ sql, now }, { name, email, plan }, id = newId("org")) => {
		const time = now.toISOString();
		sql.run(
			"insert into organizations (id, name, email, plan, created_at, updated_at) values (?, ?, ?, ?, ?, ?)",
			...[id, name, email, plan, time, time],
		);
		return { id, name, email, plan, created_at: time, updated_at: time };
	},
	list: ({ sql }, plan, paging) =>
		selectPage(sql, { table: "organizations", where: [["plan = ?", plan]] }, { paging, show: showOrganization }),
	get: ({ sql }, id) => {
		const row = sql.get<OrganizationRow>("select * from organizations where id = ?", id);
		return row === undefined ? undefined : showOrganization(row);
	},
	save: ({ sql }, { id, name, email, plan, updated_at }) => {
		sql.run(
			"update organizations set name = ?, email = ?, plan = ?, updated_at = ? where id = ?",
			...[name, email, plan, updated_at, id],
		);
	},
	remove: ({ sql }, id) => sql.run("delete from organizations where id = ?", id) > 0,
};

type OrganizationRow = Row & Organization;

function showOrganization({ id, name, email, plan, created_at, updated_at }: OrganizationRow): Organization {
	return { id, name, email, plan, created_at, updated_at };
}
