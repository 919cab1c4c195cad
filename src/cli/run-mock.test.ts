import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";
import { testIo } from "./sample-io.ts";

const SPEC = "spec/gateway/openapi.yaml";
let taken: Server;
let port = "";
let folder = "";
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "holdfast-mock-"));
	taken = createServer().listen(0, "127.0.0.1");
	await once(taken, "listening");
	port = String((taken.address() as AddressInfo).port);
});
afterAll(async () => {
	await new Promise((resolve) => taken.close(resolve));
	await rm(folder, { recursive: true });
});

/** Serves until `use` is done with the URL. */
async function serve(args: readonly string[], use: (url: string) => Promise<void>) {
	const stop = new AbortController();
	let ready = (_: string): void => {};
	const url = new Promise<string>((resolve) => {
		ready = resolve;
	});
	const io = testIo({ signal: stop.signal });
	const heard = { ...io, out: (text: string) => tell(text) };
	const tell = (text: string): void => {
		io.out(text);
		const found = /ready on (\S+)/.exec(text)?.[1];
		if (found !== undefined) ready(found);
	};
	const specs = args[0]?.endsWith(".yaml") === true ? [] : [SPEC];
	const code = runCli(["mock", ...specs, "--no-config", "--port", "0", ...args], heard);
	await use(
		await Promise.race([
			url,
			code.then((early) => Promise.reject(new Error(`ended with ${early}: ${io.written.err}`))),
		]),
	);
	stop.abort();
	return { code: await code, ...io.written };
}

async function waitFor<Value>(ask: () => Promise<Value | undefined>): Promise<Value> {
	for (let attempt = 0; attempt < 200; attempt++) {
		const value = await ask();
		if (value !== undefined) return value;
		await new Promise((resolve) => setTimeout(resolve, 25));
	}
	throw new Error("it did not come");
}

/** A document with one collection of things, whose names are as long as they may be. */
function things(maxLength: number, path = "things"): string {
	const thing = `{ type: object, required: [name], properties: { id: { type: string, readOnly: true }, name: { type: string, maxLength: ${maxLength} } } }`;
	const content = (schema: string): string => `content: { application/json: { schema: ${schema} } }`;
	return `openapi: 3.1.0
info: { title: ${path}, version: "1" }
paths:
  /${path}:
    get: { operationId: list, responses: { "200": { description: ok, ${content(`{ type: array, items: ${thing} }`)} } } }
    post: { operationId: add, requestBody: { required: true, ${content(thing)} }, responses: { "201": { description: ok, ${content(thing)} }, "400": { description: no } } }
  /${path}/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { operationId: show, responses: { "200": { description: ok, ${content(thing)} }, "404": { description: no } } }
`;
}

const json = { "content-type": "application/json" };

async function put(url: string, numbers: readonly string[]): Promise<unknown> {
	const headers = { "x-admin-api-key": "key", "content-type": "application/json" };
	await fetch(`${url}/admin/apps/a`, { method: "POST", headers, body: "{}" });
	for (const body of [["527121102"], numbers]) {
		await fetch(`${url}/admin/apps/a/cids`, { method: "PUT", headers, body: JSON.stringify(body) });
	}
	return (await fetch(`${url}/admin/apps/a/cids`, { headers })).json();
}

