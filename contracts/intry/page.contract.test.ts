import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunningIntry } from "./intry-client.ts";
import { KEYS, startReference } from "./start-reference.ts";

const run = promisify(execFile);
const KEY = `Authorization: Bearer ${KEYS.adminKey}`;

let running: RunningIntry;
beforeAll(async () => {
	running = await startReference({ seed: "demo" });
}, 120_000);
afterAll(() => running?.close());

/** What curl prints: the status behind the body. */
async function curl(path: string, ...args: readonly string[]): Promise<{ status: number; body: unknown }> {
	const { stdout } = await run("curl", ["-s", "-w", "\n%{http_code}", `${running.url}/api/admin/${path}`, ...args]);
	const at = stdout.lastIndexOf("\n");
	return { status: Number(stdout.slice(at + 1)), body: JSON.parse(stdout.slice(0, at)) };
}

test("the page's quick start: stats of STAGING with a bearer key", async () => {
	expect(await curl("stats", "-H", KEY, "-H", "X-Admin-Env: STAGING")).toEqual({
		status: 200,
		body: { stats: { tenants: 1, properties: 1, units: 3, users: 1, devices: 1, calls: 1 } },
	});
});

test.each(["DEV", "TEST", "STAGING", "PROD"])("the page's environment %s is served", async (name) => {
	expect((await curl("stats", "-H", KEY, "-H", `X-Admin-Env: ${name}`)).status).toBe(200);
});

test("the page's list: the plural beside total, limit and offset; and its single resource in an envelope", async () => {
	const list = await curl("properties", "-H", KEY, "-H", "X-Admin-Env: PROD");
	expect(list).toMatchObject({ status: 200, body: { properties: [{}], total: 1, limit: 20, offset: 0 } });
	const [first] = (list.body as { properties: readonly { id: string; name: string }[] }).properties;
	const one = await curl(`properties/${first?.id}`, "-H", KEY, "-H", "X-Admin-Env: PROD");
	expect(one).toMatchObject({ status: 200, body: { property: { id: first?.id, name: first?.name } } });
});

test.each([
	[401, ["-H", "X-Admin-Env: PROD"], "stats"],
	[403, ["-H", `Authorization: Bearer ${KEYS.narrowKey}`, "-H", "X-Admin-Env: PROD"], "stats"],
	[404, ["-H", KEY, "-H", "X-Admin-Env: PROD"], "tenants/00000000-0000-4000-8000-000000000000"],
	[422, ["-H", KEY, "-H", "X-Admin-Env: PROD"], "tenants?limit=0"],
	[422, ["-H", KEY], "stats"],
])("the page's error %i has a message", async (status, args, path) => {
	expect(await curl(path, ...args)).toEqual({ status, body: { message: expect.stringMatching(/^.{3,200}$/) } });
});
