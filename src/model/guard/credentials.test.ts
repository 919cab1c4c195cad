import { beforeAll, expect, test } from "vitest";
import type { Call, Credential, Spoiling } from "../call.ts";
import { spoil } from "../credential.ts";
import { guardLawOf } from "../guard-laws.ts";
import { judge } from "../judge.ts";
import { behaviourOf, type Model } from "../model.ts";
import { rivalsNamed, sampleCall, sampleModel, sampleObject, TEXT, told, untold } from "../sample-model.ts";
import { sceneOf } from "../scene.ts";
import { separates } from "../simulate.ts";
import { emptyState, viewOf } from "../state.ts";

const SCHEMES = {
	components: {
		securitySchemes: {
			adminKey: { type: "apiKey", in: "header", name: "X-Admin" },
			appKey: { type: "apiKey", in: "header", name: "X-Key" },
			basic: { type: "http", scheme: "basic" },
		},
	},
};
const secured = (
	id: string,
	...security: readonly unknown[]
): { id: string; answers: object; security: readonly unknown[] } => ({
	id,
	answers: { 200: null, 401: null, 403: null },
	security,
});

let model: Model;
beforeAll(async () => {
	const app = { key: { type: "string", "x-holdfast": { credential: "appKey" } } };
	model = await sampleModel(
		{
			"GET /one": secured("one", { adminKey: [] }) as never,
			"GET /either": secured("either", { adminKey: [] }, { basic: [] }) as never,
			"GET /both": secured("both", { adminKey: [], basic: [] }) as never,
			"GET /maybe": secured("maybe", { adminKey: [] }, {}) as never,
			"POST /write": { id: "write", answers: { 200: null, 401: null }, security: [{ adminKey: [] }] },
			"PUT /apps/{id}": { id: "put", summary: "Create or overwrite", body: sampleObject(app), answers: { 200: null } },
			"GET /apps/{id}": { id: "get", answers: { 200: sampleObject({ id: TEXT, ...app }), 404: null } },
			"GET /open": { id: "open", answers: { 200: null, default: null }, security: [{ adminKey: [] }] },
			"GET /use": { id: "use", answers: { 200: null, 401: null }, security: [{ appKey: [] }] },
		},
		SCHEMES,
	);
});

const call = (operation: string, credentials: Readonly<Record<string, Credential>>): Call =>
	sampleCall(operation, {}, { credentials });
const right: Credential = { kind: "right" };
const wrong = (how: Spoiling): Credential => ({ kind: "wrong", how });
const value = (text: string, spoilt?: Spoiling): Credential =>
	spoilt === undefined ? { kind: "value", value: text } : { kind: "value", value: text, spoilt };

test.each([
	["one", {}, "401"],
	["one", { adminKey: right }, "200"],
	["one", { adminKey: wrong("other") }, "401"],
	["one", { basic: right }, "401"],
	["either", { basic: right }, "200"],
	["either", { adminKey: wrong("other"), basic: right }, "200"],
	["both", { adminKey: right }, "401"],
	["both", { adminKey: right, basic: right }, "200"],
	["maybe", {}, "200"],
] as const)("%s with %j is answered with %s", (operation, credentials, expected) => {
	expect(told(model, [call(operation, credentials)])).toEqual([expected]);
});

test("a key that has a scheme for the header and one for the query is in no other place in either", async () => {
	const key = (place: string): object => ({ type: "apiKey", in: place, name: "X-Key" });
	const open = {
		"GET /me": { id: "me", answers: { 200: null, 401: null }, security: [{ header: [] }, { query: [] }] },
	};
	const schemes = { components: { securitySchemes: { header: key("header"), query: key("query") } } };
	const names = rivalsNamed(await sampleModel(open, schemes), "me", "credentials");
	expect([...names.keys()]).not.toContain("it is accepted in another place");
	expect([...rivalsNamed(model, "one", "credentials").keys()]).toContain("it is accepted in another place");
});

