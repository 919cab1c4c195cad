import { expect, test } from "vitest";
import type { ControlPlaneClient } from "../control-plane-client.ts";
import { NOBODY, newOrganization, newUser, ORGANIZATIONS, USERS } from "../stories.ts";
import { CONFLICT, INVALID, MISSING } from "./access.ts";

const membersOf = (organization: string): string => `${ORGANIZATIONS}/${organization}/members`;

export function testMembers(api: () => ControlPlaneClient): void {
	test("are added as plain members, or as what is asked for", async () => {
		const organization = await newOrganization(api());
		const [plain, admin] = [await newUser(api()), await newUser(api())];
		expect(await api().post(membersOf(organization), { user_id: plain })).toMatchObject({
			status: 201,
			body: { user_id: plain, role: "member" },
		});
		await api().post(membersOf(organization), { user_id: admin, role: "admin" });
		expect((await api().get(membersOf(organization))).body).toMatchObject({
			members: [
				{ user_id: admin, role: "admin" },
				{ user_id: plain, role: "member" },
			],
		});
		const { body } = await api().get(`${USERS}/${plain}`);
		expect(JSON.stringify((body as { readonly organizations: unknown }).organizations)).toContain(organization);
	});

	test("are added once", async () => {
		const organization = await newOrganization(api());
		const user_id = await newUser(api(), { organization, role: "admin" });
		expect(await api().post(membersOf(organization), { user_id })).toMatchObject(CONFLICT);
		expect((await api().get(membersOf(organization))).body).toMatchObject({ members: [{ role: "admin" }] });
	});

	test("change their role", async () => {
		const organization = await newOrganization(api());
		const user = await newUser(api(), { organization });
		const changed = await api().patch(`${membersOf(organization)}/${user}`, { role: "owner" });
		expect(changed).toMatchObject({ status: 200, body: { user_id: user, role: "owner" } });
		expect((await api().get(membersOf(organization))).body).toMatchObject({ members: [{ role: "owner" }] });
	});

	test("leave one owner at least", async () => {
		const organization = await newOrganization(api());
		const [first, second] = [
			await newUser(api(), { organization, role: "owner" }),
			await newUser(api(), { organization, role: "owner" }),
		];
		expect((await api().remove(`${membersOf(organization)}/${first}`)).status).toBe(204);
		expect(await api().remove(`${membersOf(organization)}/${second}`)).toMatchObject(CONFLICT);
		expect(await api().patch(`${membersOf(organization)}/${second}`, { role: "admin" })).toMatchObject(CONFLICT);
		expect((await api().patch(`${membersOf(organization)}/${second}`, { role: "owner" })).status).toBe(200);
		expect((await api().get(membersOf(organization))).body).toMatchObject({
			members: [{ user_id: second, role: "owner" }],
			pagination: { total: 1 },
		});
	});
}

export function testMembersEnd(api: () => ControlPlaneClient): void {
	test("are removed from one organization, and stay users and members elsewhere", async () => {
		const [one, other] = [await newOrganization(api()), await newOrganization(api())];
		const user = await newUser(api(), { organization: one });
		await api().post(membersOf(other), { user_id: user });
		expect((await api().remove(`${membersOf(one)}/${user}`)).status).toBe(204);
		expect(await api().remove(`${membersOf(one)}/${user}`)).toMatchObject(MISSING);
		expect((await api().get(`${USERS}/${user}`)).body).toMatchObject({ organizations: [{ id: other }] });
		expect((await api().get(membersOf(one))).body).toMatchObject({ members: [] });
	});

	test("are 404 where there is no such organization, user or member", async () => {
		const organization = await newOrganization(api());
		const user_id = await newUser(api());
		expect(await api().get(membersOf(NOBODY))).toMatchObject(MISSING);
		expect(await api().post(membersOf(NOBODY), { user_id })).toMatchObject(MISSING);
		expect(await api().post(membersOf(organization), { user_id: NOBODY })).toMatchObject(MISSING);
		expect(await api().patch(`${membersOf(organization)}/${user_id}`, { role: "admin" })).toMatchObject(MISSING);
		expect(await api().remove(`${membersOf(organization)}/${user_id}`)).toMatchObject(MISSING);
	});

	test.each([{}, { user_id: 7 }, { user_id: NOBODY, role: "boss" }, { user_id: NOBODY, rank: 1 }])(
		"refuse %j",
		async (body) => {
			expect(await api().post(membersOf(await newOrganization(api())), body)).toMatchObject(INVALID);
		},
	);

	test.each([{}, { role: "boss" }, { role: null }])("refuse a change to %j", async (body) => {
		const organization = await newOrganization(api());
		const user = await newUser(api(), { organization });
		expect(await api().patch(`${membersOf(organization)}/${user}`, body)).toMatchObject(INVALID);
	});
}
