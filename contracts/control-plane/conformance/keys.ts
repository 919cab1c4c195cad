import { expect, test } from "vitest";
import type { Answer, ControlPlaneClient } from "../control-plane-client.ts";
import { field, type Item, NOBODY, newProject, PROJECTS } from "../stories.ts";
import { INVALID, MISSING, UNAUTHORIZED } from "./access.ts";

export function testApiKeys(api: () => ControlPlaneClient): void {
	const keysOf = (project: string): string => `${PROJECTS}/${project}/api-keys`;
	const withKey = (secret: string): Promise<Answer> =>
		api().get("/v1/project", { as: "nobody", headers: { "x-api-key": secret } });

	test("show their secret once, and then how it begins and ends", async () => {
		const project = await newProject(api());
		const made = await api().post(keysOf(project), { name: "Backend" });
		const secret = field(made, "secret");
		expect(made).toMatchObject({ status: 201, body: { name: "Backend", status: "active", revoked_at: null } });
		const { body } = await api().get(keysOf(project));
		const [key] = (body as { readonly api_keys: readonly Item[] }).api_keys;
		expect(key).toMatchObject({ id: field(made, "id"), prefix: secret.slice(0, 8), last_four: secret.slice(-4) });
		expect(JSON.stringify(body)).not.toContain(secret);
	});

	test("let in to their project, until they are revoked", async () => {
		const project = await newProject(api());
		const made = await api().post(keysOf(project), { name: "Backend" });
		const secret = field(made, "secret");
		expect(await withKey(secret)).toMatchObject({ status: 200, body: { id: project } });
		expect((await api().remove(`${keysOf(project)}/${field(made, "id")}`)).status).toBe(204);
		expect(await withKey(secret)).toMatchObject(UNAUTHORIZED);
	});

	test("do not let in by a part, in another case, or not at all", async () => {
		const project = await newProject(api());
		const secret = field(await api().post(keysOf(project), { name: "Backend" }), "secret");
		for (const wrong of [secret.slice(0, -1), `${secret}x`, secret.toUpperCase(), "cpk_"]) {
			expect(await withKey(wrong)).toMatchObject(UNAUTHORIZED);
		}
		expect(await api().get("/v1/project", { as: "nobody" })).toMatchObject(UNAUTHORIZED);
	});

	test("stay listed when they are revoked, and can be revoked again", async () => {
		const project = await newProject(api());
		const first = field(await api().post(keysOf(project), { name: "First" }), "id");
		const second = field(await api().post(keysOf(project), { name: "Second" }), "id");
		await api().remove(`${keysOf(project)}/${first}`);
		expect((await api().remove(`${keysOf(project)}/${first}`)).status).toBe(204);
		const { body } = await api().get(keysOf(project));
		expect(body).toMatchObject({
			api_keys: [
				{ id: second, status: "active", revoked_at: null },
				{ id: first, status: "revoked", revoked_at: expect.any(String) },
			],
			pagination: { total: 2 },
		});
	});

	test("belong to one project", async () => {
		const [one, other] = [await newProject(api()), await newProject(api())];
		const key = field(await api().post(keysOf(one), { name: "Backend" }), "id");
		expect((await api().get(keysOf(other))).body).toMatchObject({ api_keys: [] });
		expect(await api().remove(`${keysOf(other)}/${key}`)).toMatchObject(MISSING);
		expect((await api().get(keysOf(one))).body).toMatchObject({ api_keys: [{ status: "active" }] });
	});

	test("are 404 where there is no such project or key", async () => {
		expect(await api().get(keysOf(NOBODY))).toMatchObject(MISSING);
		expect(await api().post(keysOf(NOBODY), { name: "x" })).toMatchObject(MISSING);
		expect(await api().remove(`${keysOf(await newProject(api()))}/${NOBODY}`)).toMatchObject(MISSING);
	});

	test.each([{}, { name: "" }, { name: 1 }, { name: "x", secret: "mine" }])("refuse %j", async (body) => {
		const project = await newProject(api());
		expect(await api().post(keysOf(project), body)).toMatchObject(INVALID);
		expect((await api().get(keysOf(project))).body).toMatchObject({ api_keys: [] });
	});
}

export function testSigningKeys(api: () => ControlPlaneClient): void {
	const keysOf = async (project: string): Promise<readonly Item[]> => {
		const { body } = await api().get(`${PROJECTS}/${project}/signing-keys`);
		return (body as { readonly signing_keys: readonly Item[] }).signing_keys;
	};

	test("are there from the start: one that is active", async () => {
		expect(await keysOf(await newProject(api()))).toMatchObject([{ status: "active", expires_at: null }]);
	});

	test("are rotated: the new one is active, the former one previous", async () => {
		const project = await newProject(api());
		const [former] = await keysOf(project);
		const rotated = await api().post(`${PROJECTS}/${project}/signing-keys/rotate`);
		expect(rotated).toMatchObject({ status: 201, body: { status: "active" } });
		expect(await keysOf(project)).toMatchObject([
			{ kid: field(rotated, "kid"), status: "active" },
			{ kid: former?.kid, status: "previous", expires_at: expect.any(String) },
		]);
	});

	test("are published, those of each project apart", async () => {
		const [one, other] = [await newProject(api()), await newProject(api())];
		await api().post(`${PROJECTS}/${one}/signing-keys/rotate`);
		const kids = (await keysOf(one)).map(({ kid }) => kid);
		const published = await api().get(`/v1/jwks/${one}`, { as: "nobody" });
		expect(published.status).toBe(200);
		expect((published.body as { readonly keys: readonly Item[] }).keys.map(({ kid }) => kid)).toEqual(kids);
		expect(await keysOf(other)).toHaveLength(1);
	});

	test("are 404 where there is no such project", async () => {
		expect(await api().get(`${PROJECTS}/${NOBODY}/signing-keys`)).toMatchObject(MISSING);
		expect(await api().post(`${PROJECTS}/${NOBODY}/signing-keys/rotate`)).toMatchObject(MISSING);
		expect(await api().get(`/v1/jwks/${NOBODY}`, { as: "nobody" })).toMatchObject(MISSING);
	});
}
