import { expect, test } from "vitest";
import { openMock } from "./open-mock.ts";
import { PETS } from "./sample-mock.ts";

const SPEC = "spec/gateway/openapi.yaml";
const KEY = { "x-admin-api-key": "demo-admin-key" };
const json = { "content-type": "application/json" };

test("a mock answers without a port", async () => {
	const mock = openMock({ spec: SPEC, scenario: "mocks/gateway/default.yaml" });
	const made = await mock.fetch("/admin/apps/a", { method: "POST", headers: { ...KEY, ...json }, body: "{}" });
	expect(made.status).toBe(200);
	expect((await mock.fetch(new URL("http://anything.test/admin/apps/a"), { headers: KEY })).status).toBe(200);
	expect((await mock.fetch(new Request("http://mock/admin/apps/b", { headers: KEY }))).status).toBe(404);
	expect((await mock.fetch("/admin/apps/a", { headers: { "x-admin-api-key": "wrong" } })).status).toBe(401);
});

test("two mocks in one process share nothing", async () => {
	const [one, other] = [openMock({ spec: SPEC }), openMock({ spec: SPEC })];
	await one.fetch("/admin/apps/a", { method: "POST", headers: { "x-admin-api-key": "one", ...json }, body: "{}" });
	expect((await other.fetch("/admin/apps/a", { headers: { "x-admin-api-key": "other" } })).status).toBe(404);
	one.clock.advance(60_000);
	expect(one.clock.now() - other.clock.now()).toBeGreaterThan(50_000);
});

test("a mock is reset, and goes back to a snapshot", async () => {
	const mock = openMock({ spec: SPEC });
	await mock.state.set("apps/a", { rate_limit: 7 });
	const before = await mock.snapshot();
	await mock.state.set("apps/a/cids", ["527121102"]);
	await mock.restore(before);
	expect(await mock.state.get("apps/a/cids")).toEqual([]);
	expect((await mock.state.all()).apps).toContainEqual(expect.objectContaining({ app_id: "a", rate_limit: 7 }));
	await mock.reset();
	expect(await mock.state.get("apps/a")).toBeUndefined();
	expect(await mock.state.remove("apps/a")).toBe(false);
});

test("a mock listens wherever it is asked to, until it is closed", async () => {
	const urls: string[] = [];
	{
		await using mock = openMock({ spec: SPEC });
		for (const options of [undefined, { port: 0 }]) urls.push((await mock.listen(options)).url);
		for (const url of urls) expect((await fetch(`${url}/metrics`)).status).toBe(200);
	}
	for (const url of urls) await expect(fetch(`${url}/metrics`)).rejects.toThrow();
});

test("a document and a scenario may be objects", async () => {
	const { parse } = await import("yaml");
	const mock = openMock({ spec: parse(PETS), scenario: { data: { pets: 4 } } });
	expect(await (await mock.fetch("/pets")).json()).toMatchObject({ total: 4 });
});

test.each([
	["no document", { spec: "nowhere.yaml" }, /nowhere\.yaml/],
	["a document that is none", { spec: { swagger: "9.9" } }, /openapi\.json:2/],
	[
		"a scenario that is wrong",
		{ spec: SPEC, scenario: { data: { app: 1 } } },
		/the scenario:3:5 .*did you mean "apps"/,
	],
])("%s makes the first call fail, with the place", async (_, options, message) => {
	await expect(openMock(options).fetch("/")).rejects.toThrow(message);
});
