import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { RunningServer } from "../process/run-server.ts";
import { RECENT_ERRORS_MAX } from "./recent-errors.ts";
import { type GatewayOptions, startGateway } from "./start.ts";

const ADMIN_KEY = "admin-key-of-the-gateway-test";
const KEY = "key_example_gateway_test";
const [A, B, C] = ["527121102", "747713001", "35550123"] as const;

let running: RunningServer | undefined;
afterEach(async () => {
	await running?.close();
	running = undefined;
});

interface Answer {
	readonly status: number;
	readonly headers: Headers;
	readonly body: unknown;
}

type Send = (method: string, path: string, call?: Call) => Promise<Answer>;
interface Call {
	readonly body?: unknown;
	readonly headers?: Readonly<Record<string, string>>;
}

/** A gateway, and a way to call it as its administrator. */
async function start(options: GatewayOptions = {}): Promise<Send> {
	running = await startGateway({ adminKey: ADMIN_KEY, ...options });
	const { url } = running;
	return async (method, path, { body, headers } = {}) => {
		const payload = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
		const type = body === undefined ? {} : { "content-type": "application/json" };
		const answer = await fetch(url + path, {
			method,
			headers: { "x-admin-api-key": ADMIN_KEY, ...type, ...headers },
			...payload,
		});
		const text = await answer.text();
		const isJson = answer.headers.get("content-type")?.startsWith("application/json");
		return { status: answer.status, headers: answer.headers, body: isJson && text !== "" ? JSON.parse(text) : text };
	};
}

function dial(send: Send, from: string = A, key: string = KEY): Promise<Answer> {
	return send("POST", "/api/v1/dial", { body: { from, to: "35550199" }, headers: { "x-api-key": key } });
}

async function dialingApp(send: Send, config: object = {}): Promise<void> {
	await send("POST", "/admin/apps/shop", { body: { api_key: KEY, ...config } });
	await send("PUT", "/admin/apps/shop/cids", { body: [A] });
}

describe("PUT on an allow-list appends, as the page says it does today", () => {
	test("to a set", async () => {
		const send = await start();
		await send("POST", "/admin/apps/shop", { body: {} });
		await send("PUT", "/admin/apps/shop/cids", { body: [A, B] });
		expect((await send("PUT", "/admin/apps/shop/cids", { body: [B, C] })).body).toEqual([C, A, B]);
		expect((await send("PUT", "/admin/apps/shop/cids", { body: [] })).body).toEqual([C, A, B]);
	});

	test("up to a limit", async () => {
		const send = await start();
		await send("POST", "/admin/apps/shop", { body: {} });
		const block = (from: number): readonly string[] =>
			Array.from({ length: 1000 }, (_, index) => String(520_000_000 + from * 1000 + index));
		for (let from = 0; from < 10; from += 1) await send("PUT", "/admin/apps/shop/cids", { body: block(from) });
		const full = await send("PUT", "/admin/apps/shop/cids", { body: [A] });
		expect(full).toMatchObject({ status: 400, body: { error: "The allow-list holds 10000 numbers at most" } });
		expect((await send("PUT", "/admin/apps/shop/cids", { body: block(0) })).status).toBe(200);
	});
});

describe("without an admin key", () => {
	test("admin operations are disabled and dialling is not", async () => {
		running = await startGateway();
		const { url } = running;
		const health = await fetch(`${url}/admin/health`, { headers: { "x-admin-api-key": "" } });
		expect(health.status).toBe(503);
		expect(await health.json()).toEqual({ success: false, error: "Admin API is disabled" });
		expect((await fetch(`${url}/api/v1/dial`, { method: "POST" })).status).toBe(401);
		expect((await fetch(`${url}/metrics`)).status).toBe(200);
	});
});

describe("webhook URLs", () => {
	const resolve = async (host: string): Promise<readonly string[]> => (host === "inner.host-a.net" ? ["10.0.0.1"] : []);

	test.each([
		["https://10.0.0.1/", {}, 400],
		["https://inner.host-a.net/", {}, 400],
		["https://gone.host-a.net/", {}, 200],
		["http://hooks.example.com/", {}, 400],
		["http://hooks.example.com/", { allowHttpWebhooks: true }, 200],
		["https://localhost/", { allowHttpWebhooks: true }, 400],
		["https://localhost/", { allowLocalhostWebhooks: true }, 200],
		["https://10.0.0.1/", { allowLocalhostWebhooks: true }, 400],
	])("%s with %j is answered %i", async (webhook_url, options, status) => {
		const send = await start({ resolve, ...options });
		expect((await send("POST", "/admin/apps/shop", { body: { webhook_url } })).status).toBe(status);
		expect((await send("GET", "/admin/apps/shop")).status).toBe(status === 200 ? 200 : 404);
	});
});

