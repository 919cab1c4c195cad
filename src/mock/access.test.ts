import { beforeEach, describe, expect, test } from "vitest";
import { loadFiles } from "../contract/sample-files.ts";
import { inferModel } from "../model/infer.ts";
import { createMock } from "./mock.ts";
import { type SampleMock, sendTo } from "./sample-mock.ts";
import { parseScenario } from "./scenario/load-scenario.ts";

const OK = (schema: string): string =>
	`{ description: ok, headers: { X-RateLimit-Limit: { schema: { type: integer } }, X-RateLimit-Remaining: { schema: { type: integer } } }, content: { application/json: { schema: ${schema} } } }`;
const REFUSED =
	'"401": { description: no }, "403": { description: no }, "404": { description: no }, "429": { description: no }';

const DOCUMENT = `openapi: 3.1.0
info: { title: T, version: "1" }
x-holdfast:
  partition: { by: identity }
  limits: [{ max: 20, window: 60s, per: credential }]
security: [{ flow: ["notes:read"] }]
paths:
  /notes:
    get: { operationId: listNotes, responses: { "200": ${OK('{ type: array, items: { $ref: "#/components/schemas/Note" } }')}, ${REFUSED} } }
    post:
      operationId: addNote
      security: [{ flow: ["notes:write"] }]
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Note" } } } }
      responses: { "201": ${OK('{ $ref: "#/components/schemas/Note" }')}, ${REFUSED} }
  /notes/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { operationId: getNote, responses: { "200": ${OK('{ $ref: "#/components/schemas/Note" }')}, ${REFUSED} } }
    delete: { operationId: deleteNote, security: [{ flow: ["notes:write"] }], responses: { "204": { description: gone }, ${REFUSED} } }
  /keys:
    post:
      operationId: issueKey
      security: [{ flow: ["keys:write"] }]
      requestBody: { content: { application/json: { schema: { type: object, properties: { scopes: { type: array, items: { type: string } } } } } } }
      responses: { "201": ${OK('{ $ref: "#/components/schemas/Key" }')}, ${REFUSED} }
  /keys/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    delete: { operationId: revokeKey, security: [{ flow: ["keys:write"] }], responses: { "204": { description: gone }, ${REFUSED} } }
components:
  securitySchemes:
    flow: { type: oauth2, flows: { clientCredentials: { tokenUrl: "https://x.test", scopes: { "notes:read": r, "notes:write": w, "keys:write": k } } } }
  schemas:
    Note: { type: object, required: [id, text], properties: { id: { type: string, readOnly: true }, text: { type: string } } }
    Key:
      type: object
      required: [id, secret, scopes]
      properties:
        id: { type: string, readOnly: true }
        secret: { type: string, x-holdfast: { reveal: once, generated: unique, credential: { scheme: flow, scopes: scopes } } }
        scopes: { type: array, items: { type: string } }
`;

const SCENARIO = `identities:
  - { name: admin, credentials: { flow: token-of-admin }, tenant: acme }
  - { name: reader, credentials: { flow: token-of-reader }, tenant: acme, scopes: ["notes:read"] }
  - { name: stranger, credentials: { flow: token-of-stranger }, tenant: globex }
  - { name: operator, credentials: { flow: token-of-operator }, tenant: acme, unlimited: true }
  - { name: former, credentials: { flow: token-of-former }, tenant: acme, expired: true }
data: { notes: [{ id: n1, text: ours }] }
tenants: { globex: { notes: [{ id: n2, text: theirs }] } }
`;

const as = (name: string): { readonly authorization: string } => ({ authorization: `Bearer token-of-${name}` });

let send: SampleMock["send"];
let nowMs: number;
const start = async (drift: readonly string[] = []): Promise<SampleMock["send"]> => {
	const contract = await loadFiles({ "openapi.yaml": DOCUMENT });
	const model = inferModel(contract);
	nowMs = 1_000_000;
	const scenario = parseScenario(SCENARIO, "s.yaml", model);
	return sendTo(createMock({ contract, model, scenario, drift, now: () => nowMs }));
};
beforeEach(async () => {
	send = await start();
});

const statusOf = async (method: string, path: string, who: string, body?: unknown): Promise<number> =>
	(await send(method, path, body, as(who))).status;

describe("who calls", () => {
	test.each([
		["admin", 200, undefined],
		["nobody", 401, 'Bearer realm="holdfast", error="invalid_token"'],
		["former", 401, 'Bearer realm="holdfast", error="invalid_token"'],
	])("as %s is answered %i", async (who, status, challenge) => {
		const answer = await send("GET", "/notes", undefined, as(who));
		expect([answer.status, answer.headers["www-authenticate"]]).toEqual([status, challenge]);
	});

	test.each([
		["nothing", {}, 'Bearer realm="holdfast"'],
		["a token without its word", { authorization: "token-of-admin" }, 'Bearer realm="holdfast", error="invalid_token"'],
		["another word", { authorization: "Token token-of-admin" }, 'Bearer realm="holdfast", error="invalid_token"'],
	])("with %s is told what is asked for", async (_, headers, challenge) => {
		const answer = await send("GET", "/notes", undefined, headers);
		expect([answer.status, answer.headers["www-authenticate"]]).toEqual([401, challenge]);
	});

	test("is told which scope is needed", async () => {
		const answer = await send("POST", "/notes", { text: "x" }, as("reader"));
		const challenge = 'Bearer realm="holdfast", error="insufficient_scope", scope="notes:write"';
		expect([answer.status, answer.headers["www-authenticate"]]).toEqual([403, challenge]);
		expect(await statusOf("GET", "/notes", "reader")).toBe(200);
	});
});

