import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SEED_IDS } from "../../src/reference/control-plane/seed/seed.ts";
import { startControlPlane } from "../../src/reference/control-plane/start.ts";
import type { Database } from "../../src/reference/database/database.ts";
import { openSampleDatabase } from "../../src/reference/database/sample-database.ts";
import type { RunningServer } from "../../src/reference/process/run-server.ts";
import { type JudgeAnswer, loadJudge } from "../documented-answer.ts";

const TOKEN = "admin-token-of-bad-input";
const AUTHORIZED = { authorization: `Bearer ${TOKEN}` };

let database: Database;
let running: RunningServer;
let judge: JudgeAnswer;
beforeAll(async () => {
	database = await openSampleDatabase();
	running = await startControlPlane({ adminToken: TOKEN, database });
	judge = await loadJudge("spec/control-plane/openapi.yaml");
}, 120_000);
afterAll(async () => {
	await running?.close();
	await database?.close();
});

/** Every operation that takes a body, on something that is there. */
const WRITES = [
	["POST", "/v1/admin/projects"],
	["PATCH", `/v1/admin/projects/${SEED_IDS.project}`],
	["POST", `/v1/admin/projects/${SEED_IDS.project}/api-keys`],
	["PATCH", `/v1/admin/users/${SEED_IDS.member}`],
	["POST", "/v1/admin/organizations"],
	["PATCH", `/v1/admin/organizations/${SEED_IDS.organization}`],
	["POST", `/v1/admin/organizations/${SEED_IDS.organization}/members`],
	["PATCH", `/v1/admin/organizations/${SEED_IDS.organization}/members/${SEED_IDS.member}`],
	["POST", `/v1/admin/organizations/${SEED_IDS.organization}/invitations`],
	["POST", "/v1/admin/webhooks"],
	["POST", "/v1/invitations/accept"],
] as const;

const ORGANIZATION = `/v1/admin/organizations/${SEED_IDS.organization}`;
const NAMED_ANEW = '{"name":"x"}';
const ROLE = '{"role":"admin"}';

/** Every operation that names something, with a place for the id in each of its names, and a good body. */
const NAMED = [
	["GET", "/v1/admin/projects/{}"],
	["PATCH", "/v1/admin/projects/{}", NAMED_ANEW],
	["POST", "/v1/admin/projects/{}/api-keys", NAMED_ANEW],
	["GET", "/v1/admin/projects/{}/api-keys"],
	["DELETE", `/v1/admin/projects/${SEED_IDS.project}/api-keys/{}`],
	["DELETE", `/v1/admin/projects/{}/api-keys/${SEED_IDS.project}`],
	["GET", "/v1/admin/projects/{}/signing-keys"],
	["POST", "/v1/admin/projects/{}/signing-keys/rotate"],
	["GET", "/v1/admin/users/{}"],
	["PATCH", "/v1/admin/users/{}", '{"status":"active"}'],
	["DELETE", "/v1/admin/users/{}"],
	["GET", "/v1/admin/organizations/{}"],
	["PATCH", "/v1/admin/organizations/{}", NAMED_ANEW],
	["DELETE", "/v1/admin/organizations/{}"],
	["GET", "/v1/admin/organizations/{}/members"],
	["POST", "/v1/admin/organizations/{}/members", `{"user_id":"${SEED_IDS.member}"}`],
	["PATCH", `${ORGANIZATION}/members/{}`, ROLE],
	["PATCH", `/v1/admin/organizations/{}/members/${SEED_IDS.member}`, ROLE],
	["DELETE", `${ORGANIZATION}/members/{}`],
	["DELETE", `/v1/admin/organizations/{}/members/${SEED_IDS.member}`],
	["GET", "/v1/admin/organizations/{}/invitations"],
	["POST", "/v1/admin/organizations/{}/invitations", '{"email":"new@example.com"}'],
	["DELETE", `${ORGANIZATION}/invitations/{}`],
	["GET", "/v1/admin/webhooks/{}/deliveries"],
	["POST", "/v1/admin/webhooks/{}/test"],
	["GET", "/v1/jwks/{}"],
] as const;

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
		'{"name":{},"slug":[],"role":1,"email":true,"url":0,"events":{},"status":[],"token":{},"user_id":[]}',
	"a prototype": '{"__proto__":{"admin":true},"name":"x"}',
	"a deep nest": `${"[".repeat(20_000)}${"]".repeat(20_000)}`,
	"text that no database keeps":
		'{"name":"a\\u0000b","slug":"\\ud800","email":"\\u0000@example.com","token":"\\u0000"}',
	"a number beyond all": '{"name":"x","metadata":{"n":1e999},"expires_in_days":1e999}',
	"an unknown field":
		'{"name":"x","slug":"x","role":"member","token":"x","user_id":"x","email":"x@example.com","bogus":1}',
};

