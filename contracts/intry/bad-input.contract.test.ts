import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../src/reference/database/database.ts";
import { openSampleDatabase } from "../../src/reference/database/sample-database.ts";
import { KINDS } from "../../src/reference/intry/core/kinds.ts";
import { type JudgeAnswer, loadJudge } from "../documented-answer.ts";
import { DEVICE, made, SAMPLES } from "./conformance/made.ts";
import { createClient, type IntryClient, type RunningIntry } from "./intry-client.ts";
import { KEYS, startReference } from "./start-reference.ts";

const AUTHORIZED = { authorization: `Bearer ${KEYS.adminKey}`, "x-admin-env": "PROD" };
const JSON_TYPE = { "content-type": "application/json" };

let database: Database;
let running: RunningIntry;
let judge: JudgeAnswer;
let api: IntryClient;
beforeAll(async () => {
	database = await openSampleDatabase();
	running = await startReference({}, database);
	judge = await loadJudge("spec/intry/admin.yaml");
	api = createClient(running, judge);
}, 120_000);
afterAll(async () => {
	await running?.close();
	await database?.close();
});

const BODIES: Readonly<Record<string, string>> = {
	"half a JSON": '{"name":',
	"no JSON": "name=x",
	nothing: "",
	"a byte order mark and more": "\ufeff{}x",
	"a list": "[]",
	null: "null",
	"a number": "7",
	"a text": '"x"',
	"every field of another type":
		'{"name":{},"label":[],"role":1,"email":true,"kind":0,"status":{},"city":[],"notes":{},"unit_id":[],"floor":"1"}',
	"a prototype": '{"__proto__":{"admin":true},"name":"x"}',
	"a deep nest": `${"[".repeat(20_000)}${"]".repeat(20_000)}`,
	"text that no database keeps":
		'{"name":"a\\u0000b","label":"\\u0000","email":"\\u0000@example.com","notes":"\\u0000"}',
	"half a character": '{"name":"\\ud800","label":"\\ud800","notes":"\\ud800"}',
	"a number beyond all": '{"name":"x","floor":1e999,"duration_seconds":1e999}',
	"an unknown field": '{"name":"x","label":"x","notes":"x","bogus":1}',
};

const IDS: Readonly<Record<string, string>> = {
	"well formed": "00000000-0000-4000-8000-00000000dead",
	"a word": "latest",
	"a number": "1",
	"beyond all numbers": "9".repeat(400),
	SQL: encodeURIComponent("' or '1'='1"),
	"more SQL": encodeURIComponent("'; drop table users; --"),
	"a wildcard": "%25",
	"a NUL": "%00",
	"a line break": "%0d%0aset-cookie:%20x=1",
	"a path": "..%2f..%2fetc%2fpasswd",
	"half a character": "%ED%A0%80",
	"beyond ASCII": encodeURIComponent("東京🦑"),
	"a percent alone": "%",
	long: "x".repeat(8000),
};

interface Answer {
	readonly status: number;
	readonly text: string;
}

async function send(method: string, path: string, init: RequestInit = {}): Promise<Answer> {
	const answer = await fetch(running.url + path, { method, ...init });
	const text = await answer.text();
	const isJson = answer.headers.get("content-type")?.startsWith("application/json") === true;
	const body = isJson ? JSON.parse(text) : text;
	const place = path.split("?", 1)[0] ?? path;
	const problems = judge({ method, path: place, status: answer.status, headers: answer.headers, body });
	expect(problems, `${method} ${path.slice(0, 200)}: ${answer.status} ${text.slice(0, 200)}`).toEqual([]);
	return { status: answer.status, text };
}

/** A refusal says what is wrong and tells nothing of the inside. */
function expectRefused({ status, text }: Answer, title: string): void {
	expect(status, `${title}: ${text}`).toBeGreaterThanOrEqual(400);
	expect(status, `${title}: ${text}`).toBeLessThan(500);
	expect(JSON.parse(text)).toMatchObject({ message: expect.stringMatching(/^.{3,200}$/s) });
	expect(text).not.toMatch(/postgres|syntax error|select |\.ts:|node_modules|stack/i);
}

/** All that is kept in PROD. */
async function everything(): Promise<string> {
	const rows = await Promise.all(
		KINDS.map(({ plural }) => database.query(`select * from intry_prod.${plural} order by serial`)),
	);
	return JSON.stringify(rows);
}

