import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startGateway } from "../../src/reference/gateway/start.ts";
import type { RunningServer } from "../../src/reference/process/run-server.ts";

const ADMIN_KEY = "admin-key-of-the-command-line";
const SPEC = "spec/gateway/openapi.yaml";
const OVERLAY = "spec/gateway/behaviour.overlay.yaml";
const LEDGER = "contracts/gateway/known-drift.yaml";

interface Ended {
	readonly code: number | string | null | undefined;
	readonly out: string;
	readonly err: string;
}

/** The real program, as a user starts it. */
function holdfast(...args: readonly string[]): Promise<Ended> {
	return new Promise((resolve) => {
		execFile(process.execPath, ["src/cli/main.ts", ...args], (error, out, err) => {
			resolve({ code: error === null ? 0 : error.code, out, err });
		});
	});
}

let folder = "";
let taken: Server;
const port = (): string => String((taken.address() as AddressInfo).port);
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "holdfast-contract-"));
	taken = createServer().listen(0, "127.0.0.1");
	await once(taken, "listening");
});
afterAll(async () => {
	await new Promise((resolve) => taken.close(resolve));
	await rm(folder, { recursive: true });
});

function check(target: string, ...args: readonly string[]): Promise<Ended> {
	const fixed = ["--no-config", "--overlay", OVERLAY, "--target", target, "--out", join(folder, "reports")];
	return holdfast("check", SPEC, ...fixed, "--header", `X-Admin-API-Key: ${ADMIN_KEY}`, ...args);
}

async function withGateway<Result>(
	cidsPut: "append" | "replace",
	use: (url: string) => Promise<Result>,
): Promise<Result> {
	const gateway: RunningServer = await startGateway({ adminKey: ADMIN_KEY, cidsPut });
	try {
		return await use(gateway.url);
	} finally {
		await gateway.close();
	}
}

describe("holdfast check on the gateway", () => {
	test("names the drift, and passes because the ledger knows it", async () => {
		const { code, out, err } = await withGateway("append", (url) => check(url, "--ledger", LEDGER));
		expect({ code, err }).toEqual({ code: 0, err: "" });
		expect(out).toContain("PUT /admin/apps/{app_id}/cids");
		expect(out).toMatch(/documented\s+replace/);
		expect(out).toMatch(/observed\s+append/);
		expect(out).toContain("known since 2026-11");
		const report = await readFile(join(folder, "reports/gateway.md"), "utf8");
		expect(report).toContain("`PUT /admin/apps/{app_id}/cids`: documented `replace`, observed `append`");
		expect(`${out}${report}`).not.toContain(ADMIN_KEY);
	});

	test("fails for the drift without the ledger", async () => {
		const { code, out } = await withGateway("append", (url) => check(url));
		expect(code).toBe(1);
		expect(out).toMatch(/DRIFT\s+PUT \/admin\/apps\/\{app_id\}\/cids/);
	});

	test("fails for a ledger entry that is stale", async () => {
		const { code, out } = await withGateway("replace", (url) => check(url, "--ledger", LEDGER));
		expect(code).toBe(1);
		expect(out).toMatch(/stale/);
	});

	test("finds nothing on a gateway that keeps its promise", async () => {
		const { code, out, err } = await withGateway("replace", (url) => check(url));
		expect({ code, err }).toEqual({ code: 0, err: "" });
		expect(out).not.toMatch(/DRIFT|SURPRISE/);
	});
});

describe("a mistake in what is given is one clear message with place and hint", () => {
	const nowhere = "http://127.0.0.1:1";
	const at = (name: string): string => join(folder, name);
	beforeAll(async () => {
		await writeFile(at("unparsable.yaml"), "openapi: 3.1.0\ninfo: { title: t, version: '1' }\npaths:\n  /a: [\n");
		const overlay = await readFile(OVERLAY, "utf8");
		await writeFile(at("misspelt.overlay.yaml"), overlay.replace("credential:", "credentail:"));
	});

	test.each([
		["a document that does not exist", ["check", "FOLDER/nowhere.yaml"], /nowhere\.yaml/],
		["a document that does not parse", ["check", "FOLDER/unparsable.yaml"], /unparsable\.yaml:\d+/],
		[
			"an overlay with a misspelt key",
			["check", SPEC, "--overlay", "FOLDER/misspelt.overlay.yaml"],
			/misspelt\.overlay\.yaml:\d+.*credentail.*did you mean "credential"\?/s,
		],
		[
			"a target that refuses connections",
			["check", SPEC],
			/nothing answers at http:\/\/127\.0\.0\.1:1; is the service/,
		],
		["a port in use", ["mock", SPEC, "--port", "PORT"], /port PORT on 127\.0\.0\.1 is in use; stop what uses it/],
	])("%s", async (_, args, message) => {
		const given = args.map((arg) => arg.replace("FOLDER", folder).replace("PORT", port()));
		const rest = args[0] === "check" ? ["--target", nowhere, "--out", at("none")] : [];
		const { code, err } = await holdfast(...given, "--no-config", ...rest);
		expect(err).toMatch(new RegExp(message.source.replace("PORT", port()), message.flags));
		expect(err).toMatch(/^1 problem\./m);
		expect(err).not.toMatch(/^\s+at /m);
		expect(code).toBe(2);
	});
});
