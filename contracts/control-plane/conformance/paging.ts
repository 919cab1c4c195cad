import { expect, test } from "vitest";
import type { ControlPlaneClient } from "../control-plane-client.ts";
import {
	everyItem,
	newInvitation,
	newOrganization,
	newProject,
	newUser,
	newWebhook,
	ORGANIZATIONS,
	PROJECTS,
	USERS,
	unique,
	WEBHOOKS,
} from "../stories.ts";
import { INVALID } from "./access.ts";

/** One list, inside a parent that the test makes or beside what others made. */
interface Listed {
	readonly name: string;
	/** Makes items in this order. */
	fill(api: ControlPlaneClient, count: number): Promise<{ readonly path: string; readonly ids: readonly string[] }>;
}

async function times(count: number, make: () => Promise<string>): Promise<readonly string[]> {
	const ids: string[] = [];
	for (let index = 0; index < count; index += 1) ids.push(await make());
	return ids;
}

const LISTS: readonly Listed[] = [
	{
		name: "api_keys",
		fill: async (api, count) => {
			const path = `${PROJECTS}/${await newProject(api)}/api-keys`;
			const make = async (): Promise<string> =>
				((await api.post(path, { name: "Key" })).body as { readonly id: string }).id;
			return { path, ids: await times(count, make) };
		},
	},
	{
		name: "users",
		fill: async (api, count) => {
			const word = unique("Paged").replaceAll("-", "");
			const organization = await newOrganization(api);
			const ids = await times(count, () => newUser(api, { organization, name: word }));
			return { path: `${USERS}?search=${word}`, ids };
		},
	},
	{
		name: "members",
		fill: async (api, count) => {
			const organization = await newOrganization(api);
			const ids = await times(count, () => newUser(api, { organization }));
			return { path: `${ORGANIZATIONS}/${organization}/members`, ids };
		},
	},
	{
		name: "invitations",
		fill: async (api, count) => {
			const organization = await newOrganization(api);
			const ids = await times(count, async () => (await newInvitation(api, organization)).id);
			return { path: `${ORGANIZATIONS}/${organization}/invitations`, ids };
		},
	},
	{
		name: "deliveries",
		fill: async (api, count) => {
			const webhook = `${WEBHOOKS}/${await newWebhook(api)}`;
			const make = async (): Promise<string> =>
				((await api.post(`${webhook}/test`)).body as { readonly id: string }).id;
			return { path: `${webhook}/deliveries`, ids: await times(count, make) };
		},
	},
];

export function testPaging(api: () => ControlPlaneClient): void {
	test.each(LISTS)("of $name show everything once, page by page, the newest first", async ({ name, fill }) => {
		const { path, ids } = await fill(api(), 5);
		const newest = ids.toReversed();
		for (const limit of [1, 2, 5, 100]) {
			const items = await everyItem(api(), path, { name, limit });
			expect(items.map((item) => item.id ?? item.user_id)).toEqual(newest);
		}
		const separator = path.includes("?") ? "&" : "?";
		const beyond = await api().get(`${path}${separator}page=4&limit=2`);
		expect(beyond.body).toMatchObject({ [name]: [], pagination: { page: 4, limit: 2, total: 5 } });
		expect((await api().get(path)).body).toMatchObject({ pagination: { page: 1, limit: 50, total: 5 } });
	});

	test.each([
		["projects", PROJECTS, newProject],
		["organizations", ORGANIZATIONS, newOrganization],
		["webhooks", WEBHOOKS, newWebhook],
	] as const)("of %s begin with the newest, and count all", async (name, path, make) => {
		const before = (await api().get(`${path}?limit=1`)).body as { readonly pagination: { readonly total: number } };
		const first = await make(api());
		const second = await make(api());
		const total = before.pagination.total + 2;
		expect((await api().get(`${path}?limit=2`)).body).toMatchObject({
			[name]: [{ id: second }, { id: first }],
			pagination: { page: 1, limit: 2, total },
		});
		expect((await api().get(`${path}?limit=1&page=2`)).body).toMatchObject({
			[name]: [{ id: first }],
			pagination: { page: 2, limit: 1, total },
		});
		const items = await everyItem(api(), path, { name, limit: 3 });
		expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
	});

	test.each([
		"page=0",
		"page=-1",
		"page=1.5",
		"page=one",
		"page=",
		"page=1000001",
		"limit=0",
		"limit=101",
		"limit=1e2",
		"page=1&page=2",
		"limit=1%3B%20drop%20table%20users",
	])("refuse %s", async (query) => {
		for (const path of [PROJECTS, USERS, ORGANIZATIONS, WEBHOOKS]) {
			expect(await api().get(`${path}?${query}`)).toMatchObject(INVALID);
		}
	});
}
