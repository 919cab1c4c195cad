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

describe("the control plane as a program", () => {
	test(
		"prints one ready line with a call that works, and stops on SIGTERM",
		async () => {
			const { child, ready, ended } = run({ PORT: "0", LOG_LEVEL: "warn" });
			const line = await ready();
			expect(line).toMatch(
				/^control-plane ready on (http:\/\/127\.0\.0\.1:\d+) {2}try: curl -s \1\/v1\/admin\/users -H "[^"]+"\n$/,
			);
			const [, url = "", token = ""] = /curl -s (\S+) -H "Authorization: ([^"]+)"/.exec(line) ?? [];
			const users = await fetch(url, { headers: { authorization: token } });
			expect(users.status).toBe(200);
			expect(await users.json()).toMatchObject({ pagination: { total: 15 } });
			child.kill("SIGTERM");
			expect(await ended).toEqual({ code: 0, stderr: "" });
		},
		START_MS_MAX,
	);

	test("tells every setting that it cannot use, without repeating secrets, and exits with 2", async () => {
		const { ended } = run({
			PORT: "http",
			DATABASE_URL: "mysql://root:word@localhost/x",
			DATA_FOLDER: "/tmp/never-made",
			REDIS_URL: "127.0.0.1:6379",
			ADMIN_TOKEN: "two words",
			VIEWER_TOKEN: "same-token-twice",
			OTHER_TENANT_TOKEN: "same-token-twice",
			SEED: "some",
			RATE_LIMIT: "0",
			FAULTS: "search-heed-case",
		});
		const { code, stderr } = await ended;
		expect(code).toBe(2);
		expect(stderr.split("\n")).toEqual([
			'control-plane: PORT is "http": expected a whole number from 0 to 65535',
			"control-plane: DATABASE_URL is not a postgres:// or postgresql:// URL",
			"control-plane: REDIS_URL is not a redis:// or rediss:// URL",
			"control-plane: ADMIN_TOKEN has characters that no bearer token may have",
			"control-plane: ADMIN_TOKEN is shorter than 12 characters",
			'control-plane: SEED is "some": expected demo or none',
			'control-plane: RATE_LIMIT is "0": expected a whole number from 1 to 1000000',
			"control-plane: DATABASE_URL and DATA_FOLDER exclude each other",
			"control-plane: ADMIN_TOKEN, VIEWER_TOKEN, WRITER_TOKEN and OTHER_TENANT_TOKEN must differ from each other",
			'control-plane: FAULTS names the unknown fault "search-heed-case"; did you mean "search-heeds-case"?',
			"",
		]);
	});
});
