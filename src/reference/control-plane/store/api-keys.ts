import { secretDigest } from "../../secret/secret-matcher.ts";
import { type Page, type Paging, selectPage } from "./page.ts";
import { newId, newSecret, type Scope } from "./scope.ts";

/** As the API shows it: never with its secret. */
export interface ApiKey {
	readonly id: string;
	readonly name: string;
	readonly prefix: string;
	readonly last_four: string;
	readonly status: "active" | "revoked";
	readonly created_at: string;
	readonly revoked_at: string | null;
}

export interface ApiKeys {
	create(scope: Scope, project: string, name: string): Promise<ApiKey & { readonly secret: string }>;
	list(scope: Scope, project: string, paging: Paging): Promise<Page<ApiKey>>;
	/** A key that is revoked already stays as it is. */
	revoke(scope: Scope, project: string, id: string): Promise<"revoked" | "was-revoked" | "not-found">;
	/** The project that an active key belongs to. */
	findOwner(sql: Scope["sql"], secret: string): Promise<ApiKeyOwner | undefined>;
}

export interface ApiKeyOwner {
	readonly project_id: string;
	readonly tenant_id: string;
}

const PREFIX_LENGTH = 8;

export const apiKeys: ApiKeys = {
	create: async ({ sql, tenant, now }, project, name) => {
		const secret = newSecret("cpk");
		const key: ApiKey = {
			id: newId(),
			name,
			prefix: secret.slice(0, PREFIX_LENGTH),
			last_four: secret.slice(-4),
			status: "active",
			created_at: now.toISOString(),
			revoked_at: null,
		};
		await sql.query(
			`insert into api_keys (id, tenant_id, project_id, name, digest, prefix, last_four, status, created_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			[key.id, tenant, project, name, secretDigest(secret), key.prefix, key.last_four, key.status, now],
		);
		return { ...key, secret };
	},
	list: (scope, project, paging) =>
		selectPage(
			scope,
			{
				columns: "serial, id, name, prefix, last_four, status, created_at, revoked_at",
				from: "api_keys where tenant_id = $1 and project_id = $2",
				values: [scope.tenant, project],
			},
			{ paging, show: showApiKey },
		),
	revoke: async ({ sql, tenant, now }, project, id) => {
		const where = "tenant_id = $1 and project_id = $2 and id = $3";
		const [revoked] = await sql.query(
			`update api_keys set status = 'revoked', revoked_at = $4 where ${where} and status = 'active' returning id`,
			[tenant, project, id, now],
		);
		if (revoked !== undefined) return "revoked";
		const [known] = await sql.query(`select id from api_keys where ${where}`, [tenant, project, id]);
		return known === undefined ? "not-found" : "was-revoked";
	},
	findOwner: async (sql, secret) => {
		const [owner] = await sql.query<{ project_id: string; tenant_id: string }>(
			"select project_id, tenant_id from api_keys where digest = $1 and status = 'active'",
			[secretDigest(secret)],
		);
		return owner;
	},
};

type ApiKeyRow = Omit<ApiKey, "created_at" | "revoked_at"> & {
	readonly created_at: Date;
	readonly revoked_at: Date | null;
};

function showApiKey({ id, name, prefix, last_four, status, created_at, revoked_at }: ApiKeyRow): ApiKey {
	return {
		id,
		name,
		prefix,
		last_four,
		status,
		created_at: created_at.toISOString(),
		revoked_at: revoked_at?.toISOString() ?? null,
	};
}