describe("bad input is refused with a clear message, and nothing of it is written", () => {
	test.each(SAMPLES)("bodies of $plural", async (sample) => {
		const { id } = await made(api, sample);
		const before = await everything();
		for (const [method, path] of [
			["POST", `/api/admin/${sample.plural}`],
			["PATCH", `/api/admin/${sample.plural}/${id}`],
		] as const) {
			for (const [title, body] of Object.entries(BODIES)) {
				const answer = await send(method, path, { headers: { ...AUTHORIZED, ...JSON_TYPE }, body });
				expect(answer.status, `${title}: ${answer.text}`).toBe(422);
				expectRefused(answer, title);
			}
			const headers = { ...AUTHORIZED, "content-type": "text/plain" };
			expect((await send(method, path, { headers, body: "{}" })).status).toBe(415);
		}
		expect(await everything()).toBe(before);
	});

	test.each(["announced", "streamed"])("10 MB, %s", async (way) => {
		const before = await everything();
		const large = JSON.stringify({ name: "x".repeat(10_000_000) });
		const headers = { ...AUTHORIZED, ...JSON_TYPE };
		const streamed = { headers, body: new Blob([large]).stream(), duplex: "half" } as RequestInit;
		const answer = await send("POST", "/api/admin/tenants", way === "announced" ? { headers, body: large } : streamed);
		expect(answer.status).toBe(413);
		expectRefused(answer, way);
		expect(await everything()).toBe(before);
	});

	test.each(SAMPLES)("ids of $plural", async ({ plural, patch }) => {
		const before = await everything();
		for (const [title, id] of Object.entries(IDS)) {
			const path = `/api/admin/${plural}/${id}`;
			const body = JSON.stringify(patch);
			const answers = [
				await send("GET", path, { headers: AUTHORIZED }),
				await send("DELETE", path, { headers: AUTHORIZED }),
				await send("PATCH", path, { headers: { ...AUTHORIZED, ...JSON_TYPE }, body }),
			];
			for (const answer of answers) {
				expect(answer.status, `${title}: ${answer.text}`).toBe(404);
				expectRefused(answer, title);
			}
		}
		expect(await everything()).toBe(before);
	});

	test.each([
		"units?limit='",
		"units?limit=1;drop table units",
		"units?limit=1e1",
		"units?limit=%00",
		"units?offset=99999999999999999999",
		"units?limit=1&limit=2",
		"units?limt=1",
		"units?floor=1.5",
		"units?property_id=%27%20or%20%271%27=%271",
		"properties?city=",
		"properties?city=%00",
		`properties?city=${"x".repeat(101)}`,
		"calls?started_from=2026-02-30T00:00:00Z",
		"calls?started_from=0000-01-01T00:00:00Z",
		"analytics?from=0000-01-01",
		"analytics?from=2026-02-30",
		"analytics?until=2000-01-02",
		"stats?x=1",
	])("the query %s", async (query) => {
		const answer = await send("GET", `/api/admin/${query}`, { headers: AUTHORIZED });
		expect(answer.status, answer.text).toBe(422);
		expectRefused(answer, query);
	});

	test("times with every offset are served", async () => {
		for (const offset of ["Z", "%2B23:59", "-23:59"]) {
			const query = `calls?started_from=2000-01-01T00:00:00${offset}`;
			expect((await send("GET", `/api/admin/${query}`, { headers: AUTHORIZED })).status).toBe(200);
		}
	});

	test.each(["Bearer", "Bearer ", "Bearer a b", "Basic x", "bearer ' or '1'='1", `Bearer ${"x".repeat(4000)}`])(
		"the authorization %j",
		async (authorization) => {
			const headers = { "x-admin-env": "PROD", authorization };
			const answer = await send("GET", "/api/admin/users", { headers });
			expect(answer.status).toBe(401);
			expectRefused(answer, authorization);
		},
	);

	test.each(["NOWHERE", "prod", "PROD, STAGING", "../PROD", "x".repeat(4000)])("the environment %j", async (env) => {
		const answer = await send("GET", "/api/admin/stats", { headers: { ...AUTHORIZED, "x-admin-env": env } });
		expect(answer.status).toBe(422);
		expectRefused(answer, env);
	});

	test("what looks like SQL is text and nothing else", async () => {
		const name = "x'); drop table intry_prod.users; --";
		const { id } = await made(api, DEVICE, { name });
		expect((await api.get(`devices/${id}`)).body).toMatchObject({ device: { name } });
	});
});
