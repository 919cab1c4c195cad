import { expect, test } from "vitest";
import type { ControlPlaneClient } from "../control-plane-client.ts";
import { accept, NOBODY, newInvitation, newOrganization, newUser, ORGANIZATIONS, USERS, unique } from "../stories.ts";
import { CONFLICT, INVALID, MISSING } from "./access.ts";

const GONE = { status: 410, body: { error: { code: "gone" } } };
const DAY_MS = 86_400_000;

const invitationsOf = (organization: string): string => `${ORGANIZATIONS}/${organization}/invitations`;

export function testInvitations(api: () => ControlPlaneClient): void {
	test("show their token once", async () => {
		const organization = await newOrganization(api());
		const { id, token, email } = await newInvitation(api(), organization);
		const { body } = await api().get(invitationsOf(organization));
		expect(body).toMatchObject({ invitations: [{ id, email, role: "member", status: "pending" }] });
		expect(JSON.stringify(body)).not.toContain(token);
	});

	test("are for seven days, or for as many as are asked for", async () => {
		const organization = await newOrganization(api());
		await newInvitation(api(), organization);
		await newInvitation(api(), organization, { expires_in_days: 30 });
		const { body } = await api().get(invitationsOf(organization));
		const days = (body as { readonly invitations: readonly Readonly<Record<string, string>>[] }).invitations.map(
			({ created_at = "", expires_at = "" }) => (Date.parse(expires_at) - Date.parse(created_at)) / DAY_MS,
		);
		expect(days.map(Math.round)).toEqual([30, 7]);
	});

	test("make a user who is a member, when they are accepted", async () => {
		const organization = await newOrganization(api());
		const { id, token, email } = await newInvitation(api(), organization, { role: "admin" });
		const accepted = await accept(api(), token, "New Person");
		expect(accepted).toMatchObject({
			status: 201,
			body: { user: { email, name: "New Person", status: "active" }, organization_id: organization, role: "admin" },
		});
		const { user } = accepted.body as { readonly user: { readonly id: string } };
		expect((await api().get(`${USERS}/${user.id}`)).body).toMatchObject({
			organizations: [{ id: organization, role: "admin" }],
		});
		expect((await api().get(invitationsOf(organization))).body).toMatchObject({
			invitations: [{ id, status: "accepted" }],
		});
	});

	test("are accepted by a user who is there already as who they are", async () => {
		const user = await newUser(api(), { name: "Known Person" });
		const { email } = (await api().get(`${USERS}/${user}`)).body as { readonly email: string };
		const organization = await newOrganization(api());
		const made = await api().post(invitationsOf(organization), { email: email.toUpperCase() });
		const accepted = await accept(api(), (made.body as { readonly token: string }).token, "Other Name");
		expect(accepted).toMatchObject({ status: 201, body: { user: { id: user, email, name: "Known Person" } } });
	});
}

export function testInvitationsEnd(api: () => ControlPlaneClient): void {
	test("are accepted once", async () => {
		const { token } = await newInvitation(api(), await newOrganization(api()));
		expect((await accept(api(), token)).status).toBe(201);
		expect(await accept(api(), token)).toMatchObject(CONFLICT);
	});

	test("cannot be accepted when they are revoked, and stay listed", async () => {
		const organization = await newOrganization(api());
		const { id, token } = await newInvitation(api(), organization);
		expect((await api().remove(`${invitationsOf(organization)}/${id}`)).status).toBe(204);
		expect(await accept(api(), token)).toMatchObject(GONE);
		expect((await api().get(invitationsOf(organization))).body).toMatchObject({
			invitations: [{ id, status: "revoked" }],
		});
		expect(await api().remove(`${invitationsOf(organization)}/${id}`)).toMatchObject(CONFLICT);
	});

	test("cannot be revoked when they are accepted", async () => {
		const organization = await newOrganization(api());
		const { id, token } = await newInvitation(api(), organization);
		await accept(api(), token);
		expect(await api().remove(`${invitationsOf(organization)}/${id}`)).toMatchObject(CONFLICT);
	});

	test("are made for an email once, until they are revoked", async () => {
		const organization = await newOrganization(api());
		const { id, email } = await newInvitation(api(), organization);
		expect(await api().post(invitationsOf(organization), { email: email.toUpperCase() })).toMatchObject(CONFLICT);
		await api().remove(`${invitationsOf(organization)}/${id}`);
		expect((await api().post(invitationsOf(organization), { email })).status).toBe(201);
	});

	test("are not made for a member", async () => {
		const organization = await newOrganization(api());
		const user = await newUser(api(), { organization });
		const { email } = (await api().get(`${USERS}/${user}`)).body as { readonly email: string };
		expect(await api().post(invitationsOf(organization), { email })).toMatchObject(CONFLICT);
	});

	test("are 404 where there is no such organization, invitation or token", async () => {
		const email = `${unique("person")}@example.com`;
		expect(await api().get(invitationsOf(NOBODY))).toMatchObject(MISSING);
		expect(await api().post(invitationsOf(NOBODY), { email })).toMatchObject(MISSING);
		expect(await api().remove(`${invitationsOf(await newOrganization(api()))}/${NOBODY}`)).toMatchObject(MISSING);
		expect(await accept(api(), "inv_unknown")).toMatchObject(MISSING);
	});

	test.each([
		{},
		{ email: "not an email" },
		{ email: "a@example.com", role: "boss" },
		{ email: "a@example.com", expires_in_days: 0 },
		{ email: "a@example.com", expires_in_days: 31 },
		{ email: "a@example.com", token: "mine" },
	])("refuse %j", async (body) => {
		expect(await api().post(invitationsOf(await newOrganization(api())), body)).toMatchObject(INVALID);
	});

	test.each([{}, { token: "inv_x" }, { name: "x" }, { token: 7, name: "x" }])(
		"are not accepted by %j",
		async (body) => {
			expect(await api().post("/v1/invitations/accept", body, { as: "nobody" })).toMatchObject(INVALID);
		},
	);
}