describe("the rate limit", () => {
	test("is a minute that starts with the first call", async () => {
		let now = 1_000_000;
		const send = await start({ clock: () => now });
		await dialingApp(send, { rate_limit: 1 });
		expect((await dial(send)).status).toBe(202);
		now += 59_000;
		const limited = await dial(send);
		expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "1"]);
		now += 999;
		expect((await dial(send)).headers.get("retry-after")).toBe("1");
		now += 1;
		expect((await dial(send)).status).toBe(202);
	});

	test("is not lengthened by calls that it refuses", async () => {
		let now = 0;
		const send = await start({ clock: () => now });
		await dialingApp(send, { rate_limit: 1 });
		await dial(send);
		for (now = 1000; now < 60_000; now += 10_000) expect((await dial(send)).status).toBe(429);
		now = 60_000;
		expect((await dial(send)).status).toBe(202);
	});

	test("comes before the body is looked at", async () => {
		const send = await start();
		await dialingApp(send, { rate_limit: 1 });
		const broken = { body: "{", headers: { "x-api-key": KEY } };
		expect((await send("POST", "/api/v1/dial", broken)).status).toBe(400);
		expect((await send("POST", "/api/v1/dial", broken)).status).toBe(429);
	});
});

describe("outbound capacity", () => {
	test("is used up by calls, and free again when they end", async () => {
		let now = 0;
		const send = await start({ outboundCapacity: 1, callSeconds: 30, clock: () => now });
		await dialingApp(send);
		expect((await dial(send)).status).toBe(202);
		expect(await dial(send)).toMatchObject({
			status: 503,
			body: { success: false, app_id: "shop", error: "No outbound capacity" },
		});
		now = 30_000;
		expect((await dial(send)).status).toBe(202);
	});

	test("is not used up by a call that is refused", async () => {
		const send = await start({ outboundCapacity: 1 });
		await dialingApp(send);
		expect((await dial(send, B)).status).toBe(403);
		expect((await dial(send)).status).toBe(202);
	});
});

describe("recent errors", () => {
	test("hold all eight fields of an answer from 500 on", async () => {
		const send = await start({ outboundCapacity: 0, clock: () => Date.UTC(2026, 4, 6, 12) });
		await dialingApp(send);
		await send("GET", "/admin/apps/unknown");
		const trace = "4bf92f3577b34da6a3ce929d0e0e4736";
		const headers = { "x-api-key": KEY, traceparent: `00-${trace}-00f067aa0ba902b7-01` };
		await send("POST", "/api/v1/dial?secret=1", { body: { from: A, to: B }, headers });
		expect((await send("GET", "/admin/recent-errors")).body).toEqual({
			total: 1,
			errors: [
				{
					timestamp: "2026-05-06T12:00:00Z",
					trace_id: trace,
					method: "POST",
					path: "/api/v1/dial",
					pattern: "/api/v1/dial",
					status_code: 503,
					app_id: "shop",
					error: "No outbound capacity",
				},
			],
		});
	});

	test("tell nothing of what went wrong inside", async () => {
		const send = await start({ faults: ["empty-replace-fails"], cidsPut: "replace" });
		await send("POST", "/admin/apps/shop", { body: {} });
		const answer = await send("PUT", "/admin/apps/shop/cids", { body: [] });
		expect(answer).toMatchObject({ status: 500, body: { success: false, app_id: "shop", error: "Internal error" } });
		const { body } = await send("GET", "/admin/recent-errors");
		expect(body).toMatchObject({ errors: [{ error: "Internal error", pattern: "/admin/apps/{app_id}/cids" }] });
	});

	test("are the latest, the newest first", async () => {
		let now = 0;
		const send = await start({ outboundCapacity: 0, clock: () => now });
		await dialingApp(send, { rate_limit: 10_000 });
		for (; now < (RECENT_ERRORS_MAX + 3) * 1000; now += 1000) await dial(send);
		const { body } = await send("GET", "/admin/recent-errors");
		const { total, errors } = body as { total: number; errors: readonly { timestamp: string }[] };
		expect([total, errors.length]).toEqual([RECENT_ERRORS_MAX, RECENT_ERRORS_MAX]);
		expect([errors[0]?.timestamp, errors.at(-1)?.timestamp]).toEqual(["1970-01-01T00:01:42Z", "1970-01-01T00:00:03Z"]);
	});
});

