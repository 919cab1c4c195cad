import { timingSafeEqual } from "node:crypto";
import type { Sql } from "../../database/database.ts";
import { secretDigest } from "../../secret/secret-matcher.ts";

/** What a token allows. */
export type TokenRole = "read" | "write";

/** Who calls. */
export interface Caller {
	readonly tenant: string;
	/** Name of the token. */
	readonly token: string;
	readonly roles: readonly TokenRole[];
}

export interface Tokens {
	find(sql: Sql, token: string): Promise<Caller | undefined>;
}

/**
 * The table is searched by digest, which tells nothing about a token that is nearly right, and what is found is
 * compared in constant time.
 */
export const tokens: Tokens = {
	find: async (sql, token) => {
		const digest = secretDigest(token);
		const [row] = await sql.query<TokenRow>("select digest, tenant_id, name, roles from tokens where digest = $1", [
			digest,
		]);
		if (row === undefined || !timingSafeEqual(Buffer.from(row.digest), Buffer.from(digest))) return undefined;
		return { tenant: row.tenant_id, token: row.name, roles: row.roles.split(" ") as readonly TokenRole[] };
	},
};

interface TokenRow {
	readonly [column: string]: unknown;
	readonly digest: string;
	readonly tenant_id: string;
	readonly name: string;
	readonly roles: string;
}

export interface TokenGrant {
	readonly tenant: string;
	readonly name: string;
	readonly roles: readonly TokenRole[];
	readonly token: string;
}

/** The token of that name in that tenant is then this one and no other. */
export async function grantToken(sql: Sql, { tenant, name, roles, token }: TokenGrant, now: Date): Promise<void> {
	await sql.query("insert into tenants (id, created_at) values ($1, $2) on conflict do nothing", [tenant, now]);
	await sql.query("delete from tokens where digest = $1 or (tenant_id = $2 and name = $3)", [
		secretDigest(token),
		tenant,
		name,
	]);
	await sql.query("insert into tokens (digest, tenant_id, name, roles, created_at) values ($1, $2, $3, $4, $5)", [
		secretDigest(token),
		tenant,
		name,
		roles.join(" "),
		now,
	]);
}
