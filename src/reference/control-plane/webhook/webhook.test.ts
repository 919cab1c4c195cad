import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../../database/database.ts";
import { openSampleDatabase } from "../../database/sample-database.ts";
import { emptyDatabase } from "../database/empty-database.ts";
import { type SamplePlane, startSample } from "../sample-plane.ts";
import { spareUserId } from "../seed/seed.ts";
import type { ControlPlaneOptions } from "../start.ts";
import { ATTEMPTS_MAX } from "./deliverer.ts";
import { sendWebhook } from "./send-webhook.ts";
import { signPayload } from "./signature.ts";

const WEBHOOKS = "/v1/admin/webhooks";

interface Received {
	readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
	readonly body: string;
	readonly atMs: number;
}

const NOTHING: Received = { headers: {}, body: "", atMs: 0 };

interface Receiver {
	readonly url: string;
	readonly received: Received[];
	readonly server: Server;
}

let database: Database;
let plane: SamplePlane | undefined;
const receivers: Server[] = [];
beforeAll(async () => {
	database = await openSampleDatabase();
}, 120_000);
beforeEach(() => emptyDatabase(database));
afterEach(async () => {
	for (const server of receivers.splice(0)) {
		server.closeAllConnections();
		server.close();
	}
	await plane?.close();
	plane = undefined;
});
afterAll(() => database.close());

/** A receiver on this machine that answers as it is told. */
async function receive(answer: (reply: ServerResponse, count: number) => void): Promise<Receiver> {
	const received: Received[] = [];
	const server = createServer((request: IncomingMessage, reply) => {
		void text(request).then((body) => {
			received.push({ headers: request.headers, body, atMs: performance.now() });
			answer(reply, received.length);
		});
	}).listen(0, "127.0.0.1");
	receivers.push(server);
	await once(server, "listening");
	const { port } = server.address() as { readonly port: number };
	return { url: `http://localhost:${port}/hook`, received, server };
}

async function start(options: ControlPlaneOptions = {}): Promise<SamplePlane> {
	const local = { allowHttpWebhooks: true, allowLocalhostWebhooks: true, webhookRetryMs: 20 };
	plane = await startSample(database, { ...local, ...options });
	return plane;
}

async function subscribe(
	{ call }: SamplePlane,
	url: string,
): Promise<{ readonly id: string; readonly secret: string }> {
	const made = await call("POST", WEBHOOKS, { body: { url, events: ["user.deleted"] } });
	expect(made.status).toBe(201);
	return { id: String(made.body.id), secret: String(made.body.secret) };
}

async function deliveryOf({ call }: SamplePlane, webhook: string): Promise<Readonly<Record<string, unknown>>> {
	const { body } = await call("GET", `${WEBHOOKS}/${webhook}/deliveries`);
	const [delivery] = body.deliveries as readonly Readonly<Record<string, unknown>>[];
	return delivery ?? {};
}

describe("deliveries", () => {
	test("go out when what the webhook asked for happens, signed over time and body", async () => {
		const { url, received } = await receive((reply) => reply.end("thanks"));
		const running = await start();
		const { id, secret } = await subscribe(running, url);
		await running.call("PATCH", `/v1/admin/users/${spareUserId(1)}`, { body: { status: "suspended" } });
		await running.call("DELETE", `/v1/admin/users/${spareUserId(1)}`);
		await expect.poll(async () => (await deliveryOf(running, id)).status, { timeout: 10_000 }).toBe("delivered");
		expect(received).toHaveLength(1);
		const [{ headers, body } = NOTHING] = received;
		expect(JSON.parse(body)).toMatchObject({ type: "user.deleted", data: { id: spareUserId(1) } });
		const seconds = Number(headers["x-webhook-timestamp"]);
		expect(headers["x-webhook-signature"]).toBe(signPayload(secret, seconds, body));
		expect(Math.abs(Date.now() / 1000 - seconds)).toBeLessThan(60);
		expect(await deliveryOf(running, id)).toMatchObject({
			id: headers["x-webhook-id"],
			event: "user.deleted",
			attempts: 1,
			response_status: 200,
			response_body: "thanks",
			error: null,
			latency_ms: expect.any(Number),
			next_attempt_at: null,
			delivered_at: expect.any(String),
		});
	});

	test("are tried again with growing pauses until they arrive, under the same id", async () => {
		const { url, received } = await receive((reply, count) => reply.writeHead(count < 3 ? 503 : 204).end());
		const running = await start({ webhookRetryMs: 50 });
		const { id } = await subscribe(running, url);
		await running.call("POST", `${WEBHOOKS}/${id}/test`);
		await expect.poll(async () => (await deliveryOf(running, id)).status, { timeout: 10_000 }).toBe("delivered");
		expect(new Set(received.map(({ headers }) => headers["x-webhook-id"])).size).toBe(1);
		const [first = 0, second = 0, third = 0] = received.map(({ atMs }) => atMs);
		expect(second - first).toBeGreaterThanOrEqual(45);
		expect(third - second).toBeGreaterThanOrEqual(190);
		expect(await deliveryOf(running, id)).toMatchObject({ attempts: 3, response_status: 204 });
	});

	test("fail for good after their last attempt", async () => {
		const { url, received } = await receive((reply) => reply.writeHead(500).end("x".repeat(5000)));
		const running = await start({ webhookRetryMs: 1 });
		const { id } = await subscribe(running, url);
		await running.call("POST", `${WEBHOOKS}/${id}/test`);
		await expect.poll(async () => (await deliveryOf(running, id)).status, { timeout: 15_000 }).toBe("failed");
		expect(received).toHaveLength(ATTEMPTS_MAX);
		const delivery = await deliveryOf(running, id);
		expect(delivery).toMatchObject({ attempts: ATTEMPTS_MAX, response_status: 500, next_attempt_at: null });
		expect(delivery.response_body).toHaveLength(1024);
	});

	test("wait for a slow receiver without any request waiting, and other webhooks are told meanwhile", async () => {
		const slow = await receive(() => {});
		const quick = await receive((reply) => reply.end());
		const running = await start({ webhookTimeoutMs: 1500, webhookRetryMs: 600_000 });
		const slowHook = await subscribe(running, slow.url);
		await subscribe(running, quick.url);
		for (let number = 1; number <= 5; number += 1) {
			expect((await running.call("DELETE", `/v1/admin/users/${spareUserId(number)}`)).status).toBe(204);
		}
		await expect.poll(() => quick.received.length, { timeout: 10_000 }).toBe(5);
		expect(slow.received).toHaveLength(1);
		await expect
			.poll(async () => (await deliveryOf(running, slowHook.id)).error, { timeout: 20_000 })
			.toBe("no answer in time");
	});

	test("are not lost when the server stops before they went out", async () => {
		const { url, received } = await receive((reply, count) => reply.writeHead(count === 1 ? 503 : 200).end());
		const running = await start({ webhookRetryMs: 300 });
		const { id } = await subscribe(running, url);
		await running.call("POST", `${WEBHOOKS}/${id}/test`);
		await expect.poll(() => received.length, { timeout: 10_000 }).toBe(1);
		await running.close();
		const again = await start();
		await expect.poll(async () => (await deliveryOf(again, id)).status, { timeout: 10_000 }).toBe("delivered");
	});
});

