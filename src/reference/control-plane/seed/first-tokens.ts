import type { Database } from "../../database/database.ts";
import type { ControlPlaneSettings } from "../settings.ts";
import { newSecret } from "../store/scope.ts";
import { grantToken, type TokenGrant } from "../store/tokens.ts";
import { TENANTS } from "./seed.ts";

type TokenSettings = Pick<ControlPlaneSettings, "adminToken" | "viewerToken" | "writerToken" | "otherTenantToken">;

/**
 * Grants the tokens that the operator set, in the place of those that were set before. A database that still has none
 * at all gets one.
 *
 * @returns the token that was made
 */
export async function grantFirstTokens(
	database: Database,
	settings: TokenSettings,
	now: Date,
): Promise<string | undefined> {
	return database.transaction(async (sql) => {
		for (const grant of grantsOf(settings)) await grantToken(sql, grant, now);
		const [known] = await sql.query("select digest from tokens limit 1");
		if (known !== undefined) return undefined;
		const token = newSecret("cpt");
		await grantToken(sql, { tenant: TENANTS.acme, name: "first", roles: ["read", "write"], token }, now);
		return token;
	});
}

function grantsOf(settings: TokenSettings): readonly TokenGrant[] {
	const { adminToken, viewerToken, writerToken, otherTenantToken } = settings;
	const { acme, globex } = TENANTS;
	const wanted: readonly (Omit<TokenGrant, "token"> & { readonly token: string | undefined })[] = [
		{ tenant: acme, name: "admin", roles: ["read", "write"], token: adminToken },
		{ tenant: acme, name: "viewer", roles: ["read"], token: viewerToken },
		{ tenant: acme, name: "writer", roles: ["write"], token: writerToken },
		{ tenant: globex, name: "admin", roles: ["read", "write"], token: otherTenantToken },
	];
	return wanted.flatMap(({ token, ...grant }) => (token === undefined ? [] : [{ ...grant, token }]));
}
