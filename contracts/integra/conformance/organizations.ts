import { expect, test } from "vitest";
import type { IntegraClient } from "../integra-client.ts";
import {
	CONFLICT,
	field,
	INVALID,
	itemsOf,
	MISSING,
	NOBODY,
	newKey,
	newMember,
	newOrganization,
	newUser,
	UNAUTHORIZED,
} from "../stories.ts";

const ACME = { name: "Acme Corporation", email: "admin@acme.com", plan: "enterprise" };

export function testOrganizations(api: () => IntegraClient): void {
	test("are made as they were sent, twice if need be", async () => {
		for (const _ of ["first", "second"]) {
			const made = await api().post("/organizations", ACME);
			expect(made).toMatchObject({ status: 201, body: ACME });
			expect((await api().get(`/organizations/${field(made, "id")}`)).body).toEqual(made.body);
		}
	});

	test("have the free plan when they name none", async () => {
		const { plan: _, ...unplanned } = ACME;
		expect((await api().post("/organizations", unplanned)).body).toMatchObject({ plan: "free" });
	});

	test("change in what is sent, and in nothing else", async () => {
		const id = await newOrganization(api(), ACME);
		const changed = await api().patch(`/organizations/${id}`, { plan: "pro" });
		expect(changed).toMatchObject({ status: 200, body: { ...ACME, plan: "pro" } });
		expect((await api().get(`/organizations/${id}`)).body).toMatchObject({ ...ACME, plan: "pro" });
	});

	test("take their memberships and keys along, and leave users", async () => {
		const { key, id, organization } = await newKey(api());
		const user = await newMember(api(), organization);
		expect((await api().get("/users", { key })).status).toBe(200);
		expect((await api().remove(`/organizations/${organization}`)).status).toBe(204);
		expect(await api().get(`/organizations/${organization}`)).toMatchObject(MISSING);
		expect(await api().get(`/organizations/${organization}/members`)).toMatchObject(MISSING);
		expect(await api().get(`/api-keys/${id}`)).toMatchObject(MISSING);
		expect(await api().get("/users", { key })).toMatchObject(UNAUTHORIZED);
		expect((await api().get(`/users/${user}`)).status).toBe(200);
	});

	test("are found by plan", async () => {
		const id = await newOrganization(api(), { plan: "enterprise" });
		const ids = async (plan: string): Promise<readonly unknown[]> =>
			(await itemsOf(api(), `/organizations?plan=${plan}&per_page=100`)).map((one) => one.id);
		expect(await ids("enterprise")).toContain(id);
		expect(await ids("pro")).not.toContain(id);
	});

	test.each([{}, { name: "x" }, { ...ACME, plan: "gold" }, { ...ACME, email: "acme" }, { ...ACME, id: "org_1" }])(
		"refuse %j",
		async (body) => {
			expect(await api().post("/organizations", body)).toMatchObject(INVALID);
		},
	);

	test("are 404 where there are none", async () => {
		const path = `/organizations/${NOBODY.organization}`;
		expect(await api().get(path)).toMatchObject(MISSING);
		expect(await api().patch(path, { plan: "pro" })).toMatchObject(MISSING);
		expect(await api().remove(path)).toMatchObject(MISSING);
	});
}

export function testMembers(api: () => IntegraClient): void {
	test("are added with a role, changed and removed", async () => {
		const organization = await newOrganization(api());
		const members = `/organizations/${organization}/members`;
		const user = await newUser(api());
		const added = await api().post(members, { user_id: user, role: "admin" });
		expect(added).toMatchObject({ status: 201, body: { user_id: user, role: "admin" } });
		expect(await itemsOf(api(), members)).toEqual([added.body]);
		const changed = await api().patch(`${members}/${user}`, { role: "owner" });
		expect(changed).toMatchObject({ status: 200, body: { user_id: user, role: "owner" } });
		expect(await itemsOf(api(), members)).toMatchObject([{ role: "owner" }]);
		expect((await api().remove(`${members}/${user}`)).status).toBe(204);
		expect(await itemsOf(api(), members)).toEqual([]);
		expect((await api().get(`/users/${user}`)).status).toBe(200);
	});

	test("are plain members when no role is named, and members once", async () => {
		const organization = await newOrganization(api());
		const user = await newMember(api(), organization);
		const members = `/organizations/${organization}/members`;
		expect(await api().post(members, { user_id: user, role: "owner" })).toMatchObject(CONFLICT);
		expect(await itemsOf(api(), members)).toMatchObject([{ user_id: user, role: "member" }]);
	});

	test("are those of one organization, and found by role", async () => {
		const [one, other] = [await newOrganization(api()), await newOrganization(api())];
		const owner = await newMember(api(), one, { role: "owner" });
		await newMember(api(), one);
		expect(await itemsOf(api(), `/organizations/${other}/members`)).toEqual([]);
		expect(await itemsOf(api(), `/organizations/${one}/members?role=owner`)).toMatchObject([{ user_id: owner }]);
		expect(await itemsOf(api(), `/organizations/${one}/members?role=admin`)).toEqual([]);
		const elsewhere = `/organizations/${other}/members/${owner}`;
		expect(await api().patch(elsewhere, { role: "admin" })).toMatchObject(MISSING);
		expect(await api().remove(elsewhere)).toMatchObject(MISSING);
	});

	test("are gone with the user", async () => {
		const organization = await newOrganization(api());
		const user = await newMember(api(), organization);
		await api().remove(`/users/${user}`);
		expect(await itemsOf(api(), `/organizations/${organization}/members`)).toEqual([]);
	});

	test("are refused where there is no such organization or user", async () => {
		const organization = await newOrganization(api());
		const members = `/organizations/${organization}/members`;
		expect(await api().post(members, { user_id: NOBODY.user })).toMatchObject(MISSING);
		expect(await api().post(`/organizations/${NOBODY.organization}/members`, { user_id: NOBODY.user })).toMatchObject(
			MISSING,
		);
		expect(await api().patch(`${members}/${NOBODY.user}`, { role: "owner" })).toMatchObject(MISSING);
		for (const body of [{}, { user_id: 7 }, { user_id: NOBODY.user, role: "king" }]) {
			expect(await api().post(members, body)).toMatchObject(INVALID);
		}
	});
}
