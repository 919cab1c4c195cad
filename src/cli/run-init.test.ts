import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { loadContract } from "../contract/load.ts";
import { parseLedger } from "../finding/load-ledger.ts";
import { loadConfig } from "./load-config.ts";
import { runCli } from "./run-cli.ts";
import { githubErrors } from "./sample-github.ts";
import { testIo } from "./sample-io.ts";

const ROOT = resolve(import.meta.dirname, "../..");
let folder = "";
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "holdfast-init-"));
	mkdirSync(join(folder, "spec/shop"), { recursive: true });
	cpSync(join(ROOT, "spec/gateway/openapi.yaml"), join(folder, "spec/shop/openapi.yaml"));
	// The package as npm would lay it here, so that `import "holdfast"` finds it.
	mkdirSync(join(folder, "node_modules/holdfast"), { recursive: true });
	writeFileSync(
		join(folder, "node_modules/holdfast/package.json"),
		JSON.stringify({ name: "holdfast", type: "module", exports: "./index.js", types: "./index.d.ts" }),
	);
	writeFileSync(join(folder, "node_modules/holdfast/index.js"), "export const defineConfig = (config) => config;\n");
	writeFileSync(
		join(folder, "node_modules/holdfast/index.d.ts"),
		`export { defineConfig } from ${JSON.stringify(join(ROOT, "src/cli/config.ts"))};\n`,
	);
	symlinkSync(join(ROOT, "node_modules/@types"), join(folder, "node_modules/@types"));
});
afterEach(() => rm(folder, { recursive: true }));

async function init(
	...args: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
	const io = testIo({ cwd: folder });
	return { code: await runCli(["init", ...args], io), ...io.written };
}
const read = (file: string): string => readFileSync(join(folder, file), "utf8");

describe("holdfast init", () => {
	test("writes a configuration that loads, of a type, with what the document says", async () => {
		const { code, out } = await init("spec/shop/openapi.yaml");
		expect([code, out]).toEqual([0, expect.stringContaining("written    holdfast.config.ts\n")]);
		expect(out).toContain("SHOP_ADMIN_KEY=… SHOP_APP_KEY=… npx holdfast check\n");
		const loaded = await loadConfig(folder);
		expect(loaded?.config.apis.shop).toMatchObject({
			spec: join(folder, "spec/shop/openapi.yaml").replace(`${folder}/`, ""),
			headers: { "X-Admin-API-Key": "${SHOP_ADMIN_KEY}", "X-API-Key": "${SHOP_APP_KEY}" },
			disposable: false,
		});
		const flags = [
			"--noEmit",
			"--strict",
			"--module",
			"nodenext",
			"--allowImportingTsExtensions",
			"--types",
			"node",
			"--skipLibCheck",
			"--target",
			"es2024",
		];
		execFileSync(join(ROOT, "node_modules/.bin/tsc"), [...flags, "holdfast.config.ts"], { cwd: folder });
	});

	test("writes a ledger that is read, and a workflow that GitHub takes", async () => {
		await init("spec/shop/openapi.yaml", "--target", "http://127.0.0.1:9999");
		expect(parseLedger(read("contracts/shop/known-drift.yaml"), "ledger").entries).toEqual([]);
		const content = read(".github/workflows/holdfast.yml");
		expect(await githubErrors("workflow", content)).toEqual([]);
		const { env, steps } = parse(content).jobs.check;
		expect(env).toEqual({
			SHOP_ADMIN_KEY: "${{ secrets.SHOP_ADMIN_KEY }}",
			SHOP_APP_KEY: "${{ secrets.SHOP_APP_KEY }}",
		});
		expect(steps.at(-1)).toMatchObject({ uses: "./node_modules/holdfast", with: { artifact: "holdfast-shop" } });
		expect(read("holdfast.config.ts")).toContain('target: "http://127.0.0.1:9999"');
	});

	test("a check runs with what was written", async () => {
		await init("spec/shop/openapi.yaml");
		const io = testIo({ cwd: folder, environment: { SHOP_ADMIN_KEY: "k1234567", SHOP_APP_KEY: "k7654321" } });
		expect([await runCli(["check", "--dry-run", "--no-report"], io), io.written.err]).toEqual([0, ""]);
		const unset = testIo({ cwd: folder, environment: {} });
		expect(await runCli(["check", "--dry-run"], unset)).toBe(2);
		expect(unset.written.err).toContain("needs the environment variable SHOP_ADMIN_KEY, which is not set");
	});

	test("overwrites nothing, and says so", async () => {
		await init("spec/shop/openapi.yaml");
		const again = await init("spec/shop/openapi.yaml");
		expect(again.out.match(/as it is/g)).toHaveLength(3);
		writeFileSync(join(folder, "holdfast.config.ts"), "// mine\n");
		const third = await init("spec/shop/openapi.yaml");
		expect(third.out).toContain("left alone holdfast.config.ts: it is there already; --force overwrites it");
		expect(third.out).toContain('    import { defineConfig } from "holdfast";');
		expect(read("holdfast.config.ts")).toBe("// mine\n");
		const forced = await init("spec/shop/openapi.yaml", "--force");
		expect(forced.out).toContain("overwritten holdfast.config.ts");
		expect(read("holdfast.config.ts")).toContain("defineConfig");
	});

	test("finds the document by itself, or says that there is none", async () => {
		expect(await init()).toMatchObject({
			code: 2,
			err: expect.stringContaining("no OpenAPI document is found here; name it"),
		});
		cpSync(join(ROOT, "spec/gateway/openapi.yaml"), join(folder, "openapi.yaml"));
		expect((await init()).out).toContain("gateway admin API");
		expect(read("holdfast.config.ts")).toContain('spec: "openapi.yaml"');
	});

	test.each([
		["a bearer token", { type: "http", scheme: "bearer" }, '"Authorization": "Bearer ${'],
		["a password", { type: "http", scheme: "basic" }, '"Authorization": "Basic ${'],
		["a cookie", { type: "apiKey", in: "cookie", name: "sid" }, '"Cookie": "sid=${'],
		["nothing that a header can carry", { type: "apiKey", in: "query", name: "key" }, undefined],
	])("gives a caller %s", async (_, scheme, header) => {
		const document = {
			openapi: "3.1.0",
			info: { title: "T", version: "1" },
			servers: [{ url: "http://localhost:3000/v1" }],
			paths: {},
			components: { securitySchemes: { "my scheme": scheme } },
		};
		writeFileSync(join(folder, "api.json"), JSON.stringify(document));
		await init("api.json");
		const config = read("holdfast.config.ts");
		expect(config.includes("headers:")).toBe(header !== undefined);
		if (header !== undefined) expect(config).toContain(header);
		expect(config).toContain('target: "http://localhost:3000/v1"');
		await loadContract({ spec: join(folder, "api.json") });
	});
});
