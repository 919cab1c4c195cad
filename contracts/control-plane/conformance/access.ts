import { expect, test } from "vitest";
import type { ControlPlaneClient } from "../control-plane-client.ts";
import {
	AUDIT,
	newOrganization,
	newProject,
	newUser,
	newWebhook,
	ORGANIZATIONS,
	PROJECTS,
	USERS,
	WEBHOOKS,
} from "../stories.ts";

export const UNAUTHORIZED = { status: 401, body: { error: { code: "unauthorized" } } };
export const FORBIDDEN = { status: 403, body: { error: { code: "forbidden" } } };
export const MISSING = { status: 404, body: { error: { code: "not_found" } } };
export const CONFLICT = { status: 409, body: { error: { code: "conflict" } } };
export const INVALID = { status: 400, body: { error: { code: "invalid_request" } } };

export function testAccess(api: () => ControlPlaneClient): void {
	test.each([PROJECTS, USERS, ORGANIZATIONS, WEBHOOKS, AUDIT])("%s needs a token", async (path) => {
		expect(await api().get(path, { as: "nobody" })).toMatchObject(UNAUTHORIZED);
		const headers = { authorization: "Bearer not-a-token" };
		expect(await api().get(path, { headers })).toMatchObject(UNAUTHORIZED);
		expect(await api().get(path, { headers: { authorization: "Basic YWRtaW46YWRtaW4=" } })).toMatchObject(UNAUTHORIZED);
	});

	test("a token that may only read reads, and writes nothing", async () => {
		const project = await newProject(api());
		const organization = await newOrganization(api());
		const user = await newUser(api(), { organization });
		const webhook = await newWebhook(api());
		const as = "viewer";
		for (const path of [PROJECTS, `${PROJECTS}/${project}`, `${USERS}/${user}`, ORGANIZATIONS, WEBHOOKS, AUDIT]) {
			expect((await api().get(path, { as })).status).toBe(200);
		}
		const writes = [
			await api().post(PROJECTS, { name: "Refused" }, { as }),
			await api().patch(`${PROJECTS}/${project}`, { name: "Refused" }, { as }),
			await api().post(`${PROJECTS}/${project}/api-keys`, { name: "Refused" }, { as }),
			await api().post(`${PROJECTS}/${project}/signing-keys/rotate`, undefined, { as }),
			await api().patch(`${USERS}/${user}`, { status: "suspended" }, { as }),
			await api().remove(`${USERS}/${user}`, { as }),
			await api().remove(`${ORGANIZATIONS}/${organization}/members/${user}`, { as }),
			await api().remove(`${ORGANIZATIONS}/${organization}`, { as }),
			await api().post(`${WEBHOOKS}/${webhook}/test`, undefined, { as }),
		];
		for (const write of writes) expect(write).toMatchObject(FORBIDDEN);
		expect((await api().get(`${PROJECTS}/${project}`)).body).not.toMatchObject({ name: "Refused" });
		expect((await api().get(`${USERS}/${user}`)).body).toMatchObject({ status: "active" });
	});
}

export function testTenants(api: () => ControlPlaneClient): void {
	test("nothing of one tenant is there for another, in any operation", async () => {
		const project = await newProject(api());
		const organization = await newOrganization(api());
		const user = await newUser(api(), { organization });
		const webhook = await newWebhook(api());
		const as = "other-tenant";
		const inProject = `${PROJECTS}/${project}`;
		const inOrganization = `${ORGANIZATIONS}/${organization}`;
		const answers = [
			await api().get(inProject, { as }),
			await api().patch(inProject, { name: "Taken" }, { as }),
			await api().get(`${inProject}/api-keys`, { as }),
			await api().post(`${inProject}/api-keys`, { name: "Taken" }, { as }),
			await api().get(`${inProject}/signing-keys`, { as }),
			await api().post(`${inProject}/signing-keys/rotate`, undefined, { as }),
			await api().get(`${USERS}/${user}`, { as }),
			await api().patch(`${USERS}/${user}`, { status: "suspended" }, { as }),
			await api().remove(`${USERS}/${user}`, { as }),
			await api().get(inOrganization, { as }),
			await api().patch(inOrganization, { name: "Taken" }, { as }),
			await api().get(`${inOrganization}/members`, { as }),
			await api().patch(`${inOrganization}/members/${user}`, { role: "owner" }, { as }),
			await api().remove(`${inOrganization}/members/${user}`, { as }),
			await api().get(`${inOrganization}/invitations`, { as }),
			await api().post(`${inOrganization}/invitations`, { email: "x@example.com" }, { as }),
			await api().remove(inOrganization, { as }),
			await api().get(`${WEBHOOKS}/${webhook}/deliveries`, { as }),
			await api().post(`${WEBHOOKS}/${webhook}/test`, undefined, { as }),
		];
		for (const answer of answers) expect(answer).toMatchObject(MISSING);
		expect((await api().get(inProject)).status).toBe(200);
		expect((await api().get(`${USERS}/${user}`)).body).toMatchObject({ status: "active" });
		for (const [path, id] of [
			[PROJECTS, project],
			[ORGANIZATIONS, organization],
			[USERS, user],
			[WEBHOOKS, webhook],
		] as const) {
			const { body } = await api().get(`${path}?limit=100`, { as });
			expect(JSON.stringify(body)).not.toContain(id);
		}
		expect(JSON.stringify((await api().get(`${AUDIT}?limit=100`, { as })).body)).not.toContain(project);
	});

	test("a member of one tenant's organization cannot be a user of another tenant", async () => {
		const user = await newUser(api());
		const organization = await newOrganization(api(), { as: "other-tenant" });
		const added = await api().post(
			`${ORGANIZATIONS}/${organization}/members`,
			{ user_id: user },
			{ as: "other-tenant" },
		);
		expect(added).toMatchObject(MISSING);
	});
}