const IDS: Readonly<Record<string, string>> = {
	"well formed": "00000000-0000-4000-8000-00000000dead",
	"in capitals": SEED_IDS.project.toUpperCase(),
	"with one character more": `${SEED_IDS.project}0`,
	"a word": "latest",
	"a number": "1",
	negative: "-1",
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
function expectRefused({ status, text }: Answer): void {
	expect(status).toBeGreaterThanOrEqual(400);
	expect(status).toBeLessThan(500);
	expect(JSON.parse(text)).toMatchObject({
		error: { code: expect.any(String), message: expect.stringMatching(/^.{3,200}$/s) },
	});
	expect(text).not.toMatch(/postgres|syntax error|select |\.ts:|node_modules|stack/i);
}

/** All that is kept, but for what changes by itself. */
async function everything(): Promise<string> {
	const tables = [
		"projects",
		"api_keys",
		"signing_keys",
		"users",
		"organizations",
		"members",
		"invitations",
		"webhooks",
		"deliveries",
		"audit_events",
	];
	const rows = await Promise.all(tables.map((table) => database.query(`select * from ${table} order by serial`)));
	return JSON.stringify(rows);
}

describe("bad input is refused with a clear message, and nothing of it is written", () => {
	test.each(WRITES)("bodies of %s %s", async (method, path) => {
		const before = await everything();
		for (const [title, body] of Object.entries(BODIES)) {
			const headers = { ...AUTHORIZED, "content-type": "application/json" };
			const answer = await send(method, path, { headers, body });
			expect(answer.status, `${title}: ${answer.text}`).toBe(400);
			expectRefused(answer);
		}
		const other = { ...AUTHORIZED, "content-type": "text/plain" };
		expect((await send(method, path, { headers: other, body: "{}" })).status).toBe(415);
		expect(await everything()).toBe(before);
	});

	test.each(WRITES)("10 MB to %s %s", async (method, path) => {
		const headers = { ...AUTHORIZED, "content-type": "application/json" };
		const body = JSON.stringify({ name: "x".repeat(10_000_000) });
		expect((await send(method, path, { headers, body })).status).toBe(413);
	});

	test.each(NAMED)("ids of %s %s", async (method, path, body?: string) => {
		const before = await everything();
		const headers = { ...AUTHORIZED, ...(body === undefined ? {} : { "content-type": "application/json" }) };
		for (const [title, id] of Object.entries(IDS)) {
			const answer = await send(method, path.replace("{}", id), { headers, ...(body === undefined ? {} : { body }) });
			expect(answer.status, `${title}: ${answer.text}`).toBe(404);
			expectRefused(answer);
		}
		expect(await everything()).toBe(before);
	});

	test.each([
		"page='",
		"page=1;drop table users",
		"limit=%00",
		"search=%00",
		"search=a%0d%0ab",
		`search=${"x".repeat(101)}`,
		"search=a&search=b",
		"search[a]=1",
	])("the query %s", async (query) => {
		const answer = await send("GET", `/v1/admin/users?${query}`, { headers: AUTHORIZED });
		// A name that nobody knows is ignored.
		if (query.startsWith("search[")) expect(answer.status).toBe(200);
		else expectRefused(answer);
	});

	test.each([
		"Bearer",
		"Bearer ",
		"Bearer a b",
		"Basic x",
		"bearer ' or '1'='1",
		`Bearer ${"x".repeat(4000)}`,
		"Bearer \u00ff",
	])("the authorization %j", async (authorization) => {
		expect((await send("GET", "/v1/admin/users", { headers: { authorization } })).status).toBe(401);
	});

	test("headers in what is stored are text and nothing else", async () => {
		const name = "x%0d%0aset-cookie: a=1";
		const headers = { ...AUTHORIZED, "content-type": "application/json" };
		const made = await fetch(`${running.url}/v1/admin/projects`, {
			method: "POST",
			headers,
			body: JSON.stringify({ name }),
		});
		expect(made.status).toBe(201);
		expect(made.headers.get("set-cookie")).toBeNull();
		expect(await made.json()).toMatchObject({ name });
	});
});
