import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SEED_ORGANIZATION } from "../../src/reference/integra/seed/seed.ts";
import { startIntegra } from "../../src/reference/integra/start.ts";
import type { RunningServer } from "../../src/reference/process/run-server.ts";
import { type JudgeAnswer, loadJudge } from "../documented-answer.ts";

const ADMIN_KEY = "admin-key-of-bad-input";
const AUTHORIZED = { authorization: `Bearer ${ADMIN_KEY}` };
const JSON_TYPE = { "content-type": "application/json" };
const BELOW = "/admin/v1";

let running: RunningServer;
let judge: JudgeAnswer;
/** Of what is there: a user who is a member, and a key. */
let user: string;
let key: string;
beforeAll(async () => {
	running = await startIntegra({ adminKey: ADMIN_KEY, operatorRateLimit: 1_000_000 });
	judge = await loadJudge("spec/integra/openapi.yaml");
	user = await made("/users", { email: "olive@example.com", name: "Olive" });
	await made(`/organizations/${SEED_ORGANIZATION}/members`, { user_id: user });
	key = await made("/api-keys", { organization_id: SEED_ORGANIZATION, name: "Key", scopes: ["admin:users"] });
});
afterAll(() => running?.close());

async function made(path: string, body: unknown): Promise<string> {
	const answer = await send("POST", path, { headers: { ...AUTHORIZED, ...JSON_TYPE }, body: JSON.stringify(body) });
	return (JSON.parse(answer.text) as { readonly id?: string }).id ?? "";
}

/** Every operation that takes a body, on something that is there. */
const WRITES: readonly (readonly [method: string, path: () => string])[] = [
	["POST", () => "/users"],
	["PATCH", () => `/users/${user}`],
	["POST", () => "/organizations"],
	["PATCH", () => `/organizations/${SEED_ORGANIZATION}`],
	["POST", () => `/organizations/${SEED_ORGANIZATION}/members`],
	["PATCH", () => `/organizations/${SEED_ORGANIZATION}/members/${user}`],
	["POST", () => "/api-keys"],
	["PATCH", () => "/config"],
	["POST", () => "/batch/create-users"],
];

/** Every operation that names something, with a place for the id, and what it is sent. */
const NAMED: readonly { readonly method: string; readonly path: string; readonly body?: string }[] = [
	{ method: "GET", path: "/users/{}" },
	{ method: "PATCH", path: "/users/{}", body: '{"name":"x"}' },
	{ method: "DELETE", path: "/users/{}" },
	{ method: "GET", path: "/organizations/{}" },
	{ method: "PATCH", path: "/organizations/{}", body: '{"name":"x"}' },
	{ method: "DELETE", path: "/organizations/{}" },
	{ method: "GET", path: "/organizations/{}/members" },
	{ method: "POST", path: "/organizations/{}/members", body: '{"user_id":"user_nobody"}' },
	{ method: "PATCH", path: `/organizations/${SEED_ORGANIZATION}/members/{}`, body: '{"role":"owner"}' },
	{ method: "DELETE", path: `/organizations/${SEED_ORGANIZATION}/members/{}` },
	{ method: "GET", path: "/api-keys/{}" },
	{ method: "DELETE", path: "/api-keys/{}" },
];

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
		'{"name":{},"email":true,"plan":1,"role":[],"status":0,"scopes":"x","user_id":[],"users":{},"sign_up":"yes"}',
	"a prototype": '{"__proto__":{"admin":true},"name":"x"}',
	"a deep nest": `${"[".repeat(20_000)}${"]".repeat(20_000)}`,
	"text in several lines": '{"name":"a\\u0000b","email":"\\u0000@example.com","role":"\\ud800"}',
	"a number beyond all": '{"session_minutes":1e999,"users":1e999,"role":1e999,"name":1e999}',
	"an unknown field": '{"name":"x","email":"x@example.com","role":"member","bogus":1}',
};

