import { expect, test } from "vitest";
import type { ControlPlaneClient } from "../control-plane-client.ts";
import { accept, NOBODY, newInvitation, newOrganization, newUser, ORGANIZATIONS, USERS, unique } from "../stories.ts";
import { CONFLICT, INVALID, MISSING } from "./access.ts";

export function testOrganizations(api: () => ControlPlaneClient): void {
	test("are created with every field, and shown so", async () => {
		const body = { name: "Kelp Works", slug: unique("kelp"), metadata: { region: "north", size: 3 } };
		const made = await api().post(ORGANIZATIONS, body);
		expect(made).toMatchObject({ status: 201, body });
		const { id } = made.body as { readonly id: string };
		expect((await api().get(`${ORGANIZATIONS}/${id}`)).body).toEqual(made.body);
	});

	test("keep what a patch leaves out, and lose metadata that is sent as null", async () => {
		const slug = unique("kelp");
		const made = await api().post(ORGANIZATIONS, { name: "Kelp Works", slug, metadata: { region: "north", size: 3 } });
		const url = `${ORGANIZATIONS}/${(made.body as { readonly id: string }).id}`;
		await api().patch(url, { metadata: { size: null } });
		await api().patch(url, { name: "Reef Works" });
		const { body } = await api().get(url);
		expect(body).toMatchObject({ name: "Reef Works", slug });
		expect((body as { readonly metadata: unknown }).metadata).toEqual({ region: "north" });
	});

	test("have a slug of their own", async () => {
		const [taken, other] = [unique("slug"), unique("slug")];
		await api().post(ORGANIZATIONS, { name: "First", slug: taken });
		expect(await api().post(ORGANIZATIONS, { name: "Second", slug: taken })).toMatchObject(CONFLICT);
		const made = await api().post(ORGANIZATIONS, { name: "Second", slug: other });
		const url = `${ORGANIZATIONS}/${(made.body as { readonly id: string }).id}`;
		expect(await api().patch(url, { name: "Renamed", slug: taken })).toMatchObject(CONFLICT);
		expect((await api().get(url)).body).toMatchObject({ name: "Second", slug: other });
		expect((await api().patch(url, { slug: other })).status).toBe(200);
		expect((await api().post(ORGANIZATIONS, { name: "Elsewhere", slug: taken }, { as: "other-tenant" })).status).toBe(
			201,
		);
	});

	test("are gone when they are deleted, with their invitations; users stay", async () => {
		const organization = await newOrganization(api());
		const user = await newUser(api(), { organization, role: "owner" });
		const { token } = await newInvitation(api(), organization);
		expect((await api().remove(`${ORGANIZATIONS}/${organization}`)).status).toBe(204);
		expect(await api().get(`${ORGANIZATIONS}/${organization}`)).toMatchObject(MISSING);
		expect(await api().get(`${ORGANIZATIONS}/${organization}/members`)).toMatchObject(MISSING);
		expect(await accept(api(), token)).toMatchObject(MISSING);
		expect((await api().get(`${USERS}/${user}`)).body).toMatchObject({ organizations: [] });
	});

	test("are 404 when nobody made them", async () => {
		expect(await api().get(`${ORGANIZATIONS}/${NOBODY}`)).toMatchObject(MISSING);
		expect(await api().patch(`${ORGANIZATIONS}/${NOBODY}`, { name: "x" })).toMatchObject(MISSING);
		expect(await api().remove(`${ORGANIZATIONS}/${NOBODY}`)).toMatchObject(MISSING);
	});

	test.each([
		{ name: "x" },
		{ slug: "x" },
		{ name: "x", slug: "Upper" },
		{ name: "x", slug: "-x" },
		{ name: "x", slug: "a b" },
		{ name: "x", slug: "s".repeat(51) },
		{ name: "x", slug: "x", metadata: { gone: null } },
		{ name: "x", slug: "x", members: [] },
	])("refuse %j", async (body) => {
		expect(await api().post(ORGANIZATIONS, body)).toMatchObject(INVALID);
	});
}