describe("what is not documented", () => {
	test.each([
		["GET", "/", 404, null],
		["POST", "/admin", 404, null],
		["GET", "/admin/health/", 404, null],
		["GET", "/Admin/health", 404, null],
		["POST", "/admin/health", 405, "GET"],
		["OPTIONS", "/metrics", 405, "GET"],
		["PATCH", "/admin/apps/shop", 405, "POST, GET, DELETE"],
		["PROPFIND", "/admin/apps/shop/cids", 405, "PUT, GET"],
		["PUT", "/admin/apps/shop/cids/527121102", 405, "DELETE"],
		["GET", "/api/v1/dial", 405, "POST"],
	])("%s %s is answered %i in the form of all errors", async (method, path, status, allow) => {
		const send = await start();
		const answer = await send(method, path, { headers: { "x-admin-api-key": "wrong" } });
		expect(answer).toMatchObject({ status, body: { success: false, error: expect.any(String) } });
		expect(answer.headers.get("allow")).toBe(allow);
	});

	test("HEAD is refused without a body", async () => {
		const send = await start();
		expect(await send("HEAD", "/metrics")).toMatchObject({ status: 405, body: "" });
	});

	test.each([
		["GARBAGE\r\n\r\n", "400"],
		[`GET / HTTP/1.1\r\nhost: a\r\nx: ${"y".repeat(20_000)}\r\n\r\n`, "431"],
	])("%j is answered %s in the form of all errors", async (text, status) => {
		await start();
		const { port, hostname } = new URL(running?.url ?? "");
		const socket = connect(Number(port), hostname);
		socket.write(text);
		let said = "";
		socket.on("data", (chunk: Buffer) => {
			said += chunk.toString();
		});
		await once(socket, "close");
		expect(said).toContain(`HTTP/1.1 ${status} `);
		expect(JSON.parse(said.slice(said.indexOf("{")))).toEqual({ success: false, error: expect.any(String) });
	});
});

describe("bodies", () => {
	test("of more than 64 KiB are refused", async () => {
		const send = await start();
		const padded = (bytes: number): string => `{}${" ".repeat(bytes - 2)}`;
		expect((await send("POST", "/admin/apps/shop", { body: padded(65_536) })).status).toBe(200);
		expect(await send("POST", "/admin/apps/shop", { body: padded(65_537) })).toMatchObject({
			status: 413,
			body: { success: false, error: "Body too large" },
		});
	});

	test.each([['{"__proto__": {"rate_limit": 5}}'], ['{"constructor": {"prototype": {"rate_limit": 5}}}']])(
		"that reach for a prototype are refused: %s",
		async (body) => {
			const send = await start();
			expect((await send("POST", "/admin/apps/shop", { body })).status).toBe(400);
		},
	);

	test.each([
		["POST", "/admin/apps/shop", "nothing"],
		["PUT", "/admin/apps/shop/cids", "nothing"],
	])("are needed by %s %s", async (method, path) => {
		const send = await start();
		expect((await send(method, path)).status).toBe(400);
	});

	test("of a DELETE are dropped", async () => {
		const send = await start();
		await send("POST", "/admin/apps/shop", { body: {} });
		const call = { body: "anything", headers: { "content-type": "text/plain" } };
		expect((await send("DELETE", "/admin/apps/shop", call)).status).toBe(200);
	});

	test("are not read before the key is checked", async () => {
		const send = await start();
		const headers = { "x-admin-api-key": "wrong" };
		expect((await send("POST", "/admin/apps/shop", { body: "{", headers })).status).toBe(401);
	});
});

describe("metrics", () => {
	test("count answers by route, and unknown paths as one", async () => {
		const send = await start();
		await dialingApp(send);
		await dial(send);
		await send("GET", "/one");
		await send("GET", "/two");
		const { body, headers } = await send("GET", "/metrics");
		expect(headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
		expect(String(body).split("\n")).toEqual(
			expect.arrayContaining([
				'gateway_requests_total{method="PUT",route="/admin/apps/{app_id}/cids",status="200"} 1',
				'gateway_requests_total{method="GET",route="unmatched",status="404"} 2',
				'gateway_calls_total{result="accepted"} 1',
				"gateway_store_ready 1",
			]),
		);
	});
});

test("a request under way is finished when the server closes", async () => {
	let release: (addresses: readonly string[]) => void = () => {};
	const asked = Promise.withResolvers<void>();
	const resolve = (): Promise<readonly string[]> => {
		asked.resolve();
		return new Promise((give) => {
			release = give;
		});
	};
	const send = await start({ resolve });
	const upsert = send("POST", "/admin/apps/shop", { body: { webhook_url: "https://slow.host-a.net/" } });
	await asked.promise;
	const closed = running?.close();
	release([]);
	expect((await upsert).status).toBe(200);
	await closed;
	await expect(send("GET", "/admin/health")).rejects.toThrow("fetch failed");
});
