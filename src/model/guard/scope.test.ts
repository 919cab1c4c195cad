import { beforeAll, describe, expect, test } from "vitest";
import type { Call } from "../call.ts";
import { behaviourOf, type Model, withIdentities } from "../model.ts";
import { rivalsNamed, sampleCall, sampleModel, sampleObject, TEXT, toldStatuses, untold } from "../sample-model.ts";

const SCOPES = {
	"users:read": "Read users",
	"users:write": "Write users",
	"audit:read": "Read the audit log",
	admin: "Administration",
	everything: "Includes all other scopes",
};
const FLOWS = { clientCredentials: { tokenUrl: "https://x.test/token", scopes: SCOPES } };
const KEY = sampleObject({
	id: TEXT,
	value: { type: "string", "x-holdfast": { credential: { scheme: "key", scopes: "scopes" } } },
	scopes: { type: "array", items: TEXT },
});

let model: Model;
beforeAll(async () => {
	const sample = await sampleModel(
		{
			"PUT /keys/{id}": { id: "issue", body: KEY, answers: { 200: KEY } },
			"DELETE /keys/{id}": { id: "revoke", answers: { 204: null, 404: null } },
			"POST /users": {
				id: "use",
				body: sampleObject({ n: TEXT }),
				answers: { 200: null, 401: null, 403: null },
				security: [{ key: ["users:write"] }],
				declares: { effect: "none" },
			},
			"POST /told": {
				id: "told",
				description: "Requires the `users:write` scope.",
				answers: { 200: null, 403: null },
				security: [{ key: [] }],
			},
			"POST /perhaps": {
				id: "perhaps",
				description: "Requires the `users:write` scope when the user is another one.",
				answers: { 200: null, 403: null },
				security: [{ key: [] }],
			},
		},
		{
			components: {
				securitySchemes: {
					key: { type: "apiKey", in: "header", name: "X-Key" },
					flow: { type: "oauth2", flows: FLOWS },
				},
			},
		},
	);
	model = withIdentities(sample, [
		{ name: "", schemes: ["key"], tenant: "a" },
		{ name: "reader", schemes: ["key"], tenant: "a", scopes: ["users:read"] },
	]);
});

const issue = (id: string, scopes: readonly string[]): Call =>
	sampleCall("issue", { id }, { body: { value: `value-of-${id}`, scopes } });
const use = (id: string, operation = "use"): Call =>
	sampleCall(operation, {}, { body: {}, credentials: { key: { kind: "value", value: `value-of-${id}` } } });
const revoke = (id: string): Call => sampleCall("revoke", { id });
const given = (as: string): Call => sampleCall("use", {}, { body: {}, credentials: { key: { kind: "right", as } } });

test.each([
	["what a key is good for", [issue("k", ["users:write"]), use("k")], "200 200"],
	["one that is too small", [issue("k", ["users:read"]), use("k")], "200 403"],
	["a prefix of it", [issue("k", ["users"]), use("k")], "200 403"],
	["a longer one", [issue("k", ["users:writer"]), use("k")], "200 403"],
	["none", [issue("k", []), use("k")], "200 403"],
	["a key that was revoked", [issue("k", ["users:write"]), revoke("k"), use("k")], "200 204 401"],
	["an identity whose scopes are known", [given("reader")], "403"],
	["an identity whose scopes nobody told", [given("")], "200"],
	["words of the document", [issue("k", ["users:read"]), use("k", "told")], "200 403"],
	["words with a condition", [issue("k", ["users:read"]), use("k", "perhaps")], "200 200"],
])("looks at %s", (_, calls, statuses) => {
	expect(toldStatuses(model, calls)).toBe(statuses);
});

describe("a scope that is described as containing others", () => {
	test("may contain this one, so that both answers are admitted", () => {
		const calls = [issue("k", ["everything"]), use("k")];
		const enforced = rivalsNamed(model, "use", "scope").get("not enforced") ?? [];
		expect(untold(model, enforced, calls)).toEqual(enforced.map(({ name }) => name));
	});
});

test.each([
	["not enforced", ["audit:write"]],
	["compares by prefix", ["users:wri"]],
	["compares by prefix", ["users:write:own"]],
	["compares by substring", ["superusers:write"]],
	["any scope is enough", ["audit:read"]],
	["a scope for reading is enough", ["users:read"]],
	["an admin scope is enough", ["admin"]],
])("is told from one that is %s by %j", (name, scopes) => {
	const rivals = rivalsNamed(model, "use", "scope").get(name) ?? [];
	const left = untold(model, rivals, [issue("k", scopes), use("k")]);
	// A prefix is compared from either side, and one key tells one side.
	expect(left.length).toBe(rivals.length - 1);
});

test("knows all scopes of the API", () => {
	const guard = behaviourOf(model, "use").guards.find(({ kind }) => kind === "scope");
	expect(guard).toMatchObject({ known: Object.keys(SCOPES), broad: ["everything"], statuses: ["403"] });
});
