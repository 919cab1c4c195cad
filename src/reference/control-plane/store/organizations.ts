import type { Metadata } from "./metadata.ts";
import { type Page, type Paging, selectPage } from "./page.ts";
import { newId, type Scope } from "./scope.ts";

/** As the API shows it. */
export interface Organization {
	readonly id: string;
	readonly name: string;
	readonly slug: string;
	readonly metadata: Metadata;
	readonly created_at: string;
	readonly updated_at: string;
}

export interface Organizations {
	/** Fails with a unique violation when another organization has the slug; so does `save`. */
	create(scope: Scope, organization: Pick<Organization, "name" | "slug" | "metadata">): Promise<Organization>;
	list(scope: Scope, paging: Paging): Promise<Page<Organization>>;
	/** Locked until the transaction ends when it, its members or its invitations are to be changed. */
	get(scope: Scope, id: string, lock?: "for update"): Promise<Organization | undefined>;
	save(scope: Scope, organization: Organization): Promise<void>;
	/** With members and invitations. */
	remove(scope: Scope, id: string): Promise<void>;
}

export const organizations: Organizations = {
	create: async ({ sql, tenant, now }, { name, slug, metadata }) => {
		const time = now.toISOString();
		const organization: Organization = { id: newId(), name, slug, metadata, created_at: time, updated_at: time };
		await sql.query(
			`insert into organizations (id, tenant_id, name, slug, metadata, created_at, updated_at)
			values ($1, $2, $3, $4, $5, $6, $6)`,
			[organization.id, tenant, name, slug, JSON.stringify(metadata), now],
		);
		return organization;
	},
	list: (scope, paging) =>
		selectPage(
			scope,
			{ columns: COLUMNS, from: "organizations where tenant_id = $1", values: [scope.tenant] },
			{ paging, show: showOrganization },
		),
	get: async ({ sql, tenant }, id, lock) => {
		const [row] = await sql.query<OrganizationRow>(
			`select ${COLUMNS} from organizations where tenant_id = $1 and id = $2 ${lock ?? ""}`,
			[tenant, id],
		);
		return row === undefined ? undefined : showOrganization(row);
	},
	save: async ({ sql, tenant, now }, { id, name, slug, metadata }) => {
		await sql.query(
			`update organizations set name = $3, slug = $4, metadata = $5, updated_at = $6
			where tenant_id = $1 and id = $2`,
			[tenant, id, name, slug, JSON.stringify(metadata), now],
		);
	},
	remove: async ({ sql, tenant }, id) => {
		await sql.query("delete from organizations where tenant_id = $1 and id = $2", [tenant, id]);
	},
};

const COLUMNS = "serial, id, name, slug, metadata, created_at, updated_at";

interface OrganizationRow {
	readonly [column: string]: unknown;
	readonly id: string;
	readonly name: string;
	readonly slug: string;
	readonly metadata: string;
	readonly created_at: Date;
	readonly updated_at: Date;
}

function showOrganization({ id, name, slug, metadata, created_at, updated_at }: OrganizationRow): Organization {
	return {
		id,
		name,
		slug,
		metadata: JSON.parse(metadata),
		created_at: created_at.toISOString(),
		updated_at: updated_at.toISOString(),
	};
}