const IDS: Readonly<Record<string, string>> = {
	"well formed": "user_nobody",
	"in capitals": "ORG_123",
	"with one character more": "org_1234",
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

async function send(method: string, below: string, init: RequestInit = {}): Promise<Answer> {
	const path = BELOW + below;
	const answer = await fetch(running.url + path, { method, ...init });
	const text = await answer.text();
	const isJson = answer.headers.get("content-type")?.startsWith("application/json") === true && text !== "";
	const place = path.split("?", 1)[0] ?? path;
	const { status, headers } = answer;
	const problems = judge({ method, path: place, status, headers, body: isJson ? JSON.parse(text) : text });
	// What the router refuses has no limit to tell of.
	const told = problems.filter((problem) => !problem.startsWith("header X-RateLimit"));
	expect(told, `${method} ${path.slice(0, 200)}: ${status} ${text.slice(0, 200)}`).toEqual([]);
	return { status, text };
}

/** A refusal says what is wrong and tells nothing of the inside. */
function expectRefused({ status, text }: Answer): void {
	expect(status).toBeGreaterThanOrEqual(400);
	expect(status).toBeLessThan(500);
	expect(JSON.parse(text)).toMatchObject({
		error: { code: expect.any(String), message: expect.stringMatching(/^.{3,200}$/s) },
	});
	expect(text).not.toMatch(/sqlite|constraint|syntax error|select |\.ts:|node_modules|stack/i);
}

/** All that can be read, but for the log. */
async function everything(): Promise<string> {
	const paths = ["/users", "/organizations", "/api-keys", `/organizations/${SEED_ORGANIZATION}/members`, "/config"];
	const read = await Promise.all(paths.map((path) => send("GET", path, { headers: AUTHORIZED })));
	return read.map(({ text }) => text).join("\n");
}

describe("bad input is refused with a clear message, and nothing of it is written", () => {
	test.each(WRITES.map(([method, path], index) => [method, index, path] as const))(
		"bodies of %s (%i)",
		async (method, _index, path) => {
			const before = await everything();
			for (const [title, body] of Object.entries(BODIES)) {
				const answer = await send(method, path(), { headers: { ...AUTHORIZED, ...JSON_TYPE }, body });
				expect(answer.status, `${title}: ${answer.text}`).toBe(400);
				expectRefused(answer);
			}
			const other = { ...AUTHORIZED, "content-type": "text/plain" };
			expect((await send(method, path(), { headers: other, body: "{}" })).status).toBe(415);
			const huge = JSON.stringify({ name: "x".repeat(10_000_000) });
			expect((await send(method, path(), { headers: { ...AUTHORIZED, ...JSON_TYPE }, body: huge })).status).toBe(413);
			expect(await everything()).toBe(before);
		},
	);

	test.each(NAMED)("ids of $method $path", async ({ method, path, body }) => {
		const before = await everything();
		for (const [title, id] of Object.entries(IDS)) {
			const headers = { ...AUTHORIZED, ...(body === undefined ? {} : JSON_TYPE) };
			const answer = await send(method, path.replace("{}", id), { headers, ...(body === undefined ? {} : { body }) });
			expect(answer.status, `${title}: ${answer.text}`).toBe(404);
			expectRefused(answer);
		}
		expect(await everything()).toBe(before);
	});

	test.each([
		"/users?page='",
		"/users?page=1;drop table users",
		"/users?per_page=%00",
		"/users?email=%00",
		"/users?email=a%0d%0ab",
		`/users?email=${"x".repeat(255)}`,
		"/users?email=a&email=b",
		"/users?status=' or 1=1",
		"/api-keys?org_id=%25",
		"/api-keys?org_id=org_1' or '1'='1",
		"/analytics/usage?org_id=org_123&period=30",
		"/analytics/usage?org_id=org_123&org_id=org_124",
		"/audit-logs?start_date=2026-13-01",
		"/audit-logs?action='; drop table audit_log; --",
	])("the query %s", async (path) => {
		expectRefused(await send("GET", path, { headers: AUTHORIZED }));
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
		expect((await send("GET", "/users", { headers: { authorization } })).status).toBe(401);
	});

	test("what is there is there still, and the key works", async () => {
		expect(key).toMatch(/^key_/);
		expect((await send("GET", `/api-keys/${key}`, { headers: AUTHORIZED })).status).toBe(200);
	});
});
