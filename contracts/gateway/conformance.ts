import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadJudge } from "../documented-answer.ts";
import { type Answer, createClient, DESTINATION, type GatewayClient, type RunningGateway } from "./gateway-client.ts";

/** A gateway that is to be held against its document. */
export interface GatewaySubject {
	readonly name: string;
	/** Starts one with a fresh storage. It keeps what the document promises, so its PUT replaces. */
	start(): Promise<RunningGateway>;
}

const DOCUMENT = "spec/gateway/openapi.yaml";
const ERROR = { success: false, error: expect.any(String) };
const [A, B, C] = ["527121102", "747713001", "35550123"] as const;
/** B without its last digit: a valid number of its own. */
const B_PREFIX = "74771300";

/**
 * What spec/gateway/openapi.yaml promises, operation by operation, as tests over HTTP. It is written by hand and
 * knows nothing of how a subject works, so the reference and the mock can both be held against it.
 *
 * @example describeGateway({ name: "reference", start: async () => ({ ...(await startGateway()), adminKey }) })
 */
export function describeGateway({ name, start }: GatewaySubject): void {
	describe(name, () => {
		let gateway: RunningGateway;
		let api: GatewayClient;
		beforeAll(async () => {
			gateway = await start();
			api = createClient(gateway, await loadJudge(DOCUMENT));
		});
		afterAll(() => gateway.close());

		const subject: Subject = { api: () => api, adminKey: () => gateway.adminKey };
		describe("upsertApp", () => testUpsert(subject));
		describe("upsertApp, by value", () => testUpsertValues(subject));
		describe("getApp", () => testGet(subject));
		describe("deleteApp", () => testDelete(subject));
		describe("replaceCids", () => testReplaceCids(subject));
		describe("listCids", () => testListCids(subject));
		describe("removeCid", () => testRemoveCid(subject));
		describe("the operators' operations", () => testOperations(subject));
		describe("the admin key", () => testAdminKey(subject));
		describe("dial", () => testDial(subject));
		describe("the rate limit", () => testRateLimit(subject));
	});
}

/** Made before the gateway runs; asked when it does. */
interface Subject {
	api(): GatewayClient;
	adminKey(): string;
}

let serial = 0;

/** An app id that no other test uses. */
function newApp(): string {
	serial += 1;
	return `conformance-${serial}`;
}

/** A key that no other app has. */
function newKey(): string {
	serial += 1;
	return `key_conformance_${String(serial).padStart(8, "0")}`;
}

/** An app that can dial from A. */
async function dialingApp(api: GatewayClient, config: object = {}): Promise<{ app: string; key: string }> {
	const app = newApp();
	const key = newKey();
	await api.upsert(app, { api_key: key, ...config });
	await api.replaceCids(app, [A]);
	return { app, key };
}

function sorted({ body }: Answer): readonly string[] {
	return [...(body as readonly string[])].sort();
}

function testUpsert({ api }: Subject): void {
	test("creates an app with every field", async () => {
		const app = newApp();
		const config = {
			webhook_url: "https://hooks.example.com/gateway",
			api_key: newKey(),
			rate_limit: 200,
			events: ["call.answered", "call.ended"],
		};
		const { webhook_url, rate_limit } = config;
		expect(await api().upsert(app, config)).toMatchObject({
			status: 200,
			body: { success: true, app_id: app, webhook_url, rate_limit },
		});
		expect((await api().get(app)).body).toEqual({ success: true, app_id: app, ...config });
	});

	test("returns what it leaves out to its default", async () => {
		const app = newApp();
		await api().upsert(app, {
			webhook_url: "https://hooks.example.com/",
			api_key: newKey(),
			rate_limit: 7,
			events: ["call.ended"],
		});
		await api().upsert(app, {});
		const defaults = { success: true, app_id: app, webhook_url: "", rate_limit: 0, events: [] };
		expect((await api().get(app)).body).toEqual(defaults);
	});

	test("leaves the allow-list as it is", async () => {
		const app = newApp();
		await api().upsert(app);
		await api().replaceCids(app, [A, B]);
		await api().upsert(app, { rate_limit: 7 });
		expect(sorted(await api().listCids(app))).toEqual([A, B]);
	});

	test("puts a new key in the place of the old one", async () => {
		const { app, key } = await dialingApp(api());
		const next = newKey();
		await api().upsert(app, { api_key: next });
		expect((await api().dial(key, A)).status).toBe(401);
		expect((await api().dial(next, A)).status).toBe(202);
	});

	test("without a key takes the old one away", async () => {
		const { app, key } = await dialingApp(api());
		await api().upsert(app, {});
		expect((await api().dial(key, A)).status).toBe(401);
	});

	test("may repeat the key of the app itself", async () => {
		const { app, key } = await dialingApp(api());
		expect((await api().upsert(app, { api_key: key, rate_limit: 7 })).status).toBe(200);
		expect((await api().dial(key, A)).status).toBe(202);
	});

	test("refuses the key of another app, and changes nothing", async () => {
		const { key } = await dialingApp(api());
		const app = newApp();
		await api().upsert(app, { rate_limit: 7 });
		expect(await api().upsert(app, { api_key: key, rate_limit: 8 })).toMatchObject({ status: 409, body: ERROR });
		expect((await api().get(app)).body).toMatchObject({ rate_limit: 7 });
		expect((await api().dial(key, A)).status).toBe(202);
	});

	test("does not create an app when it is refused", async () => {
		const app = newApp();
		await api().upsert(app, { rate_limit: -1 });
		expect((await api().get(app)).status).toBe(404);
	});

	test("tells apart ids that differ in case only", async () => {
		await api().upsert("conformance-Case");
		expect((await api().get("conformance-case")).status).toBe(404);
	});
}

