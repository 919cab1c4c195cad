import type { Credential, WitnessRequest } from "../../fault/fault.ts";

/** Requests of the control plane's witnesses. They start from the seed. */

export function get(path: string, credential: Credential = "admin"): WitnessRequest {
	return { method: "GET", path, credential };
}

export function post(path: string, body?: unknown, credential: Credential = "admin"): WitnessRequest {
	return { method: "POST", path, credential, ...(body === undefined ? {} : { body }) };
}

export function patch(path: string, body: unknown): WitnessRequest {
	return { method: "PATCH", path, credential: "admin", body };
}

export function remove(path: string): WitnessRequest {
	return { method: "DELETE", path, credential: "admin" };
}

/** The day that it is when witnesses are sent: their server has a clock that stands still. */
export const WITNESS_DAY = "2026-01-15";

export const PROJECTS = "/v1/admin/projects";
export const USERS = "/v1/admin/users";
export const ORGANIZATIONS = "/v1/admin/organizations";
export const WEBHOOKS = "/v1/admin/webhooks";
export const AUDIT = "/v1/admin/audit";

export function makeProject(fields: object = {}): WitnessRequest {
	return post(PROJECTS, { name: "Witness", ...fields });
}

export function makeOrganization(slug: string): WitnessRequest {
	return post(ORGANIZATIONS, { name: "Witness", slug });
}

export function makeWebhook(path: string): WitnessRequest {
	return post(WEBHOOKS, { url: `https://hooks.example.com/${path}`, events: ["user.deleted"] });
}

export function invite(organization: string, email: string): WitnessRequest {
	return post(`${ORGANIZATIONS}/${organization}/invitations`, { email });
}

/** @param token where it stood: `{1/token}` */
export function accept(token: string): WitnessRequest {
	return post("/v1/invitations/accept", { token, name: "Witness" }, "none");
}