describe("a key that the API issues", () => {
	test("is good for what it was issued for, until it is revoked", async () => {
		const issued = await send("POST", "/keys", { scopes: ["notes:read"] }, as("admin"));
		const { id, secret } = issued.body as { id: string; secret: string };
		const withKey = async (method: string, body?: unknown): Promise<number> =>
			(await send(method, "/notes", body, { authorization: `Bearer ${secret}` })).status;
		expect([await withKey("GET"), await withKey("POST", { text: "x" })]).toEqual([200, 403]);
		expect(await statusOf("DELETE", `/keys/${id}`, "admin")).toBe(204);
		expect(await withKey("GET")).toBe(401);
	});

	test("belongs to the tenant of who had it issued", async () => {
		const issued = await send("POST", "/keys", { scopes: ["notes:read"] }, as("stranger"));
		const { secret } = issued.body as { secret: string };
		const { body } = await send("GET", "/notes", undefined, { authorization: `Bearer ${secret}` });
		expect(body).toEqual([{ id: "n2", text: "theirs" }]);
	});
});

describe("what belongs to a tenant", () => {
	test("is listed for nobody else", async () => {
		expect((await send("GET", "/notes", undefined, as("admin"))).body).toEqual([{ id: "n1", text: "ours" }]);
		expect((await send("GET", "/notes", undefined, as("stranger"))).body).toEqual([{ id: "n2", text: "theirs" }]);
	});

	test("is neither read nor removed by others", async () => {
		expect(await statusOf("GET", "/notes/n1", "stranger")).toBe(404);
		expect(await statusOf("DELETE", "/notes/n1", "stranger")).toBe(404);
		expect(await statusOf("GET", "/notes/n1", "admin")).toBe(200);
	});

	test.each([
		["listNotes=shows what belongs to others", "GET", "/notes", 200],
		["getNote=shows what belongs to others", "GET", "/notes/n1", 200],
		["deleteNote=removes what belongs to others", "DELETE", "/notes/n1", 204],
		["addNote=scope: not enforced", "POST", "/notes", 201],
	])("is reached by others when the mock drifts as %s", async (drift, method, path, status) => {
		send = await start([drift]);
		const who = method === "POST" ? "reader" : "stranger";
		const answer = await send(method, path, method === "POST" ? { text: "x" } : undefined, as(who));
		expect(answer.status).toBe(status);
		if (path === "/notes" && method === "GET") expect(answer.body).toHaveLength(2);
	});
});

describe("a limit that operations share", () => {
	test("is counted for each caller, told in headers, and over when its window is", async () => {
		const first = await send("GET", "/notes", undefined, as("admin"));
		expect(first.headers).toMatchObject({ "x-ratelimit-limit": "20", "x-ratelimit-remaining": "19" });
		for (let count = 1; count < 20; count++) expect(await statusOf("GET", "/notes/n1", "admin")).toBe(200);
		nowMs += 15_000;
		const refused = await send("POST", "/notes", { text: "x" }, as("admin"));
		expect([refused.status, refused.headers["retry-after"]]).toEqual([429, "45"]);
		expect(await statusOf("GET", "/notes", "reader")).toBe(200);
		nowMs += 45_000;
		expect((await send("GET", "/notes", undefined, as("admin"))).body).toHaveLength(1);
	});

	test("does not hold for who is said to be unlimited, and still for the keys that one makes", async () => {
		for (let count = 0; count < 25; count++) expect(await statusOf("GET", "/notes", "operator")).toBe(200);
		const issued = await send("POST", "/keys", { scopes: ["notes:read"] }, as("operator"));
		const headers = { authorization: `Bearer ${(issued.body as { secret: string }).secret}` };
		const statuses: number[] = [];
		for (let count = 0; count < 22; count++) statuses.push((await send("GET", "/notes", undefined, headers)).status);
		expect(statuses.filter((status) => status === 429)).toHaveLength(2);
	});

	test.each([
		["getNote=rate: one too many is accepted", 21],
		["getNote=rate: the last one is refused", 19],
		["getNote=rate: not enforced", 25],
	])("lets through another number when the mock drifts as %s", async (drift, expected) => {
		send = await start([drift]);
		const statuses: number[] = [];
		for (let count = 0; count < 25; count++) statuses.push(await statusOf("GET", "/notes/n1", "admin"));
		expect(statuses.filter((status) => status === 200)).toHaveLength(expected);
	});
});

test.each([
	["- { name: a }", "s.yaml:2:3  an identity has credentials by security scheme"],
	["- { credentials: { flow: x } }", "s.yaml:2:3  an identity has a name"],
	["- { name: a, credentials: { flw: x } }", 's.yaml:2:29  no security scheme is called "flw"; did you mean "flow"?'],
	[
		"- { name: a, credentials: { flow: x }, tenent: b }",
		's.yaml:2:40  unknown key "tenent" of an identity; did you mean "tenant"?',
	],
	[
		"- { name: a, credentials: { flow: x }, scopes: ['notes:rea'] }",
		's.yaml:2:49  no scope is called "notes:rea"; did you mean "notes:read"?',
	],
	[
		"- { name: a, credentials: { flow: x } }\n- { name: b, credentials: { flow: x } }",
		"s.yaml:3:3  b has the credential of another identity",
	],
])("refuses the identity %s", async (text, message) => {
	const model = inferModel(await loadFiles({ "openapi.yaml": DOCUMENT }));
	expect(() => parseScenario(`identities:\n${text}`, "s.yaml", model)).toThrow(message);
});
