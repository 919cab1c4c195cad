import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { missingRedis, spawnRedis } from "../process/spawn-redis.ts";
import { addressList } from "./address-list.ts";
import { type IntegraOptions, type RunningIntegra, startIntegra } from "./start.ts";

const ADMIN_KEY = "admin-key-of-these-tests";
const DAY_MS = 86_400_000;
const CLIENTS = 16;

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0).toReversed()) await close();
});

async function start(options: IntegraOptions = {}): Promise<RunningIntegra> {
	const running = await startIntegra({ adminKey: ADMIN_KEY, ...options });
	closing.push(running.close);
	return running;
}

interface Called {
	readonly status: number;
	readonly headers: Headers;
	readonly body: Readonly<Record<string, unknown>>;
}

async function call(
	{ url }: RunningIntegra,
	path: string,
	{ key = ADMIN_KEY, body }: { readonly key?: string; readonly body?: unknown } = {},
): Promise<Called> {
	const response = await fetch(`${url}/admin/v1${path}`, {
		headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { "content-type": "application/json" }) },
		...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
	});
	return { status: response.status, headers: response.headers, body: (await response.json()) as Called["body"] };
}

async function newKey(running: RunningIntegra, scopes = ["admin:users", "admin:orgs", "admin:keys"]): Promise<string> {
	const made = await call(running, "/api-keys", { body: { organization_id: "org_123", name: "Key", scopes } });
	return String(made.body.key);
}

/** So many calls by 16 clients at once, each calling one server after the other; gives how many had each status. */
async function callByMany(
	servers: readonly RunningIntegra[],
	count: number,
	how: { readonly key: string; readonly path?: string; readonly body?: () => unknown },
): Promise<Readonly<Record<number, number>>> {
	const counts: Record<number, number> = {};
	let left = count;
	const client = async (): Promise<void> => {
		while (left > 0) {
			left -= 1;
			const server = servers[left % servers.length] as RunningIntegra;
			const { path = "/users?per_page=1", body } = how;
			const { status } = await call(server, path, { key: how.key, ...(body === undefined ? {} : { body: body() }) });
			counts[status] = (counts[status] ?? 0) + 1;
		}
	};
	await Promise.all(Array.from({ length: CLIENTS }, client));
	return counts;
}

describe("the limit of 500 a minute", () => {
	test("lets request 500 pass and not 501, whoever of 16 clients sends it, for each key by itself", async () => {
		const integra = await start();
		const [key, other] = [await newKey(integra), await newKey(integra)];
		expect(await callByMany([integra], 520, { key })).toEqual({ 200: 500, 429: 20 });
		expect((await call(integra, "/users", { key: other })).headers.get("x-ratelimit-remaining")).toBe("499");
	});

	test("counts refused requests, but not those above it, and begins anew a minute after the first", async () => {
		let now = Date.parse("2026-01-15T10:00:00.000Z");
		const integra = await start({ rateLimit: 3, operatorRateLimit: 100, clock: () => now });
		const key = await newKey(integra, ["admin:users"]);
		expect((await call(integra, "/users", { key })).headers.get("x-ratelimit-reset")).toBe("60");
		now += 20_500;
		expect((await call(integra, "/config", { key })).status).toBe(403);
		expect((await call(integra, "/users/user_nobody", { key })).headers.get("x-ratelimit-remaining")).toBe("0");
		const refused = await call(integra, "/users", { key });
		expect(refused).toMatchObject({ status: 429, body: { error: { code: "rate_limited" } } });
		expect(["retry-after", "x-ratelimit-limit", "x-ratelimit-remaining"].map((n) => refused.headers.get(n))).toEqual([
			"40",
			"3",
			"0",
		]);
		now += 39_499;
		expect((await call(integra, "/users", { key })).headers.get("retry-after")).toBe("1");
		now += 1;
		expect((await call(integra, "/users", { key })).headers.get("x-ratelimit-remaining")).toBe("2");
	});

	test("has a batch count as a request and as a batch, and refused by either as none", async () => {
		const integra = await start({ rateLimit: 3, batchRateLimit: 1, operatorRateLimit: 100 });
		const key = await newKey(integra);
		const batch = (name: string): Promise<Called> =>
			call(integra, "/batch/create-users", { key, body: { users: [{ email: `${name}@example.com`, name }] } });
		expect((await batch("a")).headers.get("x-ratelimit-limit")).toBe("1");
		expect((await batch("b")).status).toBe(429);
		expect((await call(integra, "/users", { key })).headers.get("x-ratelimit-remaining")).toBe("1");
		expect((await call(integra, "/users", { key })).status).toBe(200);
		expect((await call(integra, "/users", { key })).status).toBe(429);
	});

	test("lets 100 batches a minute pass", async () => {
		const integra = await start();
		const key = await newKey(integra);
		let serial = 0;
		const body = (): unknown => ({ users: [{ email: `batch${serial++}@example.com`, name: "Batch" }] });
		expect(await callByMany([integra], 110, { key, path: "/batch/create-users", body })).toEqual({ 201: 100, 429: 10 });
	});
});

