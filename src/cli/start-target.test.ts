import { describe, expect, test } from "vitest";
import { startTarget } from "./start-target.ts";

const OPTIONS = { cwd: process.cwd(), environment: process.env, at: "apis.a", file: "f" };
const script = (text: string): readonly string[] => ["node", "-e", text];
const SERVER = `
	const server = require("node:http").createServer((_, response) => response.end(process.env.GREETING));
	server.listen(process.env.PORT, process.env.HOST, () => console.log("it is ready"));
`;

async function isGone(url: string): Promise<boolean> {
	return fetch(url).then(
		() => false,
		() => true,
	);
}

describe("a target", () => {
	test.each([
		["its port takes a connection", undefined],
		["it says so", "is ready"],
	])("is ready when %s, and is gone after stop", async (_, ready) => {
		const start = {
			command: script(SERVER),
			env: { GREETING: "at ${PORT}" },
			...(ready === undefined ? {} : { ready }),
		};
		const target = await startTarget(start, OPTIONS);
		expect(`at ${new URL(target.url).port}`).toBe(await (await fetch(target.url)).text());
		await target.stop();
		await target.stop();
		expect(await isGone(target.url)).toBe(true);
	});

	test("may have a base path of its own", async () => {
		const target = await startTarget({ command: script(SERVER), url: "http://localhost:${PORT}/v1" }, OPTIONS);
		await target.stop();
		expect(target.url).toMatch(/^http:\/\/localhost:\d+\/v1$/);
	});

	test("that does not listen to SIGTERM is killed", async () => {
		const target = await startTarget(
			{ command: script(`process.on("SIGTERM", () => {}); ${SERVER}`) },
			{ ...OPTIONS, stopMs: 100 },
		);
		await target.stop();
		expect(await isGone(target.url)).toBe(true);
	});

	test.each([
		[
			"ends at once",
			{ command: script("console.error('no key'); process.exit(7)") },
			/ended with exit code 7 .*\n {2}no key/,
		],
		[
			"never is ready",
			{ command: script("setTimeout(() => {}, 60_000)"), timeoutMs: 200 },
			/was not ready within 0.2 s/,
		],
		["does not exist", { command: "no-such-program --flag" }, /no-such-program --flag cannot be started: .*ENOENT/],
		[
			"needs a variable",
			{ command: "node", env: { A: "${NOWHERE_SET}" } },
			/apis\.a\.start\.env\.A needs .* NOWHERE_SET/,
		],
	])("that %s is the user's mistake", async (_, start, message) => {
		await expect(startTarget(start, OPTIONS)).rejects.toThrow(message);
	});
});
