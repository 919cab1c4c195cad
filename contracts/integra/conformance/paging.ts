import { expect, test } from "vitest";
import type { Without } from "../conformance.ts";
import type { IntegraClient } from "../integra-client.ts";
import { everyItem, INVALID, newKey, newMember, newOrganization, newUser } from "../stories.ts";

/** One list, inside a parent that the test makes. */
interface Listed {
	readonly name: string;
	/** Makes items in this order. */
	fill(api: IntegraClient, count: number): Promise<{ readonly path: string; readonly ids: readonly string[] }>;
}

async function times(count: number, make: () => Promise<string>): Promise<readonly string[]> {
	const ids: string[] = [];
	for (let index = 0; index < count; index += 1) ids.push(await make());
	return ids;
}

const LISTS: readonly Listed[] = [
	{
		name: "API keys",
		fill: async (api, count) => {
			const organization = await newOrganization(api);
			const ids = await times(count, async () => (await newKey(api, { organization })).id);
			return { path: `/api-keys?org_id=${organization}`, ids };
		},
	},
	{
		name: "members",
		fill: async (api, count) => {
			const organization = await newOrganization(api);
			const ids = await times(count, () => newMember(api, organization));
			return { path: `/organizations/${organization}/members`, ids };
		},
	},
];

export function testPaging(api: () => IntegraClient, without: Without): void {
	test.each(LISTS)("of $name show everything once, page by page, the newest first", async ({ fill }) => {
		const { path, ids } = await fill(api(), 5);
		for (const perPage of [1, 2, 5, 100]) {
			const items = await everyItem(api(), path, perPage);
			expect(items.map((item) => item.id ?? item.user_id)).toEqual(ids.toReversed());
		}
		const separator = path.includes("?") ? "&" : "?";
		const beyond = await api().get(`${path}${separator}page=4&per_page=2`);
		expect(beyond.body).toEqual({ data: [], page: 4, per_page: 2, total: 5 });
		expect((await api().get(path)).body).toMatchObject({ page: 1, per_page: 50, total: 5 });
	});

	test.each([
		["users", "/users", newUser],
		["organizations", "/organizations", newOrganization],
	] as const)("of %s begin with the newest, and count all", async (_name, path, make) => {
		const { total } = (await api().get(`${path}?per_page=1`)).body as { readonly total: number };
		const first = await make(api());
		const second = await make(api());
		const both = (await api().get(`${path}?per_page=2`)).body;
		expect(both).toMatchObject({ data: [{ id: second }, { id: first }], page: 1, per_page: 2, total: total + 2 });
		expect((await api().get(`${path}?per_page=1&page=2`)).body).toMatchObject({ data: [{ id: first }], page: 2 });
	});

	test.each([
		"page=0",
		"page=-1",
		"page=1.5",
		"page=one",
		"page=",
		"page=1000001",
		"per_page=0",
		"per_page=101",
		"per_page=1e2",
		...(without["parameters that come twice"] === undefined ? ["page=1&page=2"] : []),
		"per_page=1%3B%20drop%20table%20users",
	])("refuse %s", async (query) => {
		for (const path of ["/users", "/organizations", "/api-keys", "/audit-logs"]) {
			expect(await api().get(`${path}?${query}`)).toMatchObject(INVALID);
		}
	});
}
