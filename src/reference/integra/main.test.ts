import { afterEach, describe, expect, test } from "vitest";
import { type SpawnedMain, spawnMain } from "../process/spawn-main.ts";

const MAIN = new URL("./main.ts", import.meta.url);

let started: SpawnedMain | undefined;
afterEach(() => void started?.child.kill("SIGKILL"));

function run(env: Readonly<Record<string, string>>): SpawnedMain {
	started = spawnMain(MAIN, env);
	return started;
}

describe("integra as a program", () => {
	test("prints one ready line with a call that works, and stops on SIGTERM", async () => {
		const { child, ready, ended } = run({ PORT: "0", LOG_LEVEL: "warn" });
		const line = await ready();
		expect(line).toMatch(
			/^integra ready on (http:\/\/127\.0\.0\.1:\d+) {2}try: curl -s '\1\/admin\/v1\/organizations' -H "[^"]+"\n$/,
		);
		const [, url = "", key = ""] = /curl -s '(\S+)' -H "Authorization: ([^"]+)"/.exec(line) ?? [];
		const organizations = await fetch(url, { headers: { authorization: key } });
		expect(organizations.status).toBe(200);
		expect(await organizations.json()).toMatchObject({ data: [{ id: "org_123" }], total: 1 });
		child.kill("SIGTERM");
		expect(await ended).toEqual({ code: 0, stderr: "" });
	});

	test("tells every setting that it cannot use, without repeating secrets, and exits with 2", async () => {
		const { ended } = run({
			PORT: "http",
			ADMIN_API_KEY: "two words",
			REDIS_URL: "127.0.0.1:6379",
			RATE_LIMIT: "0",
			BATCH_RATE_LIMIT: "many",
			ALLOWED_ADDRESSES: "192.0.2.0/24,192.0.2.300,10.0.0.0/40",
			SEED: "some",
			FAULTS: "scope-by-prefx",
		});
		const { code, stderr } = await ended;
		expect(code).toBe(2);
		expect(stderr.split("\n")).toEqual([
			'integra: PORT is "http": expected a whole number from 0 to 65535',
			"integra: ADMIN_API_KEY has characters that no bearer token may have",
			"integra: ADMIN_API_KEY is shorter than 12 characters",
			"integra: REDIS_URL is not a redis:// or rediss:// URL",
			'integra: RATE_LIMIT is "0": expected a whole number from 1 to 100000000',
			'integra: BATCH_RATE_LIMIT is "many": expected a whole number from 1 to 100000000',
			'integra: SEED is "some": expected demo or none',
			'integra: ALLOWED_ADDRESSES: "192.0.2.300" is no address and no network such as 192.0.2.0/24',
			'integra: ALLOWED_ADDRESSES: "10.0.0.0/40" is no address and no network such as 192.0.2.0/24',
			'integra: FAULTS names the unknown fault "scope-by-prefx"; did you mean "scope-by-prefix"?',
			"",
		]);
	});
});