const missing = missingRedis();
if (missing !== undefined) console.warn(`skipped: the limit in Redis, because ${missing}`);

describe.skipIf(missing !== undefined)("the limit in Redis", () => {
	test("is one for two servers: request 500 passes and 501 does not", async () => {
		const redis = await spawnRedis();
		closing.push(redis.dispose);
		const folder = await mkdtemp(join(tmpdir(), "integra-"));
		closing.push(() => rm(folder, { recursive: true }));
		const shared = { redisUrl: redis.url, databaseFile: join(folder, "integra.db") };
		const servers = [await start(shared), await start(shared)];
		const key = await newKey(servers[0] as RunningIntegra);
		expect(await callByMany(servers, 520, { key })).toEqual({ 200: 500, 429: 20 });
		const { headers } = await call(servers[1] as RunningIntegra, "/users", { key });
		expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
		expect(Number(headers.get("retry-after"))).toBeLessThanOrEqual(60);
	});

	test("is out of the way while Redis is", async () => {
		const redis = await spawnRedis();
		closing.push(redis.dispose);
		const integra = await start({ redisUrl: redis.url, rateLimit: 2, operatorRateLimit: 100 });
		const key = await newKey(integra);
		expect(await callByMany([integra], 4, { key })).toEqual({ 200: 2, 429: 2 });
		await redis.kill();
		expect(await callByMany([integra], 4, { key })).toEqual({ 200: 4 });
	});
});

describe("usage", () => {
	test("counts within its period, both ends included", async () => {
		let now = Date.parse("2026-01-15T10:00:00.000Z");
		const integra = await start({ clock: () => now });
		const key = await newKey(integra);
		await call(integra, "/users", { key });
		const first = now;
		const used = async (period: string): Promise<unknown> =>
			(await call(integra, `/analytics/usage?org_id=org_123&period=${period}`)).body.requests;
		expect(await used("24h")).toBe(1);
		now = first + DAY_MS;
		expect(await used("24h")).toBe(1);
		now += 1;
		expect([await used("24h"), await used("7d")]).toEqual([0, 1]);
		await call(integra, "/users", { key });
		const { body } = await call(integra, "/analytics/usage?org_id=org_123");
		expect(body).toMatchObject({
			period: "30d",
			requests: 2,
			by_day: [
				{ date: "2026-01-15", requests: 1 },
				{ date: "2026-01-16", requests: 1 },
			],
		});
	});
});

describe("addresses", () => {
	test("from which calls may come are told apart before anything is counted", async () => {
		const closed = await start({ allowedAddresses: ["192.0.2.0/24"] });
		const refused = await call(closed, "/users");
		expect(refused).toMatchObject({ status: 403, body: { error: { code: "forbidden" } } });
		expect(refused.headers.has("x-ratelimit-remaining")).toBe(false);
		const open = await start({ allowedAddresses: ["192.0.2.0/24", "127.0.0.1"] });
		expect((await call(open, "/users")).status).toBe(200);
	});

	test.each([
		["192.0.2.7", true],
		["::ffff:192.0.2.7", true],
		["192.0.3.7", false],
		["2001:db8::1", true],
		["2001:db9::1", false],
		["198.51.100.1", true],
		["", false],
	])("%j is on the list: %j", (address, expected) => {
		expect(addressList(["192.0.2.0/24", "2001:db8::/32", "198.51.100.1"])(address)).toBe(expected);
	});
});

describe("what is kept", () => {
	test("is there after a restart, with its keys and its log", async () => {
		const folder = await mkdtemp(join(tmpdir(), "integra-"));
		closing.push(() => rm(folder, { recursive: true }));
		const databaseFile = join(folder, "integra.db");
		const before = await start({ databaseFile });
		const key = await newKey(before);
		await before.close();
		const after = await start({ databaseFile });
		expect((await call(after, "/users", { key })).status).toBe(200);
		expect((await call(after, "/audit-logs")).body).toMatchObject({
			data: [{ action: "listUsers" }, { action: "createApiKey" }],
			total: 2,
		});
		expect((await call(after, "/organizations")).body).toMatchObject({ total: 1 });
	});

	test("is a log of every call below /admin/v1, whatever it names", async () => {
		const integra = await start();
		for (const path of ["/nowhere", "/users/%", "/users?page=0"]) await call(integra, path);
		await fetch(`${integra.url}/admin/v1/users`, { method: "PUT" });
		await fetch(`${integra.url}/elsewhere`);
		const { data } = (await call(integra, "/audit-logs")).body as { data: readonly Record<string, unknown>[] };
		expect(data.map(({ action, status }) => [action, status])).toEqual([
			["unknown", 405],
			["listUsers", 400],
			["unknown", 404],
			["unknown", 404],
		]);
	});
});