describe("a webhook's URL", () => {
	test.each([
		"https://10.0.0.1/",
		"https://127.0.0.1/",
		"https://2130706433/",
		"https://[::ffff:169.254.169.254]/",
		"https://user:word@hooks.example.com/",
		"http://hooks.example.com/",
	])("%s is refused", async (url) => {
		const running = await start({ allowHttpWebhooks: false, allowLocalhostWebhooks: false });
		const refused = await running.call("POST", WEBHOOKS, { body: { url, events: ["user.deleted"] } });
		expect(refused).toMatchObject({ status: 400, body: { error: { code: "invalid_request" } } });
	});

	test("is judged again at delivery: a name that has come to lead inside is not called", async () => {
		const { received, server } = await receive((reply) => reply.end());
		const { port } = server.address() as { readonly port: number };
		let addresses = ["203.0.113.7"];
		const running = await start({ allowLocalhostWebhooks: false, resolve: async () => addresses });
		const { id } = await subscribe(running, `http://rebound.host-a.net:${port}/hook`);
		addresses = ["127.0.0.1"];
		await running.call("POST", `${WEBHOOKS}/${id}/test`);
		await expect
			.poll(async () => (await deliveryOf(running, id)).error, { timeout: 10_000 })
			.toBe("the host resolves to a loopback address");
		expect(received).toHaveLength(0);
	});

	test("is connected to at the very address that was judged", async () => {
		const { received, server } = await receive((reply) => reply.end());
		const { port } = server.address() as { readonly port: number };
		let asked = 0;
		const resolve = async (): Promise<readonly string[]> => {
			asked += 1;
			return ["127.0.0.1"];
		};
		const rules = { allowHttp: true, allowLocalhost: true, timeoutMs: 2000, resolve };
		const post = { url: `http://pinned.host-a.net:${port}/hook`, headers: {}, payload: "{}" };
		expect(await sendWebhook(post, rules)).toMatchObject({ kind: "answered", status: 200 });
		expect(asked).toBe(1);
		expect(received[0]?.headers.host).toBe(`pinned.host-a.net:${port}`);
	});

	test.each(["https://hooks.example.com/x", "https://hooks.test/x"])("%s is never called", async (url) => {
		const rules = { allowHttp: true, allowLocalhost: true, timeoutMs: 2000, resolve: async () => ["127.0.0.1"] };
		const sent = await sendWebhook({ url, headers: {}, payload: "{}" }, rules);
		expect(sent).toEqual({ kind: "unanswered", reason: "the host name is reserved" });
	});

	test("may redirect, and is not followed", async () => {
		const inner = await receive((reply) => reply.end());
		const outer = await receive((reply) => reply.writeHead(302, { location: inner.url }).end());
		const rules = { allowHttp: true, allowLocalhost: true, timeoutMs: 2000, resolve: async () => ["127.0.0.1"] };
		const sent = await sendWebhook({ url: outer.url, headers: {}, payload: "{}" }, rules);
		expect(sent).toMatchObject({ kind: "answered", status: 302 });
		expect(inner.received).toHaveLength(0);
	});
});
