import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { type SpawnedMain, spawnMain } from "../process/spawn-main.ts";

const MAIN = new URL("./main.ts", import.meta.url);

let started: SpawnedMain | undefined;
afterEach(() => void started?.child.kill("SIGKILL"));

function run(env: Readonly<Record<string, string>>): SpawnedMain {
	started = spawnMain(MAIN, env);
	return started;
}

describe("the gateway as a program", () => {
	test.each(["SIGTERM", "SIGINT"] as const)(
		"prints one ready line with a call to try, and stops on %s",
		async (signal) => {
			const { child, ready, ended } = run({ PORT: "0", ADMIN_API_KEY: "admin-key-of-main", LOG_LEVEL: "warn" });
			const line = await ready();
			expect(line).toMatch(
				/^gateway ready on (http:\/\/127\.0\.0\.1:\d+) {2}try: curl -s \1\/admin\/health -H "[^"]+"\n$/,
			);
			expect(line).not.toContain("admin-key-of-main");
			const [url = ""] = /http:\S+/.exec(line) ?? [];
			const health = await fetch(`${url}/admin/health`, { headers: { "x-admin-api-key": "admin-key-of-main" } });
			expect(health.status).toBe(200);
			await health.text();
			child.kill(signal);
			expect(await ended).toEqual({ code: 0, stderr: "" });
		},
	);

	test("tells every setting that it cannot use, and exits with 2", async () => {
		const { ended } = run({
			PORT: "http",
			CIDS_PUT: "merge",
			ALLOW_HTTP_WEBHOOKS: "maybe",
			OUTBOUND_CAPACITY: "-1",
			ADMIN_API_KEY: "two words",
			REDIS_URL: "127.0.0.1:6379",
			FAULTS: "list-drop-last",
		});
		expect(await ended).toEqual({
			code: 2,
			stderr: [
				'gateway: PORT is "http": expected a whole number from 0 to 65535',
				"gateway: ADMIN_API_KEY has characters other than printable ASCII without spaces",
				"gateway: REDIS_URL is not a redis:// or rediss:// URL",
				'gateway: ALLOW_HTTP_WEBHOOKS is "maybe": expected true or false',
				'gateway: CIDS_PUT is "merge": expected append or replace',
				'gateway: OUTBOUND_CAPACITY is "-1": expected a whole number from 0 to 1000000',
				'gateway: FAULTS names the unknown fault "list-drop-last"; did you mean "list-drops-last"?',
				"",
			].join("\n"),
		});
	});

	test("tells that its port is in use, and exits with 2", async () => {
		const other = createServer().listen(0, "127.0.0.1");
		await once(other, "listening");
		const { port } = other.address() as { readonly port: number };
		const { ended } = run({ PORT: String(port) });
		const stderr = `gateway: cannot listen on 127.0.0.1:${port}: the port is in use: stop the other process or set PORT\n`;
		expect(await ended).toEqual({ code: 2, stderr });
		other.close();
	});
});
