import { expect, test } from "vitest";
import type { ControlPlaneClient } from "../control-plane-client.ts";
import { NOBODY, newOrganization, newUser, ORGANIZATIONS, USERS, unique } from "../stories.ts";
import { CONFLICT, INVALID, MISSING } from "./access.ts";

export function testUsers(api: () => ControlPlaneClient): void {
	test("are found by a part of their name or email, whatever the case", async () => {
		const word = unique("Searched").replaceAll("-", "");
		const user = await newUser(api(), { name: `A ${word} B` });
		for (const search of [word, word.toUpperCase(), word.slice(2, -1).toLowerCase()]) {
			const { body } = await api().get(`${USERS}?search=${search}`);
			expect(body).toMatchObject({ users: [{ id: user }], pagination: { total: 1 } });
		}
		const { email } = (await api().get(`${USERS}/${user}`)).body as { readonly email: string };
		const found = await api().get(`${USERS}?search=${encodeURIComponent(email.toUpperCase())}`);
		expect(found.body).toMatchObject({ users: [{ id: user }] });
	});

	test.each(["%25", "_", "%27%20or%201%3D1", "no%20such%20person"])(
		"are not found by the text %s, which none of them has",
		async (search) => {
			await newUser(api(), { name: "Somebody" });
			expect((await api().get(`${USERS}?search=${search}`)).body).toMatchObject({
				users: [],
				pagination: { total: 0 },
			});
		},
	);

	test("show the organizations that they are in", async () => {
		const organization = await newOrganization(api());
		const user = await newUser(api(), { organization, role: "admin" });
		const { body } = await api().get(`${USERS}/${user}`);
		expect(body).toMatchObject({ id: user, sessions: [], organizations: [{ id: organization, role: "admin" }] });
	});

	test("keep metadata that is left out, and lose what is sent as null", async () => {
		const user = `${USERS}/${await newUser(api())}`;
		await api().patch(user, { metadata: { plan: "pro", seats: 3, beta: true } });
		const patched = await api().patch(user, { metadata: { seats: 4, beta: null } });
		const { metadata } = patched.body as { readonly metadata: unknown };
		expect(metadata).toEqual({ plan: "pro", seats: 4 });
		expect(((await api().get(user)).body as { readonly metadata: unknown }).metadata).toEqual(metadata);
	});

	test("keep their metadata when the status changes, and the status when metadata does", async () => {
		const user = `${USERS}/${await newUser(api())}`;
		await api().patch(user, { metadata: { plan: "pro" } });
		await api().patch(user, { status: "suspended" });
		await api().patch(user, { metadata: { seats: 1 } });
		const { body } = await api().get(user);
		expect(body).toMatchObject({ status: "suspended", metadata: { plan: "pro", seats: 1 } });
	});

	test("have 50 keys of metadata at most", async () => {
		const user = `${USERS}/${await newUser(api())}`;
		const keys = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`key_${index}`, index]));
		expect((await api().patch(user, { metadata: keys })).status).toBe(200);
		expect(await api().patch(user, { metadata: { one_more: 1 } })).toMatchObject(INVALID);
		expect((await api().patch(user, { metadata: { key_0: null, one_more: 1 } })).status).toBe(200);
	});
}

export function testUsersEnd(api: () => ControlPlaneClient): void {
	test("are gone when they are deleted, with their memberships", async () => {
		const organization = await newOrganization(api());
		const user = await newUser(api(), { organization });
		const stays = await newUser(api(), { organization });
		expect((await api().remove(`${USERS}/${user}`)).status).toBe(204);
		expect(await api().get(`${USERS}/${user}`)).toMatchObject(MISSING);
		expect(await api().remove(`${USERS}/${user}`)).toMatchObject(MISSING);
		const { body } = await api().get(`${ORGANIZATIONS}/${organization}/members`);
		expect(body).toMatchObject({ members: [{ user_id: stays }], pagination: { total: 1 } });
	});

	test("cannot be deleted as the last owner of an organization", async () => {
		const organization = await newOrganization(api());
		const owner = await newUser(api(), { organization, role: "owner" });
		expect(await api().remove(`${USERS}/${owner}`)).toMatchObject(CONFLICT);
		await newUser(api(), { organization, role: "owner" });
		expect((await api().remove(`${USERS}/${owner}`)).status).toBe(204);
	});

	test("are 404 when nobody made them", async () => {
		expect(await api().get(`${USERS}/${NOBODY}`)).toMatchObject(MISSING);
		expect(await api().patch(`${USERS}/${NOBODY}`, { status: "active" })).toMatchObject(MISSING);
		expect(await api().remove(`${USERS}/${NOBODY}`)).toMatchObject(MISSING);
	});

	test.each([
		{ status: "deleted" },
		{ status: null },
		{ metadata: null },
		{ metadata: [] },
		{ metadata: { plan: {} } },
		{ metadata: { plan: "p".repeat(501) } },
		{ metadata: { "not a key": 1 } },
		{ email: "other@example.com" },
		null,
	])("refuse %j", async (body) => {
		const user = `${USERS}/${await newUser(api())}`;
		const before = (await api().get(user)).body;
		expect(await api().patch(user, body)).toMatchObject(INVALID);
		expect((await api().get(user)).body).toEqual(before);
	});
}
