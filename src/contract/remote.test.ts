import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { renderProblem } from "../problem/problem.ts";
import { loadContract } from "./load.ts";
import { loadFiles, refusal, touch, writeFiles } from "./sample-files.ts";

/** A server on this machine that answers these paths; gives its address and the paths that were asked for. */
async function serve(texts: Readonly<Record<string, string>>): Promise<{ url: string; asked: string[] }> {
	const asked: string[] = [];
	const server = createServer((request, response) => {
		const path = request.url ?? "";
		asked.push(path);
		const text = Object.hasOwn(texts, path) ? texts[path] : undefined;
		response.writeHead(text === undefined ? 404 : 200).end(text);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => void server.close());
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const PATHS = { "/paths.yaml": "a: { get: { operationId: a, responses: { 200: { $ref: 'more/ok.json' } } } }\n" };
const OK = { "/more/ok.json": '{ "description": "Fine" }' };

function spec(url: string): string {
	return `openapi: 3.1.0\ninfo: { title: T, version: "1" }\npaths: { /a: { $ref: "${url}/paths.yaml#/a" } }\n`;
}

describe("references to another machine", () => {
	it("are fetched with all that they lead to, each file once", async () => {
		const { url, asked } = await serve({ ...PATHS, ...OK });
		const contract = await loadFiles({ "openapi.yaml": spec(url) }, { allowRemote: true });
		touch(contract);
		expect(contract.operations[0]?.responses[0]?.description).toBe("Fine");
		expect(contract.operations[0]?.source).toEqual({ file: `${url}/paths.yaml`, pointer: "/a/get" });
		expect(contract.problems).toEqual([]);
		expect(asked).toEqual(["/paths.yaml", "/more/ok.json"]);
	});

	it("are not even asked for unless that is allowed", async () => {
		const { url, asked } = await serve(PATHS);
		const contract = await loadFiles({ "openapi.yaml": spec(url) });
		expect(contract.problems.map(({ code }) => code)).toEqual(["broken-reference"]);
		expect(asked).toEqual([]);
	});

	it("stay broken, with the reason, when they cannot be had", async () => {
		const { url } = await serve({});
		const contract = await loadFiles({ "openapi.yaml": spec(url) }, { allowRemote: true });
		expect(contract.problems.map(renderProblem)).toEqual([
			`openapi.yaml:3:22  $ref "${url}/paths.yaml#/a" leads nowhere: ${url}/paths.yaml cannot be fetched: it answers 404`,
		]);
	});
});

describe("a document on another machine", () => {
	it("is fetched because the user named it, and what it refers to is not", async () => {
		const { url, asked } = await serve({ "/api.yaml": spec("."), ...PATHS });
		const contract = await loadContract({ spec: `${url}/api.yaml` });
		expect(contract.title).toBe("T");
		expect(contract.problems.map(({ code }) => code)).toEqual(["broken-reference"]);
		expect(asked).toEqual(["/api.yaml"]);
	});

	it("that refers to a file of this machine does not get it", async () => {
		const cwd = writeFiles({ "secret.yaml": "get: { operationId: secret }\n" });
		const local = spec(".").replace("./paths.yaml#/a", `file://${cwd}/secret.yaml`);
		const { url } = await serve({ "/api.yaml": local });
		const contract = await loadContract({ spec: `${url}/api.yaml`, allowRemote: true });
		expect(contract.operations).toEqual([]);
	});

	it("that is not there is refused", async () => {
		const { url } = await serve({});
		expect(await refusal(loadContract({ spec: `${url}/api.yaml` }))).toEqual([
			`${url}/api.yaml  ${url}/api.yaml cannot be fetched: it answers 404`,
		]);
	});
});
