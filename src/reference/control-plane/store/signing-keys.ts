import { exportJWK, generateKeyPair, type JWK } from "jose";
import { newId, type Scope } from "./scope.ts";

/** As the API shows it; `kid` is what tokens name it by. */
export interface SigningKey {
	readonly kid: string;
	readonly algorithm: string;
	readonly status: "active" | "previous";
	readonly created_at: string;
	/** When a previous key stops being trusted. */
	readonly expires_at: string | null;
}

export interface SigningKeys {
	/** A new active key; it replaces none. */
	add(scope: Scope, project: string): Promise<SigningKey>;
	/** Makes the active key a previous one until its grace ends. */
	retire(scope: Scope, project: string, graceMs: number): Promise<void>;
	/** The newest first; those whose grace has ended are left out. */
	list(scope: Scope, project: string): Promise<readonly SigningKey[]>;
	/** The public halves of the same keys; undefined when no project has this id. */
	publish(scope: Pick<Scope, "sql" | "now">, project: string): Promise<readonly JWK[] | undefined>;
}

const ALGORITHM = "ES256";
/** Keys whose grace has ended stay in the table and are not trusted any more. */
const TRUSTED = "(expires_at is null or expires_at > $2)";

export const signingKeys: SigningKeys = {
	add: async ({ sql, tenant, now }, project) => {
		const kid = newId();
		const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
		const named = { kid, alg: ALGORITHM, use: "sig" };
		const publicJwk = JSON.stringify({ ...(await exportJWK(publicKey)), ...named });
		const privateJwk = JSON.stringify({ ...(await exportJWK(privateKey)), ...named });
		await sql.query(
			`insert into signing_keys (id, tenant_id, project_id, algorithm, public_jwk, private_jwk, status, created_at)
			values ($1, $2, $3, $4, $5, $6, 'active', $7)`,
			[kid, tenant, project, ALGORITHM, publicJwk, privateJwk, now],
		);
		return { kid, algorithm: ALGORITHM, status: "active", created_at: now.toISOString(), expires_at: null };
	},
	retire: async ({ sql, tenant, now }, project, graceMs) => {
		await sql.query(
			`update signing_keys set status = 'previous', expires_at = $3
			where tenant_id = $1 and project_id = $2 and status = 'active'`,
			[tenant, project, new Date(now.getTime() + graceMs)],
		);
	},
	list: async ({ sql, tenant, now }, project) => {
		const rows = await sql.query<SigningKeyRow>(
			`select id, algorithm, status, created_at, expires_at from signing_keys
			where tenant_id = $1 and ${TRUSTED} and project_id = $3 order by serial desc`,
			[tenant, now, project],
		);
		return rows.map(showSigningKey);
	},
	publish: async ({ sql, now }, project) => {
		const rows = await sql.query<{ public_jwk: string }>(
			`select public_jwk from signing_keys where project_id = $1 and ${TRUSTED} order by serial desc`,
			[project, now],
		);
		return rows.length === 0 ? undefined : rows.map(({ public_jwk }) => JSON.parse(public_jwk));
	},
};

interface SigningKeyRow {
	readonly [column: string]: unknown;
	readonly id: string;
	readonly algorithm: string;
	readonly status: SigningKey["status"];
	readonly created_at: Date;
	readonly expires_at: Date | null;
}

function showSigningKey({ id, algorithm, status, created_at, expires_at }: SigningKeyRow): SigningKey {
	return {
		kid: id,
		algorithm,
		status,
		created_at: created_at.toISOString(),
		expires_at: expires_at?.toISOString() ?? null,
	};
}