function testUpsertValues({ api }: Subject): void {
	test.each([
		["an id of one character", "x", {}],
		["an id of 64 characters", "L".repeat(64), {}],
		["an id of all kinds of characters", "aZ09_-", {}],
		["a key of 16 characters", "conformance-v1", { api_key: "!conformance_16~" }],
		["a key of 256 characters", "conformance-v2", { api_key: "k".repeat(256) }],
		["a rate limit of 0", "conformance-v3", { rate_limit: 0 }],
		["a rate limit of 10000", "conformance-v4", { rate_limit: 10_000 }],
		["an empty webhook URL", "conformance-v5", { webhook_url: "" }],
		["no events", "conformance-v6", { events: [] }],
	])("accepts %s", async (_title, app, config) => {
		expect((await api().upsert(app, config)).status).toBe(200);
		expect((await api().get(app)).body).toMatchObject(config);
	});

	test.each([
		["an id of 65 characters", "L".repeat(65), {}],
		["an id with a dot", "a.b", {}],
		["an id with a space", "a%20b", {}],
		["an id with a letter of another alphabet", "%D7%90", {}],
		["a key of 15 characters", "conformance-w", { api_key: "k".repeat(15) }],
		["an empty key", "conformance-w", { api_key: "" }],
		["a key of 257 characters", "conformance-w", { api_key: "k".repeat(257) }],
		["a key with a space", "conformance-w", { api_key: "key with a space in it" }],
		["a key beyond ASCII", "conformance-w", { api_key: "kéy_of_sixteen_or_so" }],
		["a key that is a number", "conformance-w", { api_key: 1_234_567_890_123_456 }],
		["a rate limit of -1", "conformance-w", { rate_limit: -1 }],
		["a rate limit of 10001", "conformance-w", { rate_limit: 10_001 }],
		["a fractional rate limit", "conformance-w", { rate_limit: 1.5 }],
		["a rate limit in quotes", "conformance-w", { rate_limit: "5" }],
		["a rate limit of null", "conformance-w", { rate_limit: null }],
		["a webhook over http", "conformance-w", { webhook_url: "http://hooks.example.com/" }],
		["a webhook of another scheme", "conformance-w", { webhook_url: "ftp://hooks.example.com/" }],
		["a webhook that is no URL", "conformance-w", { webhook_url: "https://hooks.example.com/a b" }],
		["a webhook that is too long", "conformance-w", { webhook_url: `https://example.com/${"a".repeat(2048)}` }],
		["an unknown event", "conformance-w", { events: ["call.lost"] }],
		["an event twice", "conformance-w", { events: ["call.ended", "call.ended"] }],
		["events that are no list", "conformance-w", { events: "call.ended" }],
		["a field that no app has", "conformance-w", { rate_limt: 5 }],
		["a list", "conformance-w", []],
		["null", "conformance-w", null],
	])("refuses %s", async (_title, app, config) => {
		expect(await api().upsert(app, config)).toMatchObject({ status: 400, body: ERROR });
	});

	test("refuses what is not JSON", async () => {
		const answer = await api().admin("POST", "/admin/apps/conformance-w", { text: '{"rate_limit":' });
		expect(answer).toMatchObject({ status: 400, body: ERROR });
	});

	test("refuses a body of another media type", async () => {
		const call = { text: "rate_limit=5", headers: { "content-type": "application/x-www-form-urlencoded" } };
		expect(await api().admin("POST", "/admin/apps/conformance-w", call)).toMatchObject({ status: 415, body: ERROR });
	});
}

