import { afterEach, describe, expect, test } from "vitest";
import { type SpawnedMain, spawnMain } from "../process/spawn-main.ts";

const MAIN = new URL("./main.ts", import.meta.url);
/** PostgreSQL is made first, on a machine that has other things to do. */
const START_MS_MAX = 120_000;

let started: SpawnedMain | undefined;
afterEach(() => void started?.child.kill("SIGKILL"));

function run(env: Readonly<Record<string, string>>): SpawnedMain {
	started = spawnMain(MAIN, env);
	return started;
}

describe("Intry as a program", () => {
	test(
		"prints one ready line with a call that works, and stops on SIGTERM",
		async () => {
			const { child, ready, ended } = run({ PORT: "0", LOG_LEVEL: "info" });
			const line = await ready();
			expect(line).toMatch(
				/^intry ready on (http:\/\/127\.0\.0\.1:\d+) {2}try: curl -s \1\/api\/admin\/stats -H "[^"]+" -H "X-Admin-Env: STAGING"\n$/,
			);
			const [, url = "", key = ""] = /curl -s (\S+) -H "Authorization: Bearer ([^"]+)"/.exec(line) ?? [];
			const headers = { authorization: `Bearer ${key}`, "x-admin-env": "STAGING" };
			const stats = await fetch(`${url}?of=nothing`, { headers });
			expect(stats.status).toBe(422);
			expect(await (await fetch(url, { headers })).json()).toEqual({
				stats: { tenants: 1, properties: 1, units: 3, users: 1, devices: 1, calls: 1 },
			});
			child.kill("SIGTERM");
			const { code, stderr: logged } = await ended;
			expect(code).toBe(0);
			const lines = logged.trim().split("\n");
			expect(lines.map((one) => JSON.parse(one))).toMatchObject([
				{ core: "STAGING", path: "/api/admin/stats", status: 422 },
				{ proxy: "admin", path: "/api/admin/stats", status: 422 },
				{ core: "STAGING", path: "/api/admin/stats", status: 200 },
				{ proxy: "admin", path: "/api/admin/stats", status: 200 },
			]);
			expect(logged).not.toMatch(new RegExp(`${key}|nothing`));
		},
		START_MS_MAX,
	);

	test("tells every setting that it cannot use, without repeating secrets, and exits with 2", async () => {
		const { ended } = run({
			PORT: "http",
			ROLE: "proxy",
			ENVIRONMENTS: "prod",
			CORE_URLS: "PROD=ftp://example.com",
			UPSTREAM_TIMEOUT_MS: "1",
			ADMIN_KEY: "two words",
			API_KEYS: '{"robot":{"key":"short","scopes":[]}}',
			FAULTS: "offset-count-pages",
		});
		const { code, stderr } = await ended;
		expect(code).toBe(2);
		expect(stderr.split("\n")).toEqual([
			'intry: PORT is "http": expected a whole number from 0 to 65535',
			"intry: CORE_URLS must hold NAME=http://host:port, separated by commas",
			'intry: UPSTREAM_TIMEOUT_MS is "1": expected a whole number from 50 to 600000',
			"intry: ADMIN_KEY must have 12 characters at least, of those that bearer tokens have",
			'intry: API_KEYS must be JSON: { "name": { "key": "12 characters at least", "scopes": [] } }',
			'intry: "prod" is no name of an environment: capitals, digits and underscores',
			'intry: FAULTS names the unknown fault "offset-count-pages"; did you mean "offset-counts-pages"?',
			"",
		]);
	});

	test.each([
		[{ ROLE: "proxy" }, "intry: ROLE=proxy needs CORE_URLS, such as PROD=http://127.0.0.1:9000\n"],
		[{ ROLE: "core" }, "intry: ROLE=core needs one name in ENVIRONMENTS\n"],
	])("refuses %j", async (env, message) => {
		const { ended } = run(env);
		const { code, stderr } = await ended;
		expect([code, stderr]).toEqual([2, message]);
	});
});
