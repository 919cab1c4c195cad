import { expect, test } from "vitest";
import type { Without } from "../conformance.ts";
import type { IntegraClient } from "../integra-client.ts";
import { field, INVALID, itemsOf, MISSING, NOBODY, newKey, newOrganization, UNAUTHORIZED } from "../stories.ts";

export function testKeys(api: () => IntegraClient, without: Without): void {
	test.skipIf(without["what the server fills in"] !== undefined)(
		"are shown with what they are called with once",
		async () => {
			const organization = await newOrganization(api());
			const sent = {
				organization_id: organization,
				name: "Production",
				scopes: ["workflows:read", "transactions:write"],
			};
			const made = await api().post("/api-keys", sent);
			const key = field(made, "key");
			expect(made).toMatchObject({ status: 201, body: { ...sent, status: "active", revoked_at: null } });
			const { key: _, ...shown } = made.body as Readonly<Record<string, unknown>>;
			expect((await api().get(`/api-keys/${field(made, "id")}`)).body).toEqual(shown);
			const listed = await itemsOf(api(), `/api-keys?org_id=${organization}`);
			expect(listed).toEqual([shown]);
			expect(JSON.stringify(listed)).not.toContain(key);
		},
	);

	test("let in until they are revoked, and stay listed then", async () => {
		const { id, key, organization } = await newKey(api(), { scopes: ["admin:users"] });
		expect((await api().get("/users", { key })).status).toBe(200);
		expect((await api().remove(`/api-keys/${id}`)).status).toBe(204);
		expect(await api().get("/users", { key })).toMatchObject(UNAUTHORIZED);
		const revoked = { id, status: "revoked", revoked_at: expect.any(String) };
		const before = await api().get(`/api-keys/${id}`);
		expect(before.body).toMatchObject(revoked);
		expect(await itemsOf(api(), `/api-keys?org_id=${organization}`)).toMatchObject([revoked]);
		expect((await api().remove(`/api-keys/${id}`)).status).toBe(204);
		expect((await api().get(`/api-keys/${id}`)).body).toEqual(before.body);
	});

	test("are found by organization and status", async () => {
		const [one, other] = [await newKey(api()), await newKey(api())];
		const ids = async (query: string): Promise<readonly unknown[]> =>
			(await itemsOf(api(), `/api-keys?${query}`)).map(({ id }) => id);
		expect(await ids(`org_id=${one.organization}`)).toEqual([one.id]);
		expect(await ids(`org_id=${other.organization}`)).toEqual([other.id]);
		expect(await ids(`org_id=${NOBODY.organization}`)).toEqual([]);
		expect(await ids(`org_id=${one.organization}&status=revoked`)).toEqual([]);
		await api().remove(`/api-keys/${one.id}`);
		expect(await ids(`org_id=${one.organization}&status=revoked`)).toEqual([one.id]);
	});

	test("are 404 where there is no such key or organization", async () => {
		expect(await api().get(`/api-keys/${NOBODY.key}`)).toMatchObject(MISSING);
		expect(await api().remove(`/api-keys/${NOBODY.key}`)).toMatchObject(MISSING);
		const sent = { organization_id: NOBODY.organization, name: "x", scopes: ["admin:users"] };
		expect(await api().post("/api-keys", sent)).toMatchObject(MISSING);
	});

	test.each([
		{ scopes: [] },
		{ scopes: ["admin:everything"] },
		{ scopes: ["admin:users", "admin:users"] },
		{ scopes: "admin:users" },
		{ name: "" },
		{ key: "ik_mine" },
	])("refuse %j", async (fields) => {
		const organization_id = await newOrganization(api());
		const sent = { organization_id, name: "Key", scopes: ["admin:users"], ...fields };
		expect(await api().post("/api-keys", sent)).toMatchObject(INVALID);
		expect(await itemsOf(api(), `/api-keys?org_id=${organization_id}`)).toEqual([]);
	});
}
