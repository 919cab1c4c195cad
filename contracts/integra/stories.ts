import { expect } from "vitest";
import type { Answer, IntegraClient } from "./integra-client.ts";

/** What tests begin with. Each makes everything anew, so tests do not meet. */

export const UNAUTHORIZED = { status: 401, body: { error: { code: "unauthorized" } } };
export const FORBIDDEN = { status: 403, body: { error: { code: "forbidden" } } };
export const MISSING = { status: 404, body: { error: { code: "not_found" } } };
export const CONFLICT = { status: 409, body: { error: { code: "conflict" } } };
export const INVALID = { status: 400, body: { error: { code: "invalid_request" } } };

/** Well formed, and nobody's. */
export const NOBODY = { user: "user_nobody", organization: "org_nobody", key: "key_nobody" };

let serial = 0;

/** A word that no other test uses. */
export function unique(word: string): string {
	serial += 1;
	return `${word}${process.pid}x${serial}`;
}

export type Item = Readonly<Record<string, unknown>>;

export function field(answer: Answer, name: string): string {
	const value = (answer.body as Item)[name];
	if (typeof value !== "string") throw new Error(`the answer has no text ${name}: ${JSON.stringify(answer.body)}`);
	return value;
}

export async function newUser(api: IntegraClient, fields: object = {}): Promise<string> {
	const made = await api.post("/users", { email: `${unique("person")}@example.com`, name: "Person", ...fields });
	expect(made.status).toBe(201);
	return field(made, "id");
}

export async function newOrganization(api: IntegraClient, fields: object = {}): Promise<string> {
	const made = await api.post("/organizations", { name: unique("Works"), email: "works@example.com", ...fields });
	expect(made.status).toBe(201);
	return field(made, "id");
}

export async function newMember(api: IntegraClient, organization: string, fields: object = {}): Promise<string> {
	const user = await newUser(api);
	const added = await api.post(`/organizations/${organization}/members`, { user_id: user, ...fields });
	expect(added.status).toBe(201);
	return user;
}

export const ADMIN_SCOPES: readonly string[] = ["admin:users", "admin:orgs", "admin:keys"];

/** A key that can be called with. */
export async function newKey(
	api: IntegraClient,
	{ organization, scopes = ADMIN_SCOPES }: { readonly organization?: string; readonly scopes?: readonly string[] } = {},
): Promise<{ readonly id: string; readonly key: string; readonly organization: string }> {
	const organization_id = organization ?? (await newOrganization(api));
	const made = await api.post("/api-keys", { organization_id, name: unique("Key"), scopes });
	expect(made.status).toBe(201);
	return { id: field(made, "id"), key: field(made, "key"), organization: organization_id };
}

export async function itemsOf(api: IntegraClient, path: string): Promise<readonly Item[]> {
	return ((await api.get(path)).body as { readonly data: readonly Item[] }).data;
}

/** Nothing here makes so many. */
const PAGES_MAX = 100;

/** Every item of a list, page by page. */
export async function everyItem(api: IntegraClient, path: string, perPage: number): Promise<readonly Item[]> {
	const items: Item[] = [];
	for (let page = 1; page <= PAGES_MAX; page += 1) {
		const part = await itemsOf(api, `${path}${path.includes("?") ? "&" : "?"}page=${page}&per_page=${perPage}`);
		items.push(...part);
		if (part.length < perPage) return items;
	}
	throw new Error(`more than ${PAGES_MAX} pages`);
}