function testGet({ api }: Subject): void {
	test("does not know an app that nobody made", async () => {
		expect(await api().get("conformance-nobody")).toMatchObject({ status: 404, body: ERROR });
	});

	test.each(["a.b", "a%20b", "L".repeat(65)])("refuses the id %s", async (app) => {
		expect(await api().get(app)).toMatchObject({ status: 400, body: ERROR });
	});
}

function testDelete({ api }: Subject): void {
	test("takes the app, its allow-list and its key away", async () => {
		const { app, key } = await dialingApp(api());
		expect(await api().remove(app)).toMatchObject({ status: 200, body: { success: true, app_id: app } });
		expect((await api().get(app)).status).toBe(404);
		expect((await api().listCids(app)).status).toBe(404);
		expect((await api().dial(key, A)).status).toBe(401);
	});

	test("does not know an app that is gone", async () => {
		const app = newApp();
		await api().upsert(app);
		await api().remove(app);
		expect(await api().remove(app)).toMatchObject({ status: 404, body: ERROR });
	});

	test("leaves nothing for the next app of that name", async () => {
		const { app, key } = await dialingApp(api(), { rate_limit: 1 });
		await api().dial(key, A);
		await api().remove(app);
		await api().upsert(app, { api_key: key, rate_limit: 1 });
		expect((await api().listCids(app)).body).toEqual([]);
		await api().replaceCids(app, [A]);
		expect((await api().dial(key, A)).status).toBe(202);
	});

	test("frees the key for another app", async () => {
		const { app, key } = await dialingApp(api());
		await api().remove(app);
		expect((await api().upsert(newApp(), { api_key: key })).status).toBe(200);
	});

	test("leaves other apps alone", async () => {
		const { app } = await dialingApp(api());
		const other = await dialingApp(api());
		await api().remove(app);
		expect((await api().dial(other.key, A)).status).toBe(202);
	});
}

function testReplaceCids({ api }: Subject): void {
	test("replaces the list and returns it", async () => {
		const app = newApp();
		await api().upsert(app);
		expect(sorted(await api().replaceCids(app, [A, B]))).toEqual([A, B]);
		expect(sorted(await api().replaceCids(app, [C, B]))).toEqual([C, B]);
		expect(sorted(await api().listCids(app))).toEqual([C, B]);
	});

	test("clears the list by an empty one", async () => {
		const app = newApp();
		await api().upsert(app);
		await api().replaceCids(app, [A, B]);
		expect((await api().replaceCids(app, [])).body).toEqual([]);
		expect((await api().listCids(app)).body).toEqual([]);
	});

	test("keeps the lists of two apps apart", async () => {
		const [one, other] = [newApp(), newApp()];
		await api().upsert(one);
		await api().upsert(other);
		await api().replaceCids(one, [A]);
		await api().replaceCids(other, [B]);
		expect((await api().listCids(one)).body).toEqual([A]);
	});

	test("does not know an unknown app, and does not create it", async () => {
		const app = newApp();
		expect(await api().replaceCids(app, [A])).toMatchObject({ status: 404, body: ERROR });
		expect((await api().get(app)).status).toBe(404);
	});

	test("takes 1000 numbers", async () => {
		const app = newApp();
		await api().upsert(app);
		const numbers = Array.from({ length: 1000 }, (_, index) => String(527_000_000 + index));
		expect(sorted(await api().replaceCids(app, numbers))).toEqual(numbers);
		const oneMore = await api().replaceCids(app, [...numbers, A]);
		expect(oneMore).toMatchObject({ status: 400, body: ERROR });
	});

	test.each([
		["an object", {}],
		["a string", A],
		["null", null],
		["a number without quotes", [527_121_102]],
		["a number with its leading zero", ["0527121102"]],
		["a number that is too short", ["5271211"]],
		["a number that is too long", ["5271211020"]],
		["a number with letters", ["52712110a"]],
		["an empty number", [""]],
		["a number twice", [C, C]],
		["a wrong number after a right one", [C, "x"]],
	])("refuses %s, and changes nothing", async (_title, body) => {
		const app = newApp();
		await api().upsert(app);
		await api().replaceCids(app, [A, B]);
		expect(await api().replaceCids(app, body)).toMatchObject({ status: 400, body: ERROR });
		expect(sorted(await api().listCids(app))).toEqual([A, B]);
	});
}

