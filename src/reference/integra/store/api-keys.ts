import { randomBytes, timingSafeEqual } from "node:crypto";
import { secretDigest } from "../../secret/secret-matcher.ts";
import type { Row } from "../database/database.ts";
import { type Page, type Paging, selectPage } from "./page.ts";
import { newId, type Scope } from "./scope.ts";

export const KEY_STATUSES = ["active", "revoked"] as const;

/** As the API shows it: never with what it is called with. */
export interface ApiKey {
	readonly id: string;
	readonly organization_id: string;
	readonly name: string;
	readonly scopes: readonly string[];
	readonly prefix: string;
	readonly status: (typeof KEY_STATUSES)[number];
	readonly created_at: string;
	readonly revoked_at: string | null;
}

export interface ApiKeyFilter {
	readonly organization?: string | undefined;
	readonly status?: string | undefined;
}

export interface ApiKeys {
	create(scope: Scope, wanted: Pick<ApiKey, "organization_id" | "name" | "scopes">): ApiKey & { readonly key: string };
	list(scope: Scope, filter: ApiKeyFilter, paging: Paging): Page<ApiKey>;
	get(scope: Scope, id: string): ApiKey | undefined;
	/** One that is revoked already stays as it is. */
	revoke(scope: Scope, id: string): void;
	removeOrganization(scope: Scope, organization: string): void;
	/** The one that is active and is called with this. */
	find(scope: Scope, key: string): ApiKey | undefined;
}

const PREFIX_LENGTH = 8;
/** 192 bits. */
const KEY_BYTES = 24;

export const apiKeys: ApiKeys = {
	create: ({ sql, now }, { organization_id, name, scopes }) => {
		const key = newKey();
		const made: ApiKey = {
			id: newId("key"),
			organization_id,
			name,
			scopes,
			prefix: key.slice(0, PREFIX_LENGTH),
			status: "active",
			created_at: now.toISOString(),
			revoked_at: null,
		};
		sql.run(
			`insert into api_keys (id, organization_id, name, scopes, digest, prefix, status, created_at)
			values (?, ?, ?, ?, ?, ?, ?, ?)`,
			...[made.id, organization_id, name, scopes.join(" "), secretDigest(key), made.prefix, made.status],
			made.created_at,
		);
		return { ...made, key };
	},
	list: ({ sql }, { organization, status }, paging) =>
		selectPage(
			sql,
			{
				table: "api_keys",
				where: [
					["organization_id = ?", organization],
					["status = ?", status],
				],
			},
			{ paging, show: showApiKey },
		),
	get: ({ sql }, id) => {
		const row = sql.get<ApiKeyRow>("select * from api_keys where id = ?", id);
		return row === undefined ? undefined : showApiKey(row);
	},
	revoke: ({ sql, now }, id) => {
		sql.run(
			"update api_keys set status = 'revoked', revoked_at = ? where id = ? and status = 'active'",
			now.toISOString(),
			id,
		);
	},
	removeOrganization: ({ sql }, organization) => {
		sql.run("delete from api_keys where organization_id = ?", organization);
	},
	// The table is searched by digest, which tells nothing about a key that is nearly right, and what is found is
	// compared in constant time.
	find: ({ sql }, key) => {
		const digest = secretDigest(key);
		const row = sql.get<ApiKeyRow>("select * from api_keys where digest = ? and status = 'active'", digest);
		if (row === undefined || !timingSafeEqual(Buffer.from(row.digest), Buffer.from(digest))) return undefined;
		return showApiKey(row);
	},
};

/** What a program calls with. */
export function newKey(): string {
	return `ik_${randomBytes(KEY_BYTES).toString("base64url")}`;
}

type ApiKeyRow = Row & Omit<ApiKey, "scopes"> & { readonly scopes: string; readonly digest: string };

function showApiKey({ id, organization_id, name, scopes, prefix, status, created_at, revoked_at }: ApiKeyRow): ApiKey {
	return { id, organization_id, name, scopes: scopes.split(" "), prefix, status, created_at, revoked_at };
}