test("what takes no heed of credentials is told apart where no document says with what they are refused", () => {
	const calls = [call("open", {})];
	const [rival] = rivalsNamed(model, "open", "credentials").get("not enforced") ?? [];
	expect(rival && separates(model, rival.inject(model), calls, emptyState(true))).toBe(true);
});

test("a key that the API issues opens while an item holds it", () => {
	const put = (key: string): Call => sampleCall("put", { id: "a" }, { body: { key } });
	const use = (key: string): Call => call("use", { appKey: value(key) });
	expect(told(model, [use("old"), put("old"), use("old"), put("new"), use("old"), use("new")])).toEqual([
		"401",
		"200",
		"200",
		"200",
		"401",
		"200",
	]);
});

test.each([
	["not enforced", call("one", {})],
	["any value is accepted", call("one", { adminKey: wrong("other") })],
	["a prefix is accepted", call("one", { adminKey: wrong("prefix") })],
	["a longer value is accepted", call("one", { adminKey: wrong("longer") })],
	["case is ignored", call("one", { adminKey: wrong("other-case") })],
])("%s is told from the claim", (name, broken) => {
	const rivals = rivalsNamed(model, "one", "credentials0").get(name) ?? [];
	expect(rivals.map(({ rule }) => rule)).toEqual(["ignored-auth"]);
	expect(untold(model, rivals, [broken])).toEqual([]);
});

test.each([
	["a prefix is accepted", "prefix"],
	["a longer value is accepted", "longer"],
	["case is ignored", "other-case"],
] as const)("of a key that the API issues, %s is told from the claim", (name, spoilt) => {
	const calls = [
		sampleCall("put", { id: "a" }, { body: { key: "Secret" } }),
		call("use", { appKey: value("Secret", spoilt) }),
	];
	expect(untold(model, rivalsNamed(model, "use", "credentials0").get(name) ?? [], calls)).toEqual([]);
});

test("only what writes can leak", () => {
	expect(rivalsNamed(model, "one", "credentials0").has("applied in full")).toBe(false);
	expect(rivalsNamed(model, "write", "credentials0").has("applied in full")).toBe(true);
});

test("nothing is asked for where nothing is an alternative", () => {
	expect(behaviourOf(model, "maybe").guards.map(({ kind }) => kind)).toEqual([]);
});

test.each([
	[401, { adminKey: wrong("other") }, "admitted"],
	[403, { adminKey: wrong("other") }, "admitted"],
	[404, { adminKey: wrong("other") }, "inconclusive"],
	[200, { adminKey: wrong("other") }, "rejected"],
	[302, { adminKey: wrong("other") }, "inconclusive"],
	[401, { adminKey: right }, "rejected"],
	[403, { adminKey: right }, "inconclusive"],
] as const)("%s to %j is %s: a 403 may be about rights that nobody tells", (status, credentials, expected) => {
	const start = [{ state: emptyState(true), bindings: new Map() }];
	expect(judge(model, start, [{ call: call("one", credentials), status, body: undefined }]).kind).toBe(expected);
});

test("each scheme is left out and spoilt in every way, the others staying right", () => {
	const { guards } = behaviourOf(model, "both");
	const [guard] = guards;
	const happy = call("both", { adminKey: right, basic: right });
	const violations =
		guard === undefined ? [] : guardLawOf(guard).violate(guard, sceneOf(model, viewOf(emptyState(true)), happy));
	expect(violations.map(({ credentials }) => credentials)).toContainEqual({ basic: right });
	// Both schemes can be sent where they do not belong, or without their word.
	expect(violations).toHaveLength(12);
});

test.each(["secret", "SECRET", "12345", "x", "", "zzzz", "ſ"])("a spoilt %j is never what it was", (token) => {
	const ways: readonly Spoiling[] = ["other", "prefix", "longer", "other-case"];
	expect(ways.filter((how) => spoil(token, how) === token)).toEqual([]);
});