function testListCids({ api }: Subject): void {
	test("is empty for a new app", async () => {
		const app = newApp();
		await api().upsert(app);
		expect(await api().listCids(app)).toMatchObject({ status: 200, body: [] });
	});

	test("does not know an unknown app", async () => {
		expect(await api().listCids(newApp())).toMatchObject({ status: 404, body: ERROR });
	});
}

function testRemoveCid({ api }: Subject): void {
	test("removes one number and leaves the others", async () => {
		const app = newApp();
		await api().upsert(app);
		await api().replaceCids(app, [A, B, B_PREFIX]);
		expect(await api().removeCid(app, B_PREFIX)).toMatchObject({ status: 200, body: { success: true } });
		expect(sorted(await api().listCids(app))).toEqual([A, B]);
	});

	test("does not know a number that is not on the list", async () => {
		const app = newApp();
		await api().upsert(app);
		await api().replaceCids(app, [B]);
		expect(await api().removeCid(app, A)).toMatchObject({ status: 404, body: ERROR });
		expect(await api().removeCid(app, B_PREFIX)).toMatchObject({ status: 404, body: ERROR });
		expect((await api().listCids(app)).body).toEqual([B]);
	});

	test("does not know an unknown app", async () => {
		expect(await api().removeCid(newApp(), A)).toMatchObject({ status: 404, body: ERROR });
	});

	test("refuses what is no number", async () => {
		const app = newApp();
		await api().upsert(app);
		expect(await api().removeCid(app, "abc")).toMatchObject({ status: 400, body: ERROR });
	});
}

function testOperations({ api }: Subject): void {
	test("health tells the state and the time", async () => {
		expect(await api().admin("GET", "/admin/health")).toMatchObject({ status: 200, body: { status: "ok" } });
	});

	test("recent errors are counted", async () => {
		const { status, body } = await api().admin("GET", "/admin/recent-errors");
		const { total, errors } = body as { total: number; errors: readonly unknown[] };
		expect({ status, total }).toEqual({ status: 200, total: errors.length });
	});

	test("metrics are open to everyone", async () => {
		expect((await api().send("GET", "/metrics")).status).toBe(200);
	});
}

function testAdminKey({ api, adminKey }: Subject): void {
	const app = newApp();
	const operations = [
		["POST", `/admin/apps/${app}`, {}],
		["GET", `/admin/apps/${app}`, undefined],
		["DELETE", `/admin/apps/${app}`, undefined],
		["PUT", `/admin/apps/${app}/cids`, [B]],
		["GET", `/admin/apps/${app}/cids`, undefined],
		["DELETE", `/admin/apps/${app}/cids/${A}`, undefined],
		["GET", "/admin/health", undefined],
		["GET", "/admin/recent-errors", undefined],
	] as const;

	test.each(operations)("is needed for %s %s", async (method, path, body) => {
		const wrongs = ["", "x", adminKey().slice(0, -1), `${adminKey()}x`, adminKey().toUpperCase(), "y".repeat(5000)];
		for (const headers of [{}, ...wrongs.map((wrong) => ({ "x-admin-api-key": wrong }))]) {
			expect(await api().send(method, path, { body, headers })).toMatchObject({ status: 401, body: ERROR });
		}
	});

	test("keeps everything as it is when it is wrong", async () => {
		await api().upsert(app, { rate_limit: 7 });
		await api().replaceCids(app, [A]);
		for (const [method, path, body] of operations) await api().send(method, path, { body });
		expect((await api().get(app)).body).toMatchObject({ rate_limit: 7 });
		expect((await api().listCids(app)).body).toEqual([A]);
	});

	test("is not the key of an app, nor the other way round", async () => {
		const { key } = await dialingApp(api());
		const headers = { "x-admin-api-key": key };
		expect((await api().send("GET", "/admin/health", { headers })).status).toBe(401);
		expect((await api().dial(adminKey(), A)).status).toBe(401);
	});
}

