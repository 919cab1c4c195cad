import { beforeAll, expect, test } from "vitest";
import type { Json } from "../../http/exchange.ts";
import type { Call } from "../call.ts";
import { type Judgement, judge } from "../judge.ts";
import { type Model, withBehaviour } from "../model.ts";
import {
	rivalsNamed,
	type SampleOperations,
	sampleCall,
	sampleModel,
	sampleObject,
	TEXT,
	told,
	untold,
} from "../sample-model.ts";
import { separates, simulate } from "../simulate.ts";
import { emptyState } from "../state.ts";
import type { ItemWrite } from "./item.ts";

const FIELDS = { a: TEXT, b: { type: "string", default: "-" }, c: { type: "object" } };
const THING = sampleObject({ "key!": TEXT, ...FIELDS });
const THINGS: SampleOperations = {
	"POST /things": { id: "createThing", body: THING, answers: { 201: THING } },
	"GET /things/{key}": { id: "getThing", answers: { 200: THING, 404: null } },
	"PATCH /things/{key}": { id: "patchThing", body: sampleObject(FIELDS), answers: { 200: THING, 404: null } },
};

let things: Model;
beforeAll(async () => {
	things = await sampleModel(THINGS);
});

const create = sampleCall("createThing", {}, { body: { key: "k", a: "first", b: "second", c: { d: "deep" } } });
const patch = (body: { readonly [name: string]: Json }): Call => sampleCall("patchThing", { key: "k" }, { body });
const get = sampleCall("getThing", { key: "k" });
const doing = (does: ItemWrite): Model =>
	withBehaviour(things, "patchThing", { effect: { kind: "merge", resource: "things", does } });

test.each([
	["what is not sent stays", "merge", { a: "x" }, { a: "x", b: "second", c: { d: "deep" } }],
	["an object takes the place of another", "merge", { c: { e: 1 } }, { a: "first", b: "second", c: { e: 1 } }],
	["objects are merged as well", "deep-merge", { c: { e: 1 } }, { a: "first", b: "second", c: { d: "deep", e: 1 } }],
	["null takes a member away", "deep-merge", { b: null, c: { d: null } }, { a: "first", b: "-", c: {} }],
	["everything stays", "ignore", { a: "x" }, { a: "first", b: "second", c: { d: "deep" } }],
] as const)("%s, to %s", (_, does, body, expected) => {
	const last = told(doing(does), [create, patch(body), get]).at(-1) ?? "";
	expect(JSON.parse(last.slice(4))).toMatchObject(expected);
});

test.each([
	["replace", { a: "x" }],
	["ignore", { a: "x" }],
	["deep merge", { c: { e: 1 } }],
] as const)("%s is told from a plain merge, also when it lies", (name, body) => {
	const model = doing("merge");
	const rivals = rivalsNamed(model, "patchThing").get(name) ?? [];
	expect(rivals).toHaveLength(2);
	expect(untold(model, rivals, [create, patch(body), get])).toEqual([]);
});

test("a merge patch that takes nothing away for null is told from one that does", async () => {
	const FREE = { ...FIELDS, note: { type: ["string", "null"] } };
	const model = await sampleModel({
		"POST /things": { id: "createThing", body: sampleObject({ "key!": TEXT, ...FREE }), answers: { 201: THING } },
		"GET /things/{key}": { id: "getThing", answers: { 200: sampleObject({ "key!": TEXT, ...FREE }), 404: null } },
		"PATCH /things/{key}": { id: "patchThing", body: sampleObject(FREE), answers: { 204: null, 404: null } },
	});
	const deep = withBehaviour(model, "patchThing", {
		effect: { kind: "merge", resource: "things", does: "deep-merge" },
	});
	const rivals = rivalsNamed(deep, "patchThing").get("null takes nothing away") ?? [];
	expect(rivals).toHaveLength(2);
	const noted = sampleCall("createThing", {}, { body: { key: "k", note: "remarkable" } });
	expect(untold(deep, rivals, [noted, patch({ note: null }), get])).toEqual([]);
	expect([...rivalsNamed(model, "patchThing").keys()]).not.toContain("null takes nothing away");
});