describe("holdfast mock", () => {
	test("serves what the document says, until it is stopped", async () => {
		let url = "";
		const { code, out } = await serve([], async (served) => {
			url = served;
			expect(await put(url, ["747713001"])).toEqual(["747713001"]);
		});
		expect(code).toBe(0);
		expect(out).toMatch(/^holdfast \d+\.\d+\.\d+ · gateway admin API .* · seed 1\n/);
		await expect(fetch(url)).rejects.toThrow();
	});

	test("behaves otherwise when it is told to", async () => {
		await serve(["--drift", "replaceCids=append"], async (url) => {
			expect(await put(url, ["747713001"])).toHaveLength(2);
		});
	});

	test("starts with a scenario", async () => {
		const file = join(folder, "scenario.yaml");
		await writeFile(file, "data:\n  apps:\n    - { app_id: first, rate_limit: 7 }\n");
		await serve(["--scenario", file], async (url) => {
			const answer = await fetch(`${url}/admin/apps/first`, { headers: { "x-admin-api-key": "key" } });
			expect(await answer.json()).toMatchObject({ app_id: "first", rate_limit: 7 });
		});
	});

	test("serves several documents, each under its name, and prints where", async () => {
		const [a, b] = [join(folder, "a.yaml"), join(folder, "b.yaml")];
		await writeFile(a, things(5));
		await writeFile(
			b,
			`${things(5)}  /only: { get: { operationId: only, responses: { "200": { description: ok } } } }\n`,
		);
		const { out } = await serve([a, b], async (url) => {
			await fetch(`${url}/a/things`, { method: "POST", headers: json, body: '{"name":"x"}' });
			expect(await (await fetch(`${url}/a/things`)).json()).toHaveLength(1);
			expect(await (await fetch(`${url}/b/things`)).json()).toEqual([]);
			expect((await fetch(`${url}/things`)).status).toBe(404);
			expect((await fetch(`${url}/only`)).status).toBe(200);
			expect(await (await fetch(`${url}/__holdfast`)).json()).toMatchObject({ apis: [{ name: "a" }, { name: "b" }] });
			expect((await fetch(`${url}/__holdfast/reset`, { method: "POST" })).status).toBe(204);
			expect(await (await fetch(`${url}/__holdfast/a/state/things`)).json()).toEqual([]);
		});
		expect(out).toMatch(/^holdfast \S+ · 2 APIs\n/);
		expect(out).toMatch(/ {2}a {3}http:\/\/127\.0\.0\.1:\d+\/a {3}some of its paths are also those of b\n/);
	});

	test("loads a document again when it changes, keeps its state, and survives a broken one", async () => {
		const spec = join(folder, "watched.yaml");
		await writeFile(spec, things(5));
		const { out, err } = await serve([spec, "--watch"], async (url) => {
			const add = async (name: string) =>
				(await fetch(`${url}/things`, { method: "POST", headers: json, body: JSON.stringify({ name }) })).status;
			expect([await add("short"), await add("much longer")]).toEqual([201, 400]);
			await writeFile(spec, "openapi: 3.1.0\npaths: {");
			await writeFile(spec, `openapi: 3.1.0\ninfo: { title: {`);
			await new Promise((resolve) => setTimeout(resolve, 600));
			expect(await add("abc")).toBe(201);
			await writeFile(spec, things(4));
			await waitFor(async () => ((await add("12345")) === 400 ? true : undefined));
			const names = (await (await fetch(`${url}/things`)).json()) as readonly { name: string }[];
			expect(names.length).toBeGreaterThanOrEqual(2);
		});
		expect(err).toMatch(/watched\.yaml:\d/);
		expect(err).toMatch(/watched stays as it was/);
		expect(err).toMatch(/things\/\S+ no longer fits: name must be at most 4 characters long/);
		expect(out).toMatch(/reloaded watched\n/);
	});

	test("fails on purpose when it is told to", async () => {
		await serve(["--fault", "getApp: status=404", "--latency", "40ms", "--unknown", "conjure"], async (url) => {
			const started = performance.now();
			const headers = { "x-admin-api-key": "key" };
			expect((await fetch(`${url}/admin/apps/a`, { headers })).status).toBe(404);
			expect((await fetch(`${url}/admin/apps/a/cids`, { headers })).status).toBe(200);
			expect(performance.now() - started).toBeGreaterThan(75);
		});
	});

	test.each([
		[
			"a fault that is none",
			[SPEC, "--fault", "latncy=5"],
			/latncy is nothing that a fault has; did you mean "latency"/,
		],
		["an error rate that is none", [SPEC, "--error-rate", "2"], /Write a number from 0 to 1/],
		["a scenario that is not there", [SPEC, "--scenario", "nowhere.yaml"], /cannot read the scenario nowhere\.yaml/],
		["a document that is not there", ["nowhere.yaml"], /nowhere\.yaml/],
		[
			"a drift that there is not",
			[SPEC, "--drift", "replaceCids=apend"],
			/replaceCids has no rival "apend"; did you mean "append"\?/,
		],
		["an operation that there is not", [SPEC, "--drift", "replaceCid=append"], /did you mean "replaceCids"\?/],
		["a port that is none", [SPEC, "--port", "99999"], /Write a whole number from 0 to 65535/],
	])("%s is one clear message", async (_, args, message) => {
		const io = testIo();
		expect(await runCli(["mock", ...args], io)).toBe(2);
		expect(io.written.err).toMatch(message);
		expect(io.written.err).not.toMatch(/^ +at /m);
	});

	test("a port in use is one clear message", async () => {
		const io = testIo();
		expect(await runCli(["mock", SPEC, "--port", port], io)).toBe(2);
		expect(io.written.err).toBe(
			`port ${port} on 127.0.0.1 is in use; stop what uses it, or take another one with --port; 0 takes a free one\n1 problem.\n`,
		);
	});
});