function testDial({ api }: Subject): void {
	test("places a call of the app whose key is sent, each with its own id", async () => {
		const { app, key } = await dialingApp(api());
		const calls = [await api().dial(key, A), await api().dial(key, A)];
		for (const call of calls) expect(call).toMatchObject({ status: 202, body: { success: true, app_id: app } });
		expect(new Set(calls.map(({ body }) => (body as { call_id: string }).call_id)).size).toBe(2);
	});

	test("refuses a missing and a wrong key", async () => {
		const { key } = await dialingApp(api());
		const body = { from: A, to: DESTINATION };
		for (const headers of [{}, { "x-api-key": "" }, { "x-api-key": key.slice(0, -1) }, { "x-api-key": `${key}x` }]) {
			expect(await api().send("POST", "/api/v1/dial", { body, headers })).toMatchObject({ status: 401, body: ERROR });
		}
	});

	test("refuses a number that is not on the allow-list of this app", async () => {
		const { app, key } = await dialingApp(api());
		const other = await dialingApp(api());
		await api().replaceCids(other.app, [B]);
		expect(await api().dial(key, B)).toMatchObject({ status: 403, body: ERROR });
		await api().replaceCids(app, [B_PREFIX]);
		expect((await api().dial(key, B)).status).toBe(403);
		await api().replaceCids(app, [B]);
		expect((await api().dial(key, B_PREFIX)).status).toBe(403);
		expect((await api().dial(key, B)).status).toBe(202);
	});

	test("refuses a number that was removed", async () => {
		const { app, key } = await dialingApp(api());
		await api().removeCid(app, A);
		expect((await api().dial(key, A)).status).toBe(403);
	});

	test.each([
		["no from", { to: DESTINATION }],
		["no to", { from: A }],
		["a wrong from", { from: "0527121102", to: DESTINATION }],
		["a wrong to", { from: A, to: "+97235550199" }],
		["a from that is a number", { from: 527_121_102, to: DESTINATION }],
		["a field too many", { from: A, to: DESTINATION, via: A }],
		["a list", [A, DESTINATION]],
	])("refuses %s", async (_title, body) => {
		const { key } = await dialingApp(api());
		const headers = { "x-api-key": key };
		expect(await api().send("POST", "/api/v1/dial", { body, headers })).toMatchObject({ status: 400, body: ERROR });
	});
}

function testRateLimit({ api }: Subject): void {
	const statuses = async (key: string, count: number): Promise<readonly number[]> => {
		const seen: number[] = [];
		for (let index = 0; index < count; index += 1) seen.push((await api().dial(key, A)).status);
		return seen;
	};

	test("lets through as many requests as it says, then tells when to come back", async () => {
		const { key } = await dialingApp(api(), { rate_limit: 3 });
		expect(await statuses(key, 4)).toEqual([202, 202, 202, 429]);
		const limited = await api().dial(key, A);
		expect(limited).toMatchObject({ status: 429, body: ERROR });
		const retryAfter = Number(limited.headers.get("retry-after"));
		expect(retryAfter).toBeGreaterThanOrEqual(1);
		expect(retryAfter).toBeLessThanOrEqual(60);
	});

	test("counts each app by itself", async () => {
		const one = await dialingApp(api(), { rate_limit: 1 });
		const other = await dialingApp(api(), { rate_limit: 1 });
		expect(await statuses(one.key, 2)).toEqual([202, 429]);
		expect(await statuses(other.key, 1)).toEqual([202]);
	});

	test("counts a request that is refused for its number", async () => {
		const { key } = await dialingApp(api(), { rate_limit: 2 });
		await api().dial(key, B);
		expect(await statuses(key, 2)).toEqual([202, 429]);
	});

	test("of 0 means 100", async () => {
		const { key } = await dialingApp(api(), { rate_limit: 0 });
		const seen = await statuses(key, 101);
		expect(seen.slice(0, 100).every((status) => status === 202)).toBe(true);
		expect(seen.at(-1)).toBe(429);
	});

	test("takes effect at once when it changes", async () => {
		const { app, key } = await dialingApp(api(), { rate_limit: 2 });
		expect(await statuses(key, 2)).toEqual([202, 202]);
		await api().upsert(app, { api_key: key, rate_limit: 3 });
		expect(await statuses(key, 2)).toEqual([202, 429]);
		await api().upsert(app, { api_key: key, rate_limit: 1 });
		expect(await statuses(key, 1)).toEqual([429]);
	});
}