test("a reset keeps what must be there and unsets what else is not sent", async () => {
	const needy = await sampleModel({
		...THINGS,
		"POST /things": {
			id: "createThing",
			body: sampleObject({ "key!": TEXT, ...FIELDS, "a!": TEXT }),
			answers: { 201: THING },
		},
	});
	expect([...rivalsNamed(needy, "patchThing").keys()]).toContain("reset");
	expect([...rivalsNamed(things, "patchThing").keys()]).not.toContain("reset");
	const reset = withBehaviour(needy, "patchThing", { effect: { kind: "merge", resource: "things", does: "reset" } });
	const shown: unknown = JSON.parse((told(reset, [create, patch({ c: { e: 1 } }), get]).at(-1) ?? "").slice(4));
	expect(shown).toMatchObject({ a: "first", b: "-", c: { e: 1 } });
	expect(untold(needy, rivalsNamed(needy, "patchThing").get("reset") ?? [], [create, patch({ a: "x" }), get])).toEqual(
		[],
	);
});

test("what null took away inside of an object is gone, and a rival keeps it", () => {
	const model = doing("deep-merge");
	const calls = [create, patch({ c: { d: null } }), get];
	const kept = { key: "k", a: "first", b: "second", c: { d: "deep" } };
	const history = [...simulate(model, emptyState(false), calls.slice(0, 2)), { call: get, status: 200, body: kept }];
	expect(judge(model, [{ state: emptyState(false), bindings: new Map() }], history).kind).toBe("rejected");
	const rival = withBehaviour(model, "patchThing", {
		effect: { kind: "merge", resource: "things", does: "without-null" },
	});
	expect(separates(model, rival, calls, emptyState(false))).toBe(true);
});

test("a plain merge is told from a deep one", () => {
	const model = doing("deep-merge");
	const rivals = rivalsNamed(model, "patchThing").get("merge") ?? [];
	expect(untold(model, rivals, [create, patch({ c: { e: 1 } }), get])).toEqual([]);
});

/** The creation as predicted, a change whose answer tells nothing, and then what the reader shows. */
const judged = (model: Model, body: { readonly [name: string]: Json }, shown: Json): Judgement["kind"] => {
	const state = emptyState(false);
	const history = [
		...simulate(model, state, [create]),
		{ call: patch(body), status: 204, body: undefined },
		{ call: get, status: 200, body: shown },
	];
	return judge(model, [{ state, bindings: new Map() }], history).kind;
};

const silent = async (): Promise<Model> =>
	sampleModel({
		...THINGS,
		"PATCH /things/{key}": { id: "patchThing", body: sampleObject(FIELDS), answers: { 204: null, 404: null } },
	});

test.each([
	["merged", { key: "k", a: "first", b: "second", c: { d: "deep", e: 1 } }],
	["replaced", { key: "k", a: "first", b: "second", c: { e: 1 } }],
] as const)("no standard says whether a PATCH merges objects inside: they may be %s", async (_, shown) => {
	expect(judged(await silent(), { c: { e: 1 } }, shown)).toBe("admitted");
});

test("what a PATCH does not send stays", async () => {
	expect(judged(await silent(), { a: "x" }, { key: "k", a: "x", b: "-", c: { d: "deep" } })).toBe("rejected");
});

test.each([
	["kept", { key: "k", a: "x", b: "second", c: { d: "deep" } }, "admitted"],
	["unset", { key: "k", a: "x", b: "-" }, "admitted"],
	["something else", { key: "k", a: "x", b: "other" }, "rejected"],
] as const)("what an update by POST does not send may be %s: %3$s", async (_, shown, expected) => {
	const { "PATCH /things/{key}": _patch, ...others } = THINGS;
	const model = await sampleModel({
		...others,
		"POST /things/{key}": {
			id: "patchThing",
			summary: "Update a thing",
			body: sampleObject(FIELDS),
			answers: { 204: null, 404: null },
		},
	});
	expect(judged(model, { a: "x" }, shown)).toBe(expected);
	expect([...rivalsNamed(model, "patchThing").keys()]).toEqual(["ignore"]);
});
