import { describe, expect, test } from "vitest";
import { startGateway } from "../../src/reference/gateway/start.ts";
import { missingRedis, type SpawnedRedis, spawnRedis } from "../../src/reference/process/spawn-redis.ts";
import { loadJudge } from "../documented-answer.ts";
import { describeGateway } from "./conformance.ts";
import { createClient, type GatewayClient } from "./gateway-client.ts";

const ADMIN_KEY = "admin-key-of-the-conformance-suite";
const KEY = "key_conformance_redis";
const [A, B] = ["527121102", "747713001"] as const;
const DOCUMENT = "spec/gateway/openapi.yaml";
const UNAVAILABLE = { status: 503, body: { success: false, error: "Storage unavailable" } };
const SETTINGS = { adminKey: ADMIN_KEY, cidsPut: "replace" } as const;

describeGateway({
	name: "the reference, in memory",
	start: async () => ({ ...(await startGateway(SETTINGS)), adminKey: ADMIN_KEY }),
});

const missing = missingRedis();
if (missing !== undefined) console.warn(`skipped: the reference on Redis, because ${missing}`);

describe.skipIf(missing !== undefined)("with Redis", () => {
	describeGateway({
		name: "the reference, in Redis",
		start: async () => {
			const redis = await spawnRedis();
			const gateway = await startGateway({ ...SETTINGS, redisUrl: redis.url });
			const close = async (): Promise<void> => {
				await gateway.close();
				await redis.dispose();
			};
			return { url: gateway.url, adminKey: ADMIN_KEY, close };
		},
	});

	test("nothing acknowledged is lost when Redis goes away, and what needs it answers 503 meanwhile", () =>
		withRedis(async ({ redis, api }) => {
			await api.upsert("kept", { api_key: KEY, rate_limit: 7, events: ["call.ended"] });
			await api.replaceCids("kept", [A]);
			await redis.kill();

			const needing = [
				await api.upsert("refused"),
				await api.get("kept"),
				await api.remove("kept"),
				await api.replaceCids("kept", [B]),
				await api.listCids("kept"),
				await api.removeCid("kept", A),
				await api.dial(KEY, A),
				await api.admin("GET", "/admin/health"),
			];
			for (const answer of needing) expect(answer).toMatchObject(UNAVAILABLE);
			expect((await api.send("GET", "/metrics")).body).toContain("gateway_store_ready 0");
			const { body } = await api.admin("GET", "/admin/recent-errors");
			expect(body).toMatchObject({ total: needing.length, errors: expect.any(Array) });

			await redis.start();
			await untilHealthy(api);
			expect((await api.get("kept")).body).toMatchObject({ api_key: KEY, rate_limit: 7, events: ["call.ended"] });
			expect((await api.listCids("kept")).body).toEqual([A]);
			expect((await api.dial(KEY, A)).status).toBe(202);
			expect((await api.get("refused")).status).toBe(404);
		}));

	test("every write that was acknowledged before Redis was killed in the midst of them is there afterwards", () =>
		withRedis(async ({ redis, api }) => {
			const acknowledged: string[] = [];
			const writing = Array.from({ length: 200 }, async (_, index) => {
				const { status } = await api.upsert(`busy-${index}`, { rate_limit: index });
				if (status === 200) acknowledged.push(`busy-${index}`);
				if (acknowledged.length === 20) await redis.kill();
			});
			await Promise.all(writing);
			expect(acknowledged.length).toBeGreaterThanOrEqual(20);
			await redis.start();
			await untilHealthy(api);
			for (const app of acknowledged) expect((await api.get(app)).status).toBe(200);
		}));

	test("a Redis that hangs is answered 503, and serves again when it goes on", () =>
		withRedis(async ({ redis, api }) => {
			await api.upsert("kept", { rate_limit: 7 });
			redis.pause();
			expect(await api.get("kept")).toMatchObject(UNAVAILABLE);
			redis.resume();
			await expect.poll(async () => (await api.get("kept")).status, { timeout: 10_000 }).toBe(200);
		}));

	test("a Redis that is not there yet does not keep the server from starting", () =>
		withRedis(async ({ redis }) => {
			await redis.kill();
			const gateway = await startGateway({ ...SETTINGS, redisUrl: redis.url });
			const api = createClient({ ...gateway, adminKey: ADMIN_KEY }, await loadJudge(DOCUMENT));
			expect(await api.admin("GET", "/admin/health")).toMatchObject(UNAVAILABLE);
			await redis.start();
			await untilHealthy(api);
			await gateway.close();
		}));

	test("two servers on one Redis are one gateway", () =>
		withRedis(async ({ redis, api }) => {
			const second = await startGateway({ ...SETTINGS, redisUrl: redis.url });
			const other = createClient({ ...second, adminKey: ADMIN_KEY }, await loadJudge(DOCUMENT));
			await api.upsert("shared", { api_key: KEY, rate_limit: 2 });
			await other.replaceCids("shared", [A]);
			const calls = [await api.dial(KEY, A), await other.dial(KEY, A), await api.dial(KEY, A)];
			expect(calls.map(({ status }) => status)).toEqual([202, 202, 429]);
			await second.close();
		}));
});

interface OnRedis {
	readonly redis: SpawnedRedis;
	readonly api: GatewayClient;
}

/** A gateway on a Redis of its own, for one test. */
async function withRedis(use: (running: OnRedis) => Promise<void>): Promise<void> {
	const redis = await spawnRedis();
	const gateway = await startGateway({ ...SETTINGS, redisUrl: redis.url });
	try {
		await use({ redis, api: createClient({ ...gateway, adminKey: ADMIN_KEY }, await loadJudge(DOCUMENT)) });
	} finally {
		await gateway.close();
		await redis.dispose();
	}
}

function untilHealthy(api: GatewayClient): Promise<void> {
	return expect.poll(async () => (await api.admin("GET", "/admin/health")).status, { timeout: 10_000 }).toBe(200);
}
