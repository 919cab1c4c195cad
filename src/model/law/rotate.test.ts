import { beforeAll, expect, test } from "vitest";
import type { Call } from "../call.ts";
import type { Model } from "../model.ts";
import { rivalsNamed, sampleCall, sampleModel, sampleObject, TEXT, told, untold } from "../sample-model.ts";
import { serverValue, type Value } from "../value.ts";

const SECRET = { type: "string", readOnly: true, "x-holdfast": { reveal: "once" } };
const KEY = sampleObject({
	"id!": { type: "string", readOnly: true },
	status: { type: "string", enum: ["active", "previous"], readOnly: true },
});
const SHOWN_KEY = sampleObject({
	"id!": { type: "string", readOnly: true },
	status: { type: "string", enum: ["active", "previous"], readOnly: true },
	secret: SECRET,
});
const TOKEN = { "id!": { type: "string", readOnly: true }, label: TEXT, scope: { type: "string", default: "read" } };

let keys: Model;
let tokens: Model;
beforeAll(async () => {
	const project = sampleObject({ id: { type: "string", readOnly: true }, name: TEXT });
	keys = await sampleModel({
		"POST /projects": { id: "createProject", body: sampleObject({ name: TEXT }), answers: { 201: project } },
		"GET /projects/{id}": { id: "getProject", answers: { 200: project, 404: null } },
		"GET /projects/{id}/keys": { id: "listKeys", answers: { 200: { type: "array", items: KEY }, 404: null } },
		"GET /projects/{id}/keys/{key_id}": { id: "getKey", answers: { 200: KEY, 404: null } },
		"POST /projects/{id}/keys/rotate": {
			id: "rotate",
			answers: { 201: SHOWN_KEY, 404: null },
			declares: { effect: { rotate: "keys", status: { new: "active", old: "previous" } } },
		},
	});
	tokens = await sampleModel({
		"GET /tokens/{id}": { id: "getToken", answers: { 200: sampleObject(TOKEN), 404: null } },
		"GET /tokens": { id: "listTokens", answers: { 200: { type: "array", items: sampleObject(TOKEN) } } },
		"POST /tokens": {
			id: "createToken",
			body: sampleObject({ label: TEXT, scope: { type: "string", default: "read" } }),
			answers: { 201: sampleObject({ ...TOKEN, secret: SECRET }) },
		},
		"POST /tokens/{id}/regenerate": {
			id: "regenerate",
			answers: { 200: sampleObject({ ...TOKEN, secret: SECRET }), 404: null },
			declares: { effect: { rotate: "tokens", secret: "secret" } },
		},
	});
});

const project = { id: serverValue("unique", "projects#c0") };
const key = (tag: string): { id: Value; key_id: Value } => ({
	...project,
	key_id: serverValue("unique", `keys#${tag}`),
});
const make = sampleCall("createProject", {}, { body: { name: "x" }, tag: "c0" });
const rotate = (tag: string): Call => sampleCall("rotate", project, { tag });
const list = sampleCall("listKeys", project);

test("the new one is active and the former one is not", () => {
	expect(told(keys, [make, rotate("c1"), rotate("c2"), list]).at(-1)).toBe(
		'200 [{"id":"§unique keys#c1","status":"previous"},{"id":"§unique keys#c2","status":"active"}]',
	);
});

test("the answer reveals a secret of its own each time, and no reader shows it", () => {
	const answers = told(keys, [make, rotate("c1"), rotate("c2"), sampleCall("getKey", key("c2"))]);
	expect(answers.slice(1, 3).map((text) => /§unique keys#c\d\.secret/.exec(text)?.[0])).toEqual([
		"§unique keys#c1.secret",
		"§unique keys#c2.secret",
	]);
	expect(answers[3]).not.toContain("secret");
});

const thrice = [make, rotate("c1"), rotate("c2"), list, rotate("c3"), list];

test.each([
	["makes no new one", [make, rotate("c1"), sampleCall("getKey", key("c1"))]],
	["removes the former", thrice],
	["leaves the former active", thrice],
	["the new one is not active", thrice],
])("%s is told from the claim, also when it lies", (name, calls) => {
	const rivals = rivalsNamed(keys, "rotate").get(name) ?? [];
	expect(rivals).toHaveLength(2);
	expect(untold(keys, rivals, calls)).toEqual([]);
});

test("the same secret again is told by the answers", () => {
	const [open] = rivalsNamed(keys, "rotate").get("gives the same secret again") ?? [];
	expect(open === undefined ? "missing" : untold(keys, [open], [make, rotate("c1"), rotate("c2")])).toEqual([]);
});

const token = { id: serverValue("unique", "tokens#c0") };
const makeToken = sampleCall("createToken", {}, { body: { label: "x", scope: "write" }, tag: "c0" });
const regenerate = sampleCall("regenerate", token, { tag: "c1" });

test("one item gets a new secret and keeps the rest", () => {
	const answers = told(tokens, [makeToken, regenerate, sampleCall("getToken", token)]);
	expect(answers[1]).toContain('"label":"x","scope":"write"');
	expect(answers[1]).toContain("§unique tokens#c1.secret");
	expect(answers[2]).toBe('200 {"id":"§unique tokens#c0","label":"x","scope":"write"}');
});

test("the same secret, and a reset of the rest, are told from the claim", () => {
	const rivals = rivalsNamed(tokens, "regenerate");
	const honest = ["gives the same secret again", "resets the rest"].flatMap((name) => rivals.get(name)?.[0] ?? []);
	expect(honest).toHaveLength(2);
	expect(untold(tokens, honest, [makeToken, regenerate, sampleCall("getToken", token)])).toEqual([]);
});
