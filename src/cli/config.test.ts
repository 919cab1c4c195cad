import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkConfig } from "./check-config.ts";
import { loadConfig } from "./load-config.ts";
import { substitute } from "./substitute.ts";

let folder = "";
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "holdfast-config-"));
});
afterEach(() => rm(folder, { recursive: true }));

const write = (text: string, name = "holdfast.config.ts"): Promise<void> => writeFile(join(folder, name), text);

describe("the configuration", () => {
	test("is TypeScript, run as it stands, with paths from its own folder", async () => {
		await write(`
			interface Apis { readonly apis: Record<string, { spec: string; overlay: string; ledger: string }> }
			export default { apis: { shop: { spec: "spec/shop.yaml", overlay: "a.yaml", ledger: "b.yaml" } } } satisfies Apis;
		`);
		const loaded = await loadConfig(join(folder, ".."), join(folder, "holdfast.config.ts"));
		const at = (name: string): string => join(folder.split("/").at(-1) as string, name);
		expect(loaded?.config.apis.shop).toEqual({
			spec: at("spec/shop.yaml"),
			overlay: [at("a.yaml")],
			ledger: at("b.yaml"),
		});
	});

	test("is looked for in the working directory, and may be missing", async () => {
		expect(await loadConfig(folder)).toBeUndefined();
		await write("export default { apis: {} }", "holdfast.config.mjs");
		expect((await loadConfig(folder))?.file).toBe("holdfast.config.mjs");
	});

	test.each([
		["export default 1", "holdfast.config.ts  the configuration has no default export"],
		["export default { api: {} }", "the configuration has no `apis`"],
		["throw new Error('boom')", "the configuration does not run: boom"],
		["export default { apis: {", "the configuration does not run"],
	])("is refused when it is %j", async (text, message) => {
		await write(text);
		await expect(loadConfig(folder)).rejects.toThrow(message);
	});

	test("that is named and does not exist is refused", async () => {
		await expect(loadConfig(folder, "other.ts")).rejects.toThrow("other.ts does not exist");
	});

	test.each([
		[{ apis: {}, api: 1 }, 'unknown key api; did you mean "apis"?'],
		[{ apis: { a: {} } }, "apis.a has no spec"],
		[
			{ apis: { a: { spec: "s", off: [{ rule: "efect", reason: "r" }] } } },
			'apis.a.off[0].rule is no rule; did you mean "effect"?',
		],
		[{ apis: { a: { spec: "s", off: [{ rule: "effect" }] } } }, "apis.a.off[0] has no reason"],
		[{ apis: { a: { spec: 1 } } }, "apis.a.spec must be text"],
		[{ apis: { a: { spec: "s", ledgr: "l" } } }, 'unknown key apis.a.ledgr; did you mean "ledger"?'],
		[{ apis: { a: { spec: "s", overlay: [1] } } }, "apis.a.overlay must be text or a list of texts"],
		[{ apis: { a: { spec: "s", headers: { k: 1 } } } }, "apis.a.headers must be an object of texts"],
		[
			{ apis: { a: { spec: "s", identities: { b: "c" } } } },
			"apis.a.identities must be an object by identity: headers, or `headers` or `login` (`operation`, `body`, `token` as /pointer, `scheme`) with `tenant`, `scopes` and `expired`",
		],
		[{ apis: { a: { spec: "s", authority: "me" } } }, 'apis.a.authority must be "document" or "service"'],
		[{ apis: { a: { spec: "s", start: {} } } }, "apis.a.start has no command"],
		[
			{ apis: { a: { spec: "s", start: { command: "x", timeoutMs: 0 } } } },
			"apis.a.start.timeoutMs must be a number above 0",
		],
		[{ apis: { a: 1 } }, "apis.a must be an object"],
	])("has a fault: %j", (config, message) => {
		const problems = checkConfig(config, "f");
		expect(problems.map(({ message, hint }) => (hint === undefined ? message : `${message}; ${hint}`))).toEqual([
			message,
		]);
	});
});

describe("variables", () => {
	const place = { at: "apis.a", file: "f" };

	test("are put in everywhere, with a default where one is written", () => {
		const value = { headers: { key: "${KEY}", other: "x-${MISSING:-d}-${EMPTY:-e}" }, list: ["${KEY}"], number: 1 };
		expect(substitute(value, { KEY: "k", EMPTY: "" }, place)).toEqual({
			headers: { key: "k", other: "x-d-e" },
			list: ["k"],
			number: 1,
		});
	});

	test("that are not set are told all at once, with the place that needs them", () => {
		const value = { headers: { key: "${ONE}" }, target: "${TWO}" };
		expect(() => substitute(value, {}, place)).toThrow(
			/apis\.a\.headers\.key needs the environment variable ONE, which is not set; run it as ONE=….*\n.*apis\.a\.target needs .* TWO/,
		);
	});
});
