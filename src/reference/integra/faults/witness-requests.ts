import type { Credential, WitnessRequest } from "../../fault/fault.ts";

/** Requests of Integra's witnesses. They start from the seed, on a server whose clock stands still. */

export function get(path: string, credential: Credential = "admin"): WitnessRequest {
	return { method: "GET", path, credential };
}

export function post(path: string, body: unknown, credential: Credential = "admin"): WitnessRequest {
	return { method: "POST", path, credential, body };
}

export function patch(path: string, body: unknown, credential: Credential = "admin"): WitnessRequest {
	return { method: "PATCH", path, credential, body };
}

export function remove(path: string): WitnessRequest {
	return { method: "DELETE", path, credential: "admin" };
}

export const USERS = "/admin/v1/users";
export const ORGANIZATIONS = "/admin/v1/organizations";
export const SEEDED: string = `${ORGANIZATIONS}/org_123`;
export const MEMBERS: string = `${SEEDED}/members`;
export const KEYS = "/admin/v1/api-keys";
export const CONFIG = "/admin/v1/config";
export const USAGE = "/admin/v1/analytics/usage?org_id=org_123";
export const AUDIT = "/admin/v1/audit-logs";
export const BATCH = "/admin/v1/batch/create-users";

/** Requests per minute and key, and batches, of the server that witnesses are sent to. */
export const WITNESS_LIMITS = { rateLimit: 3, batchRateLimit: 2, operatorRateLimit: 1000 };

export function makeUser(name: string): WitnessRequest {
	return post(USERS, { email: `${name}@example.com`, name });
}

export function makeOrganization(fields: object = {}): WitnessRequest {
	return post(ORGANIZATIONS, { name: "Witness", email: "witness@example.com", ...fields });
}

export function makeKey(...scopes: readonly string[]): WitnessRequest {
	return post(KEYS, { organization_id: "org_123", name: "Witness", scopes });
}

/** @param user where its id stood: `{1/id}` */
export function join(user: string, fields: object = {}): WitnessRequest {
	return post(MEMBERS, { user_id: user, ...fields });
}
