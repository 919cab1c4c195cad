import { expect, test } from "vitest";
import type { IntryClient } from "../intry-client.ts";
import { itemOf, made, SAMPLES, TENANT, UNIT } from "./made.ts";

const MESSAGE = { message: expect.stringMatching(/^.{3,200}$/) };

export function testKeys(api: () => IntryClient): void {
	test.each(SAMPLES)("$plural are refused without a key, and shown to whoever may read", async ({ plural }) => {
		expect(await api().get(plural, { as: "nobody" })).toMatchObject({ status: 401, body: MESSAGE });
		expect((await api().get(plural, { as: "reader" })).status).toBe(200);
	});

	test.each([
		["another key", "Bearer another-key-of-nobody"],
		["no key behind the scheme", "Bearer "],
		["another scheme", "Basic YWRtaW46"],
	])("%s is refused", async (_title, authorization) => {
		expect((await api().get("stats", { as: "nobody", headers: { authorization } })).status).toBe(401);
	});

	test.each(SAMPLES)("whoever may only read changes no $plural", async (sample) => {
		const { plural, singular, patch } = sample;
		const item = await made(api(), sample);
		const as = { as: "reader" } as const;
		expect(await api().post(plural, await sample.body(api()), as)).toMatchObject({ status: 403, body: MESSAGE });
		expect((await api().patch(`${plural}/${item.id}`, patch, as)).status).toBe(403);
		expect((await api().remove(`${plural}/${item.id}`, as)).status).toBe(403);
		expect(itemOf(await api().get(`${plural}/${item.id}`), singular)).toEqual(item);
	});

	test.each(["tenants", "properties", "users", "devices", "calls", "analytics", "stats"])(
		"a key for units reads no %s",
		async (path) => {
			expect((await api().get(path, { as: "narrow" })).status).toBe(403);
		},
	);

	test("a key for reading units reads them and does not make one", async () => {
		expect((await api().get("units", { as: "narrow" })).status).toBe(200);
		expect((await api().post("units", await UNIT.body(api()), { as: "narrow" })).status).toBe(403);
	});

	test("every answer has a correlation id, that of the request where it has one", async () => {
		const headers = { "x-correlation-id": "conformance-7.A_b" };
		for (const call of [{ headers }, { headers, as: "nobody" }, { headers, env: null }] as const) {
			expect((await api().get("stats", call)).headers.get("x-correlation-id")).toMatch(/^[A-Za-z0-9._-]{1,64}$/);
		}
	});
}

export function testEnvironments(api: () => IntryClient): void {
	test.each([null, ""])("the environment %j is refused, and nothing is written", async (env) => {
		const total = async (): Promise<unknown> => (await api().get("tenants?limit=1")).body;
		const before = await total();
		expect(await api().get("stats", { env })).toMatchObject({ status: 422, body: MESSAGE });
		expect(await api().post("tenants", { name: "Nowhere" }, { env })).toMatchObject({ status: 422 });
		expect(await total()).toEqual(before);
	});

	test("what is written in STAGING is never seen in another environment", async () => {
		const staging = { env: "STAGING" };
		const tenant = await made(api(), TENANT, {}, staging);
		const path = `tenants/${tenant.id}`;
		expect((await api().get(path, staging)).status).toBe(200);
		for (const env of ["PROD", "TEST", "DEV"]) {
			expect((await api().get(path, { env })).status).toBe(404);
			expect((await api().patch(path, { name: "Taken" }, { env })).status).toBe(404);
			expect((await api().remove(path, { env })).status).toBe(404);
			expect(JSON.stringify((await api().get("tenants?limit=100", { env })).body)).not.toContain(tenant.id);
			const unit = { tenant_id: tenant.id, name: "x", address: "x", city: "x" };
			expect((await api().post("properties", unit, { env })).status).toBe(404);
		}
		expect(itemOf(await api().get(path, staging), "tenant")).toEqual(tenant);
	});
}
