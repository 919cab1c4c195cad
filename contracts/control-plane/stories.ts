import { expect } from "vitest";
import type { Answer, Call, ControlPlaneClient } from "./control-plane-client.ts";

/** What tests begin with. Each makes everything anew, so tests do not meet. */

export const PROJECTS = "/v1/admin/projects";
export const USERS = "/v1/admin/users";
export const ORGANIZATIONS = "/v1/admin/organizations";
export const WEBHOOKS = "/v1/admin/webhooks";
export const AUDIT = "/v1/admin/audit";

/** Well formed, and nobody's. */
export const NOBODY = "00000000-0000-4000-8000-00000000dead";

let serial = 0;

/** A word that no other test uses. */
export function unique(word: string): string {
	serial += 1;
	return `${word}-${process.pid}-${serial}`;
}

export function field(answer: Answer, name: string): string {
	const value = (answer.body as Readonly<Record<string, unknown>>)[name];
	if (typeof value !== "string") throw new Error(`the answer has no text ${name}: ${JSON.stringify(answer.body)}`);
	return value;
}

export async function newProject(api: ControlPlaneClient, fields: object = {}): Promise<string> {
	const made = await api.post(PROJECTS, { name: unique("Project"), ...fields });
	expect(made.status).toBe(201);
	return field(made, "id");
}

export async function newOrganization(api: ControlPlaneClient, call: Call = {}): Promise<string> {
	const made = await api.post(ORGANIZATIONS, { name: unique("Organization"), slug: unique("organization") }, call);
	expect(made.status).toBe(201);
	return field(made, "id");
}

/** An invitation that can be accepted. */
export async function newInvitation(
	api: ControlPlaneClient,
	organization: string,
	fields: object = {},
): Promise<{ readonly id: string; readonly token: string; readonly email: string }> {
	const email = `${unique("person")}@example.com`;
	const made = await api.post(`${ORGANIZATIONS}/${organization}/invitations`, { email, ...fields });
	expect(made.status).toBe(201);
	return { id: field(made, "id"), token: field(made, "token"), email };
}

export function accept(api: ControlPlaneClient, token: string, name: string = unique("Person")): Promise<Answer> {
	return api.post("/v1/invitations/accept", { token, name }, { as: "nobody" });
}

/** A user who has come into an organization by invitation. */
export async function newUser(
	api: ControlPlaneClient,
	{
		organization,
		name,
		...fields
	}: { readonly organization?: string; readonly name?: string; readonly role?: string } = {},
): Promise<string> {
	const { token } = await newInvitation(api, organization ?? (await newOrganization(api)), fields);
	const accepted = await accept(api, token, name);
	expect(accepted.status).toBe(201);
	return (accepted.body as { readonly user: { readonly id: string } }).user.id;
}

export async function newWebhook(api: ControlPlaneClient): Promise<string> {
	const url = `https://hooks.example.com/${unique("hook")}`;
	const made = await api.post(WEBHOOKS, { url, events: ["user.deleted"] });
	expect(made.status).toBe(201);
	return field(made, "id");
}

/** Every item of a list, page by page. */
export async function everyItem(
	api: ControlPlaneClient,
	path: string,
	{ name, limit }: { readonly name: string; readonly limit: number },
): Promise<readonly Item[]> {
	const items: Item[] = [];
	for (let page = 1; page <= PAGES_MAX; page += 1) {
		const { body } = await api.get(`${path}${path.includes("?") ? "&" : "?"}page=${page}&limit=${limit}`);
		const part = (body as Readonly<Record<string, readonly Item[]>>)[name] ?? [];
		items.push(...part);
		if (part.length < limit) return items;
	}
	throw new Error(`more than ${PAGES_MAX} pages`);
}

export type Item = Readonly<Record<string, unknown>>;

/** Nothing here makes so many. */
const PAGES_MAX = 200;
