import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { refusal } from "../../contract/sample-files.ts";
import type { Answer } from "../answer/answer.ts";
import type { MockRequest } from "../request/mock-request.ts";
import { PETS, sampleMock } from "../sample-mock.ts";
import type { Service } from "../serve.ts";
import { type Listening, listenNode } from "./node-server.ts";

const LOCAL = { port: 0, host: "127.0.0.1" };

async function listen(
	answer: (request: MockRequest) => Answer | Promise<Answer>,
	errors: unknown[] = [],
): Promise<Listening> {
	const refuse = (status: number, message: string): Answer => ({ status, headers: {}, body: message });
	const service: Service = { answer, refuse };
	const listening = await listenNode(service, {
		...LOCAL,
		bodyBytesMax: 1_000,
		onError: (error) => void errors.push(error),
	});
	onTestFinished(() => listening.close());
	return listening;
}

/** Sends bytes as they are, and gives all that comes back until the other side hangs up. */
async function talk(url: string, text: string): Promise<string> {
	const socket = connect(Number(new URL(url).port), "127.0.0.1");
	let heard = "";
	socket.on("data", (chunk) => {
		heard += chunk;
	});
	socket.write(text);
	await once(socket, "close");
	return heard;
}

describe("listenNode", () => {
	test("hands over what came and writes what is answered", async () => {
		const seen: MockRequest[] = [];
		const { url } = await listen((request) => {
			seen.push(request);
			return { status: 201, headers: { "x-made": "yes" }, body: "grüße" };
		});
		const response = await fetch(`${url}/a%2Fb?c=d`, { method: "POST", body: "hello", headers: { "X-Asked": "yes" } });
		expect([response.status, response.headers.get("x-made"), await response.text()]).toEqual([201, "yes", "grüße"]);
		expect(response.headers.get("content-length")).toBe("7");
		expect(seen).toMatchObject([{ method: "POST", path: "/a%2Fb?c=d", headers: { "x-asked": "yes" } }]);
		expect(String(seen[0]?.body)).toBe("hello");
	});

	test.each([
		["before-headers", ""],
		["after-headers", /^HTTP\/1\.1 200 OK\r\n(?:.+\r\n)*content-length: 10\r\n(?:.+\r\n)*\r\n$/i],
		["within-body", /\r\n\r\n01234$/],
	] as const)("loses the connection %s when a fault wants it", async (drop, heard) => {
		const { url } = await listen(() => ({ status: 200, headers: {}, body: "0123456789", disturbance: { drop } }));
		expect(await talk(url, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")).toMatch(heard);
	});

	test("lets a body drip when a fault wants it", async () => {
		const { url } = await listen(() => ({ status: 200, headers: {}, body: "0123456789", disturbance: { slowMs: 60 } }));
		const started = performance.now();
		const answer = await fetch(url);
		const headMs = performance.now() - started;
		expect(await answer.text()).toBe("0123456789");
		expect(performance.now() - started).toBeGreaterThan(50);
		expect(headMs).toBeLessThan(50);
	});

	test.each([10_000, 30_000])("refuses a target of %s bytes", async (bytes) => {
		const { url } = await listen(() => ({ status: 200, headers: {} }));
		expect(await talk(url, `GET /${"a".repeat(bytes)} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)).toMatch(
			/^HTTP\/1\.1 414 /,
		);
	});

	test("refuses headers that are too large", async () => {
		const { url } = await listen(() => ({ status: 200, headers: {} }));
		expect(await talk(url, `GET / HTTP/1.1\r\nHost: a\r\nX: ${"a".repeat(30_000)}\r\n\r\n`)).toMatch(
			/^HTTP\/1\.1 431 /,
		);
	});

	test("hears a body that is too large to its end, and says so", async () => {
		const { url } = await listen(({ body }) => ({ status: 200, headers: {}, body: typeof body }));
		const response = await fetch(url, { method: "POST", body: "x".repeat(10_000) });
		expect(await response.text()).toBe("symbol");
	});

	test("hangs up on a body without end", async () => {
		const { url } = await listen(() => ({ status: 200, headers: {} }));
		await expect(fetch(url, { method: "POST", body: "x".repeat(5_000_000) })).rejects.toThrow();
	});

	test("answers what is no HTTP, and goes on", async () => {
		const { url } = await listen(() => ({ status: 200, headers: {}, body: "served" }));
		expect(await talk(url, "NONSENSE\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
		const tooMuch = `GET / HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(100_000)}\r\n\r\n`;
		expect(await talk(url, tooMuch)).toMatch(/^HTTP\/1\.1 431 /);
		expect(await (await fetch(url)).text()).toBe("served");
	});

	test("answers 500 to a mistake of its own, tells it, and goes on", async () => {
		const errors: unknown[] = [];
		let calls = 0;
		const { url } = await listen(() => {
			calls += 1;
			if (calls === 1) throw new Error("ours");
			return calls === 2 ? Promise.reject(new Error("later")) : { status: 200, headers: {} };
		}, errors);
		const statuses = [await fetch(url), await fetch(url), await fetch(url)].map(({ status }) => status);
		expect(statuses).toEqual([500, 500, 200]);
		expect(errors).toHaveLength(2);
	});

	test("a port in use, a host of another machine, and a port that is none of ours are one clear message each", async () => {
		const { url } = await listen(() => ({ status: 200, headers: {} }));
		const port = Number(new URL(url).port);
		const { mock } = await sampleMock(PETS);
		expect(await refusal(mock.listen({ ...LOCAL, port }))).toEqual([
			`port ${port} on 127.0.0.1 is in use; stop what uses it, or take another one with --port; 0 takes a free one`,
		]);
		expect(await refusal(mock.listen({ port: 0, host: "192.0.2.1" }))).toEqual([
			"this machine has no address 192.0.2.1; try --host 127.0.0.1",
		]);
	});

	test("ends its connections when it closes", async () => {
		const { mock } = await sampleMock(PETS);
		const listening = await mock.listen(LOCAL);
		expect((await fetch(`${listening.url}/notes`)).status).toBe(200);
		await listening.close();
		await expect(fetch(`${listening.url}/notes`)).rejects.toThrow();
	});
});
